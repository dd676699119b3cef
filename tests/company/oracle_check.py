"""Compares everything that is stored in a database with what the oracle says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.company.books import Books, Row
from tests.company.oracle import Oracle
from tests.company.oracle_metrics import metrics
from tests.company.oracle_rates import Rates

RELATIVE = Decimal("1e-9")
# Money is kept to six decimals: a sum or difference of four such numbers may be off by that much.
MONEY_ABSOLUTE = Decimal("4e-6")
RATIO_ABSOLUTE = Decimal("1e-12")
RATIOS = (
    "growth",
    "percentage",
    "margin",
    "runway",
    "valuation_to",
    "ev_by",
    "exchange",
    "closing",
)
NOT_DERIVED = {
    "company_id", "currency", "reporting_year", "reporting_quarter", "fiscal_reporting_date",
    "fiscal_reporting_quarter", "created_date", "created_by", "last_update_date", "last_updated_by",
}  # fmt: skip


def oracle_of(books: Books, rates: Rates | None = None) -> Oracle:
    """The oracle for the inputs that a database holds; its fixings too unless given."""
    settings = {s["setting"]: s["value"] for s in books.rows("select * from ops.setting")}
    return Oracle(
        inputs=decimals(books.rows("select * from company.metrics_input")),
        companies={c["company_id"]: c for c in books.rows("select * from company.company")},
        rounds=books.rows("select * from company.valuation_round"),
        rates=rates or rates_of(books),
        presented=set(settings["presentation_currencies"]),
        flow_rate=settings["fx_flow_rate"],
    )


def rates_of(books: Books) -> Rates:
    sources = books.rows("select source_id from fx.source where is_enabled order by priority")
    query = "select rate_on, currency, rate from fx.rate where source_id = %s"
    return Rates(
        [(r["rate_on"], r["currency"], r["rate"]) for r in books.rows(query, source["source_id"])]
        for source in sources
    )


def decimals(rows: list[Row]) -> list[Row]:
    for row in rows:
        for name in ("employees", "customers"):
            row[name] = None if row[name] is None else Decimal(row[name])
    return rows


def differs(name: str, stored: Any, expected: Any, ratio_absolute: Decimal) -> bool:
    if stored is None or expected is None or isinstance(expected, bool):
        return stored is not expected
    absolute = ratio_absolute if any(word in name for word in RATIOS) else MONEY_ABSOLUTE
    return bool(abs(stored - expected) > max(absolute, RELATIVE * abs(expected)))


def compare(
    stored: list[Row], expected: dict[tuple[str, str, int], Row], ratio_absolute: Decimal
) -> tuple[int, list[str]]:
    """How many values were compared, and the differences in words."""
    wrong, compared, seen = [], 0, set()
    for row in stored:
        ordinal = row["reporting_year"] * 4 + row["reporting_quarter"] - 1
        key = row["company_id"], row["currency"], ordinal
        seen.add(key)
        if key not in expected:
            wrong.append(f"{key} should not be there")
            continue
        # Every column that is stored has an expectation: a new one fails here until it has one.
        for name in set(row) - NOT_DERIVED:
            compared += 1
            if differs(name, row[name], expected[key][name], ratio_absolute):
                wrong.append(f"{key} {name}: {row[name]} is not {expected[key][name]}")
    return compared, wrong + [f"{key} is missing" for key in set(expected) - seen]


def check_stored(
    books: Books, oracle: Oracle, ratio_absolute: Decimal = RATIO_ABSOLUTE
) -> tuple[int, list[str]]:
    financials = {
        key: {
            **quarter.shown,
            "is_reporting_currency": quarter.is_local,
            "exchange_rate_used": quarter.flow_rate,
            "closing_rate_used": quarter.closing_rate,
        }
        for key, quarter in oracle.quarters.items()
    }
    derived = {key: metrics(oracle, *key) for key in oracle.quarters}
    count, wrong = 0, []
    for table, expected in (("financials", financials), ("metrics", derived)):
        stored = books.rows(f"select * from company.quarterly_reporting_{table}")
        compared, differences = compare(stored, expected, ratio_absolute)
        count += compared
        wrong += differences
    return count, wrong
