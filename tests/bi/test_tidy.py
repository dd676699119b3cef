"""bi.quarterly_metrics_tidy holds the numbers of bi.quarterly_metrics, one a row."""

from __future__ import annotations

import re

import pytest

from tests.bi.conftest import Rows


def test_every_number_of_the_wide_view_has_its_row(everything: Rows) -> None:
    """Compared in another way than the view is written: through jsonb."""
    [found] = everything(
        "select count(*) as rows, count(t.value) as numbers, count(*) filter (where t.value is"
        " distinct from (to_jsonb(m) ->> t.metric)::numeric) as wrong"
        " from bi.quarterly_metrics_tidy as t"
        " join bi.quarterly_metrics as m using (company_quarter_currency_key)"
    )
    [wide] = everything("select count(*) as rows from bi.quarterly_metrics")
    [metrics] = everything("select count(*) as n from bi.metric_definition where unit <> 'flag'")
    assert found["rows"] == wide["rows"] * metrics["n"] > 30_000
    assert found["numbers"] > 15_000
    assert found["wrong"] == 0


def test_unit_and_additivity_are_those_of_the_wide_column(everything: Rows) -> None:
    wrong = everything(
        "select distinct t.metric, t.unit, t.additivity, d.unit as u, d.additivity as a"
        " from bi.quarterly_metrics_tidy as t left join bi.dictionary as d"
        " on d.view_name = 'quarterly_metrics' and d.column_name = t.metric"
        " where (t.unit, t.additivity) is distinct from (d.unit, d.additivity)"
    )
    assert wrong == []


@pytest.mark.parametrize(
    ("filters", "looked_up"),
    [
        ("company_id = 'crm'", r"\(company_id = 'crm'"),
        ("currency = 'USD' and calendar_year = 2024", r".*\(reporting_year = 2024\)"),
    ],
)
def test_filters_reach_the_tables(everything: Rows, filters: str, looked_up: str) -> None:
    """What is asked for is looked up in indexes: the view is filtered before it is unfolded."""
    everything("set local enable_seqscan = off")
    query = f"select * from bi.quarterly_metrics_tidy where metric = 'arr' and {filters}"
    plan = "\n".join(row["QUERY PLAN"] for row in everything(f"explain (costs off) {query}"))
    condition = r"\s+(Index|Recheck) Cond: "
    assert re.search(f"on quarterly_reporting_metrics m{condition}{looked_up}", plan), plan
    assert re.search(f"on metric_definition d{condition}\\(metric = 'arr'", plan), plan
