"""Every null has the right reason: random histories against the rulebook read a second time."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from psycopg.types.json import Jsonb

from tests.company.books import Books, quarter_end, weekdays
from tests.company.explanations import Auditor, quarters
from tests.company.oracle_check import oracle_of

LARGE = (None, 0, 0, 40_000, 50_000, 1_000_000)
SIGNED = (*LARGE, -70_000)
KINDS: dict[str, tuple[Any, ...]] = {
    "total_revenue": (*LARGE, 2_000_000, 3_000_000),
    "recurring_revenue": LARGE,
    "gross_profit": SIGNED,
    "sales_marketing_expense": LARGE,
    "total_operating_expense": SIGNED,
    "ebitda": SIGNED,
    "net_income": SIGNED,
    "cash_burn": SIGNED,
    "cash_balance": LARGE,
    "debt_outstanding": (None, 0, 30_000),
    "employees": (None, 0, 7, 10),
}
COMPANIES: dict[str, dict[str, Any]] = {
    "own": {"post_money_valuation": 50, "equity_raised": 20},
    "poor": {"post_money_valuation": 50, "equity_raised": 0},
    "untold": {"post_money_valuation": 50, "amount_unit": "units"},
    "rounds": {},
    "unvalued": {"burn_sign": "positive_is_burn"},
    # Nothing is sold: sums of four quarters are 0.
    "silent": {"post_money_valuation": 1},
    # No fixing of the franc: what is valued in it cannot be shown.
    "foreign": {
        "post_money_valuation": 9, "equity_raised": 3, "reporting_currency": "CHF",
        "burn_sign": "positive_is_burn",
    },
}  # fmt: skip
ROUNDS = [
    ("2022-08-15", 70, 30, "CHF"),
    ("2023-03-31", 80, None, "GBP"),
    ("2023-11-01", 90, 9, "USD"),
]


def fill(books: Books, random: Random) -> None:
    """Three years of quarters with holes, nulls, zeros, losses and changes of the currency."""
    fixed = {"USD": "1.1", "CAD": "1.5", "GBP": "0.8"}
    quiet = quarter_end(2023, 1), quarter_end(2023, 2)
    books.record(
        (day, currency, Decimal(rate) + Decimal(day.toordinal() % 97) / 1000)
        for day in weekdays(date(2021, 12, 1), date(2024, 12, 31))
        if not quiet[0] < day <= quiet[1]
        for currency, rate in fixed.items()
    )
    for company_id, more in COMPANIES.items():
        books.company(company_id, **{"year_end_date": None, "reporting_currency": "EUR", **more})
    for day, post_money, equity, currency in ROUNDS:
        books.rows(
            "insert into company.valuation_round (company_id, round_on, post_money_valuation,"
            " equity_raised, currency) values ('rounds', %s, %s, %s, %s)",
            *(day, post_money, equity, currency),
        )
    books.call("company.import_metrics_inputs", rows=Jsonb([*rows(random)]))


def rows(random: Random) -> Any:
    for company_id in COMPANIES:
        currency = "EUR"
        for n in range(11):
            if random.random() < 0.15 and company_id != "silent":
                currency = random.choice(["EUR", "GBP", "CHF", "USD"])
            if random.random() < 0.9 or company_id == "silent":
                yield {
                    "company_id": company_id,
                    "currency": currency,
                    "fiscal_reporting_date": str(quarter_end(2022 + n // 4, n % 4 + 1)),
                    # Half of a row is as the next one has it, so that sums come about.
                    **{
                        name: random.choice(values if random.random() < 0.4 else values[-2:])
                        for name, values in KINDS.items()
                    },
                    **({"total_revenue": 0} if company_id == "silent" else {}),
                }


def test_every_null_has_the_reason_of_the_rulebook(books: Books) -> None:
    given = defaultdict(set)
    for seed in range(2):
        with books.conn.transaction(force_rollback=True):
            fill(books, Random(seed))
            books.rows("analyze fx.rate")  # nobody else does before the transaction ends
            auditor = Auditor(oracle_of(books))
            for key, nodes, stored in quarters(books):
                assert list(auditor.check(key, nodes, stored)) == []
                for name, node in nodes.items():
                    if node["reason"]:
                        given[name].add(node["reason"]["code"])
    # Every reason of the list was given, and each metric gave all it declares and no other.
    known = {r["null_reason"] for r in books.rows("select null_reason from company.null_reason")}
    assert set.union(*given.values()) == known
    declared = books.rows("select metric, null_reasons from company.metric_definition")
    assert {d["metric"]: set(d["null_reasons"]) for d in declared} == {
        d["metric"]: given[d["metric"]] for d in declared
    }
