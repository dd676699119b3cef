"""The rulebook (DOMAIN 1) computed a second time, from its text and in Python's decimals.

Nothing here is derived from the SQL: whoever changes a rule changes it in both places, and the
tests compare every stored value with this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, getcontext
from typing import Any

from tests.company.oracle_rates import Rates

getcontext().prec = 50

Row = Mapping[str, Any]
Numbers = dict[str, Decimal | None]
FLOWS = (
    "total_revenue", "recurring_revenue", "gross_profit", "sales_marketing_expense",
    "total_operating_expense", "ebitda", "net_income", "cash_burn",
)  # fmt: skip
BALANCES = ("cash_balance", "debt_outstanding")
COUNTS = ("employees", "customers")
LTM = {
    "ltm_total_revenue": "total_revenue",
    "ltm_gross_profit": "gross_profit",
    "ltm_sales_marketing_expense": "sales_marketing_expense",
    "ltm_operating_expense": "total_operating_expense",
    "ltm_ebitda": "ebitda",
    "ltm_net_income": "net_income",
}


def add(*terms: Decimal | None) -> Decimal | None:
    known = [term for term in terms if term is not None]
    return sum(known, Decimal(0)) if len(known) == len(terms) else None


def times(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a * b


def over(a: Decimal | None, b: Decimal | None, *, positive: bool = False) -> Decimal | None:
    """a / b; nothing for a missing operand, a zero, and (if so asked) a negative denominator."""
    if a is None or b is None or b == 0 or (positive and b < 0):
        return None
    return a / b


def growth(now: Decimal | None, base: Decimal | None) -> Decimal | None:
    ratio = over(now, base, positive=True)
    return None if ratio is None else ratio - 1


def minus(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value


@dataclass
class Quarter:
    """One reported quarter in one currency."""

    local_currency: str
    is_local: bool
    flow_rate: Decimal
    closing_rate: Decimal
    local: Numbers
    shown: Numbers
    valuation: Decimal | None
    equity: Decimal | None


@dataclass
class Oracle:
    """What has to be stored for these inputs, companies, rounds and rates."""

    inputs: Sequence[Row]
    companies: Mapping[str, Row]
    rounds: Sequence[Row]
    rates: Rates
    presented: set[str]
    flow_rate: str = "average"
    quarters: dict[tuple[str, str, int], Quarter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.inputs:
            for currency in {row["currency"], *self.presented}:
                quarter = self.translate(row, currency)
                if quarter:
                    ordinal = row["reporting_year"] * 4 + row["reporting_quarter"] - 1
                    self.quarters[row["company_id"], currency, ordinal] = quarter

    def translate(self, row: Row, currency: str) -> Quarter | None:
        """Flows at the average rate, balances and valuations at the closing rate; or no row."""
        local_currency, end = row["currency"], row["fiscal_reporting_date"]
        closing = self.rates.closing(local_currency, currency, end)
        flow = (
            closing
            if self.flow_rate == "closing"
            else self.rates.average(local_currency, currency, end)
        )
        if flow is None or closing is None:
            return None
        local: Numbers = {name: row[name] for name in (*FLOWS, *BALANCES, *COUNTS)}
        if self.companies[row["company_id"]]["burn_sign"] == "positive_is_burn":
            local["cash_burn"] = minus(local["cash_burn"])
        shown = {
            name: value if name in COUNTS else times(value, flow if name in FLOWS else closing)
            for name, value in local.items()
        }
        post_money, equity, valued_in = self.valuation(row["company_id"], end)
        rate = self.rates.closing(valued_in, currency, end) if valued_in else None
        return Quarter(
            local_currency=local_currency,
            is_local=currency == local_currency,
            flow_rate=flow,
            closing_rate=closing,
            local=local,
            shown=shown,
            valuation=times(post_money, rate),
            equity=times(equity, rate),
        )

    def valuation(
        self, company_id: str, end: date
    ) -> tuple[Decimal | None, Decimal | None, str | None]:
        """Post-money and equity raised in units, and their currency, as they held on a day."""
        rounds = [r for r in self.rounds if r["company_id"] == company_id]
        if rounds:
            past = [r for r in rounds if r["round_on"] <= end]
            if not past:
                return None, None, None
            row: Row = max(past, key=lambda r: r["round_on"])
            currency = row["currency"]
        else:
            row = self.companies[company_id]
            currency = row["valuation_currency"]
        unit = Decimal(1_000_000 if row["amount_unit"] == "millions" else 1)
        return times(row["post_money_valuation"], unit), times(row["equity_raised"], unit), currency
