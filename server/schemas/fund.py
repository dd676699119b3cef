"""Shapes of the portfolio's totals."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import Struct

Number = Decimal | None


class _Totals(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Sums of a quarter in `currency`. Null: no company has the number.

    Counts say how complete they are: a company without an exchange rate is in no sum. The pairs
    `revenue_with_…` and `revenue_of_…`, and the growth between them, are of the same companies.
    """

    currency: str
    reporting_year: int
    reporting_quarter: int
    quarter_end_date: date
    company_count: int
    reported_company_count: int
    no_fx_rate_company_count: int
    is_complete: bool
    total_revenue: Number
    recurring_revenue: Number
    gross_profit: Number
    sales_marketing_expense: Number
    total_operating_expense: Number
    ebitda: Number
    net_income: Number
    cash_burn: Number
    cash_balance: Number
    debt_outstanding: Number
    arr: Number
    monthly_cash_burn: Number
    change_in_cash: Number
    enterprise_value: Number
    ltm_total_revenue: Number
    ltm_ebitda: Number
    total_employees: int | None
    total_customers: int | None
    revenue_with_prior_quarter: Number
    revenue_of_prior_quarter: Number
    revenue_with_year_ago: Number
    revenue_of_year_ago: Number
    revenue_growth: Number
    yoy_growth_revenue: Number


class PortfolioTotal(_Totals, frozen=True, kw_only=True):
    """What the funds that have the quarter add up to; companies of no fund count as one."""

    fund_count: int


class FundQuarter(_Totals, frozen=True, kw_only=True):
    """A fund's latest quarter. Null `fund_id`: companies of no fund."""

    fund_id: UUID | None
    fund: str | None


class Portfolio(Struct, frozen=True, forbid_unknown_fields=True):
    """Totals of the latest quarter that a fund has, and each fund's own latest, by currency."""

    totals: list[PortfolioTotal]
    funds: list[FundQuarter]


class Freshness(Struct, frozen=True, forbid_unknown_fields=True):
    """When totals last changed. `stale_since`: the oldest change that is not in them yet; null when
    they are current."""

    refreshed_at: datetime | None
    stale_since: datetime | None


class PortfolioSummary(Struct, frozen=True, forbid_unknown_fields=True):
    """The summary, and how fresh it is."""

    status: Literal["success"]
    code: int
    message: str
    data: Portfolio
    meta: Freshness
    links: dict[str, str]
