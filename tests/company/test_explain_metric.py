"""What an explanation tells, to whom, and what it refuses."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from tests.company.books import Books, refused

CALL = "select company.explain_metric('acme', %s, %s, %s, %s)"


@pytest.fixture
def acme(books: Books) -> Books:
    """Two quarters in euros, five fixings of which the last of each is another one."""
    books.company(reporting_currency="EUR", post_money_valuation=5, equity_raised=2)
    for quarter in (1, 2):
        books.fix_quarter(2024, quarter, USD="1.25", CAD="1.50")
        books.quarter(2024, quarter, cash_balance=5000 * quarter)
    return books


def explained(books: Books, metric: str, currency: str = "USD") -> tuple[Any, dict[str, Any]]:
    found = books.value(CALL, 2024, 2, currency, metric)
    return found, {operand["operand"]: operand for operand in found["operands"]}


def test_every_operand_tells_its_row(acme: Books) -> None:
    acme.correct(2024, 1, cash_balance=4000)
    found, operands = explained(acme, "change_in_cash")
    assert (found["value"], found["expression"]) == (7500, "cash_balance - cash_balance_p1")
    rows = acme.rows("select * from company.metrics_input order by quarter_ordinal")
    for name, row in (("submitted_cash_balance_p1", rows[0]), ("submitted_cash_balance", rows[1])):
        told = operands[name]["row"]
        assert operands[name]["value"] == row["cash_balance"]
        assert (told["table"], told["id"], told["row_version"], told["created_by"]) == (
            "company.metrics_input", str(row["id"]), row["row_version"], "Quarterbase",
        )  # fmt: skip
        assert (told["last_update_date"] is None) is (row["last_update_date"] is None)


def test_a_rate_tells_its_fixings(acme: Books) -> None:
    _, operands = explained(acme, "enterprise_value_net", "CAD")
    rate = operands["closing_rate"]["rate"]
    assert (rate["kind"], rate["fixing_count"], rate["last_on"]) == ("closing", 1, "2024-06-28")
    assert rate["fixings"] == [
        {
            "source": "manual", "base_currency": "EUR", "currency": "CAD", "rate": 1.5,
            "fixing_count": 1, "first_on": "2024-06-28", "last_on": "2024-06-28",
        }
    ]  # fmt: skip
    _, operands = explained(acme, "arr", "CAD")
    rate = operands["exchange_rate"]["rate"]
    assert (rate["kind"], rate["fixing_count"]) == ("average", 65)
    assert rate["method"].startswith("mean over the 65 days of each day's (CAD leg / EUR leg)")
    acme.set("fx_flow_rate", "closing")
    _, operands = explained(acme, "arr", "CAD")
    assert operands["exchange_rate"]["rate"]["kind"] == "closing"


def test_a_rate_of_too_few_fixings_is_shown_with_them(acme: Books) -> None:
    acme.rows("delete from fx.rate where currency = 'CAD' and rate_on > '2024-05-10'")
    found, operands = explained(acme, "arr", "CAD")
    assert found["reason"]["code"] == "no_fx_rate"
    assert operands["submitted_recurring_revenue"]["value"] == 800
    assert operands["exchange_rate"]["value"] is None
    assert operands["exchange_rate"]["rate"]["fixing_count"] == 30


def test_a_valuation_tells_its_round(acme: Books) -> None:
    acme.rows(
        "insert into company.valuation_round (company_id, round_on, post_money_valuation, currency)"
        " values ('acme', '2024-05-05', 7, 'CAD')"
    )
    _, operands = explained(acme, "enterprise_value")
    round_id = acme.value("select valuation_round_id::text from company.valuation_round")
    valued = operands["submitted_post_money_valuation"]
    assert (valued["value"], valued["currency"], valued["row"]["id"]) == (7, "CAD", round_id)
    assert operands["valuation_unit"]["value"] == 1_000_000
    assert len(operands["valuation_rate"]["rate"]["fixings"]) == 2  # both legs


def test_a_table_to_read_says_the_same(acme: Books) -> None:
    query = "select * from company.metric_lineage('acme', 2024, 2, 'USD', %s)"
    rows = acme.rows(query, "revenue_growth")
    assert [row["step"] for row in rows] == [
        "revenue_growth",
        "  total_revenue",
        "    submitted_total_revenue",
        "    exchange_rate",
        "  total_revenue_p1",
        "    submitted_total_revenue_p1",
        "    exchange_rate_p1",
    ]
    assert rows[3]["origin"].startswith("average rate EUR to USD, mean over the 65 days of each")
    assert ": 65 fixings 2024-04-01 to 2024-06-30 (manual)" in rows[3]["origin"]
    assert re.fullmatch(
        r"company.metrics_input \S{36} version 1 by Quarterbase .*", rows[2]["origin"]
    )
    assert acme.rows(query, "yoy_growth_revenue")[0]["value"] == (
        "null: The same quarter a year before was not reported."
    )


def test_an_average_is_the_mean_of_the_quotients_of_its_days(acme: Books) -> None:
    """As its method says: legs that move apart have another quotient of their means."""
    acme.fix(date(2024, 5, 16), date(2024, 6, 30), {"USD": "2.50", "CAD": "1.00"})
    acme.company("dollars", reporting_currency="USD")
    acme.quarter(2024, 2, "dollars")
    call = "select company.explain_metric('dollars', 2024, 2, 'CAD', 'arr')"
    [node] = [o for o in acme.value(call)["operands"] if o["operand"] == "exchange_rate"]
    assert "(CAD leg / USD leg)" in node["rate"]["method"]
    before, after = 33, 32
    assert node["value"] == pytest.approx((before * 1.5 / 1.25 + after * 1 / 2.5) / 65)
    legs = {fixing["currency"]: fixing["rate"] for fixing in node["rate"]["fixings"]}
    assert node["value"] != pytest.approx(legs["CAD"] / legs["USD"], rel=0.05)


def test_a_currency_may_be_written_in_small_letters(acme: Books) -> None:
    found, _ = explained(acme, "arr", "usd")
    assert found == explained(acme, "arr", "USD")[0]
    assert (found["currency"], found["reporting_year"], found["reporting_quarter"]) == (
        "USD", 2024, 2,
    )  # fmt: skip
    whole = "select company.explain_quarter('acme', 2024, 2, %s)"
    assert acme.value(whole, "usd") == acme.value(whole, "USD")
    [row, *_] = acme.rows("select * from company.metric_lineage('acme', 2024, 2, 'usd', 'arr')")
    assert row["currency"] == "USD"


def test_definitions_name_what_expressions_reach(books: Books) -> None:
    """The reported columns that bi.metric_definition lists are those at the ends of the graph."""
    rows = books.rows(
        "select d.metric, array(select distinct replace(o.base, 'submitted_', '') from"
        " company.operands_behind(d.metric) as b inner join company.metric_operand as o"
        " on b.operand = o.operand where o.kind in ('submitted', 'valuation')) as reached,"
        " d.operands from company.metric_definition as d"
    )
    assert {r["metric"]: set(r["reached"]) for r in rows} == {
        r["metric"]: set(r["operands"]) for r in rows
    }


@pytest.mark.parametrize(
    ("values", "code", "rule"),
    [
        ((2024, 2, "USD", "revenue"), "QB400", "metric_unknown"),
        ((2024, 3, "USD", "arr"), "QB404", "quarter_not_reported"),
        ((2024, 2, "GBP", "arr"), "QB404", "currency_not_shown"),
    ],
)
def test_what_is_not_there_is_refused(acme: Books, values: Any, code: str, rule: str) -> None:
    for function in ("explain_metric", "metric_lineage", "get_metric_explanation"):
        with refused(acme.conn, code, rule):
            acme.rows(f"select * from company.{function}('acme', %s, %s, %s, %s)", *values)
    with refused(acme.conn, "QB404", "company_not_found"):
        acme.rows("select company.explain_quarter('nobody', 2024, 2, 'USD')")
