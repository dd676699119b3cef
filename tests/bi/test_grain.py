"""Every view keeps what its comment says of its rows, on the demo data."""

from __future__ import annotations

import pytest

from tests.bi.conftest import Published, Rows


@pytest.fixture
def grains(everything: Rows) -> dict[str, str]:
    """The columns that name a row, by view."""
    rows = everything("select distinct d.view_name, d.grain_columns from bi.dictionary as d")
    return {row["view_name"]: row["grain_columns"] for row in rows}


def test_the_grain_names_every_row_once(everything: Rows, grains: dict[str, str]) -> None:
    for view, columns in grains.items():
        [found] = everything(
            f"select count(*) as rows, count(distinct ({columns})) as different from bi.{view}"
        )
        assert found["rows"] == found["different"] > 0, view


def test_the_first_column_names_every_row_once(everything: Rows, published: Published) -> None:
    for view, key in published.views.items():
        [found] = everything(
            f"select count(*) as rows, count(distinct x.{key}) as different from bi.{view} as x"
        )
        assert found["rows"] == found["different"] > 0, view


def test_calendar_columns_say_the_same_everywhere(everything: Rows, published: Published) -> None:
    query = "select d.view_name from bi.dictionary as d where d.column_name = 'quarter_sort'"
    views = [row["view_name"] for row in everything(query)]
    assert len(views) >= 6
    for view in views:
        wrong = everything(
            f"select x.* from bi.{view} as x left join bi.calendar as c on c.calendar_date"
            " = make_date(x.calendar_year, x.calendar_quarter * 3, 1)"
            " where (x.calendar_year, x.calendar_quarter, x.quarter_label, x.quarter_sort)"
            " is distinct from"
            " (c.calendar_year, c.calendar_quarter, c.quarter_label, c.quarter_sort)"
        )
        assert wrong == [], view


def test_every_key_of_a_fact_is_found_in_its_dimension(everything: Rows) -> None:
    for key, dimension in (
        ("company_id", "company"),
        ("fund_id", "fund"),
        ("investor_id", "investor"),
        ("metric", None),
    ):
        dimension = dimension or "metric_definition"
        views = everything(
            f"select d.view_name from bi.dictionary d where d.column_name = '{key}'"
            f" and d.view_name <> '{dimension}'"
        )
        assert views
        for row in views:
            strays = everything(
                f"select x.{key} from bi.{row['view_name']} x where x.{key} is not null"
                f" and x.{key} not in (select d.{key} from bi.{dimension} d)"
            )
            assert strays == [], (row["view_name"], key)
