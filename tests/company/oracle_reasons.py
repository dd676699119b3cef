"""Why a metric is null, by the rulebook's text (DOMAIN 1.1 to 1.3), from the oracle's quarters.

Each metric is a list of questions in the order in which they are asked; the first that is answered
with a reason is the answer. Nothing here is taken from the expressions in the database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from tests.company.oracle import LTM, Oracle, Quarter

Row = Mapping[str, Any]
MARGINS = {
    "ltm_gross_margin": "gross_profit",
    "ltm_ebitda_margin": "ebitda",
    "ltm_net_income_margin": "net_income",
}
SHARES = {
    "recurring_percentage_revenue": ("recurring_revenue", "total_revenue"),
    "sales_marketing_percentage_revenue": ("sales_marketing_expense", "total_revenue"),
    "total_operating_percentage_revenue": ("total_operating_expense", "total_revenue"),
    "gross_profit_margin": ("gross_profit", "total_revenue"),
    "revenue_per_fte": ("total_revenue", "employees"),
    "gross_profit_per_fte": ("gross_profit", "employees"),
}
# metric -> what grows, since how many quarters, what a base of 0 is called, is it in local money
GROWTHS = {
    "revenue_growth": ("total_revenue", 1, "negative_base", False),
    "revenue_growth_constant_currency": ("total_revenue", 1, "negative_base", True),
    "employee_growth_rate": ("employees", 1, "zero_denominator", False),
    "yoy_growth_revenue": ("total_revenue", 4, "negative_base", False),
    "yoy_growth_revenue_constant_currency": ("total_revenue", 4, "negative_base", True),
    "yoy_growth_profit": ("gross_profit", 4, "negative_base", False),
    "yoy_growth_employees": ("employees", 4, "zero_denominator", False),
}


class Reasons:
    """The reasons of one reported quarter in one currency."""

    def __init__(self, oracle: Oracle, row: Row, currency: str) -> None:
        self.oracle, self.row, self.currency = oracle, row, currency
        self.company_id = row["company_id"]
        self.ordinal = row["reporting_year"] * 4 + row["reporting_quarter"] - 1
        self.reported = {
            r["reporting_year"] * 4 + r["reporting_quarter"] - 1: r
            for r in oracle.inputs
            if r["company_id"] == self.company_id
        }

    def shown(self, back: int = 0) -> Quarter | None:
        return self.oracle.quarters.get((self.company_id, self.currency, self.ordinal - back))

    def number(self, name: str, back: int = 0) -> Decimal | None:
        quarter = self.shown(back)
        return quarter.local[name] if quarter else None

    def absence(self, back: int) -> str | None:
        """Why a quarter has no numbers in this currency."""
        row = self.reported.get(self.ordinal - back)
        if row is None:
            return "missing_prior_quarter" if back < 4 else "missing_prior_year_quarter"
        if self.shown(back):
            return None
        shown_in = {row["currency"], *self.oracle.presented}
        return "no_fx_rate" if self.currency in shown_in else "currency_changed"

    def input(self, *names: str) -> str | None:
        return "missing_input" if any(self.number(name) is None for name in names) else None

    def valuation(self) -> str | None:
        post_money, _, _ = self.oracle.valuation(self.company_id, self.row["fiscal_reporting_date"])
        if post_money is None:
            return "no_valuation"
        now = self.shown()
        return "no_fx_rate" if now and now.valuation is None else None

    def equity(self) -> str | None:
        _, equity, _ = self.oracle.valuation(self.company_id, self.row["fiscal_reporting_date"])
        return "missing_input" if equity is None else None

    def ltm(self, name: str, back: int = 0) -> str | None:
        four = [self.number(name, back + n) for n in range(4)]
        return "ltm_incomplete" if None in four else None

    def zero(self, value: Decimal | None) -> str | None:
        return "zero_denominator" if value is not None and value <= 0 else None

    def total(self, name: str, back: int = 0) -> Decimal:
        """Only asked when it is complete; its sign is the same in every currency."""
        quarters = [self.shown(back + n) for n in range(4)]
        return sum((q.shown[name] or Decimal(0) for q in quarters if q), Decimal(0))

    def growth(self, name: str, back: int, nothing: str, is_local: bool) -> str | None:
        if reason := self.input(name):
            return reason
        # A submitted number is named as missing before the currency it is not shown in.
        base_row = self.reported.get(self.ordinal - back)
        of_submission = is_local or name == "employees"
        if of_submission and base_row is not None and base_row[name] is None:
            return "missing_input"
        if reason := self.absence(back):
            return reason
        base = self.number(name, back)
        if base is None:
            return "missing_input"
        if is_local and self.is_in_other_currency(back):
            return "currency_changed"
        return nothing if base <= 0 else None

    def is_in_other_currency(self, back: int) -> bool:
        return bool(self.reported[self.ordinal - back]["currency"] != self.row["currency"])

    def cash(self) -> str | None:
        if reason := self.input("cash_balance") or self.absence(1):
            return reason
        return "missing_input" if self.number("cash_balance", 1) is None else None

    def cash_flow(self) -> str | None:
        base_row = self.reported.get(self.ordinal - 1)
        if reason := self.input("cash_balance"):
            return reason
        if base_row is not None and base_row["cash_balance"] is None:
            return "missing_input"
        if reason := self.absence(1):
            return reason
        return "currency_changed" if self.is_in_other_currency(1) else None

    def runway(self) -> str | None:
        if reason := self.input("cash_balance", "cash_burn"):
            return reason
        burn = self.number("cash_burn")
        assert burn is not None
        return None if burn < 0 else "no_burn" if burn == 0 else "cash_generative"

    def equity_and_debt(self) -> str | None:
        now = self.shown()
        assert now is not None
        return self.zero((now.equity or Decimal(0)) + (now.shown["debt_outstanding"] or 0))

    def multiple_of_ltm(self) -> str | None:
        return (
            self.valuation() or self.ltm("total_revenue") or self.zero(self.total("total_revenue"))
        )

    def ltm_growth(self) -> str | None:
        if reason := self.ltm("total_revenue") or self.ltm("total_revenue", 4):
            return reason
        return "negative_base" if self.total("total_revenue", 4) <= 0 else None

    def all(self) -> dict[str, str | None]:
        """The reason of every metric; none where it has a value."""
        if self.shown() is None:
            return dict.fromkeys(self.questions(), "no_fx_rate")
        return {metric: ask() for metric, ask in self.questions().items()}

    def questions(self) -> dict[str, Callable[[], str | None]]:
        def share(of: str, by: str) -> Callable[[], str | None]:
            return lambda: self.input(of, by) or self.zero(self.number(by))

        def margin(of: str) -> Callable[[], str | None]:
            return lambda: (
                self.ltm(of) or self.ltm("total_revenue") or self.zero(self.total("total_revenue"))
            )

        def grown(of: tuple[str, int, str, bool]) -> Callable[[], str | None]:
            return lambda: self.growth(*of)

        def summed(of: str) -> Callable[[], str | None]:
            return lambda: self.ltm(of)

        return {
            **{metric: share(*pair) for metric, pair in SHARES.items()},
            **{metric: margin(of) for metric, of in MARGINS.items()},
            **{metric: grown(of) for metric, of in GROWTHS.items()},
            **{metric: summed(of) for metric, of in LTM.items()},
            "enterprise_value": self.valuation,
            "enterprise_value_net": lambda: self.valuation() or self.input("cash_balance"),
            "arr": lambda: self.input("recurring_revenue"),
            "change_in_cash": self.cash,
            "change_in_cash_flow": self.cash_flow,
            "change_in_cash_fx_effect": lambda: self.cash() or self.cash_flow(),
            "monthly_cash_burn": lambda: self.input("cash_burn"),
            "runway_months": self.runway,
            "ev_by_equity_raised_plus_debt": lambda: (
                self.valuation() or self.equity() or self.equity_and_debt()
            ),
            "valuation_to_revenue": lambda: (
                self.valuation()
                or self.input("total_revenue")
                or self.zero(self.number("total_revenue"))
            ),
            "valuation_to_ltm_revenue": self.multiple_of_ltm,
            "yoy_growth_ltm_revenue": self.ltm_growth,
            "assumed_zero_debt": lambda: None,
        }
