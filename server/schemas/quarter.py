"""Shapes of a company's quarters: what is submitted, what is translated, what is derived."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from server.schemas.values import Day, Money

Count = Annotated[int, Meta(ge=0, le=2_147_483_647)]
Quarter = Annotated[int, Meta(ge=1, le=4)]
Year = Annotated[int, Meta(ge=1, le=9999)]
Number = Decimal | None
Amount = Money | None | UnsetType


class MetricsInput(Struct, frozen=True, forbid_unknown_fields=True):
    """One company's quarter, in units of `currency`. Quarters are derived when absent."""

    company_id: str
    fiscal_reporting_date: Day
    currency: str | None = None
    total_revenue: Money | None = None
    recurring_revenue: Money | None = None
    gross_profit: Money | None = None
    sales_marketing_expense: Money | None = None
    total_operating_expense: Money | None = None
    ebitda: Money | None = None
    net_income: Money | None = None
    cash_burn: Money | None = None
    cash_balance: Money | None = None
    debt_outstanding: Money | None = None
    employees: Count | None = None
    customers: Count | None = None
    fiscal_reporting_quarter: Quarter | None = None
    reporting_year: Year | None = None
    reporting_quarter: Quarter | None = None


class InputChange(Struct, frozen=True, forbid_unknown_fields=True):
    """A correction of a submitted quarter. A key that is absent stays as it is; null clears it.

    The company is fixed. A new date derives the quarters again unless they are sent with it.
    """

    company_id: str | UnsetType = UNSET
    fiscal_reporting_date: Day | UnsetType = UNSET
    currency: str | UnsetType | None = UNSET
    total_revenue: Amount = UNSET
    recurring_revenue: Amount = UNSET
    gross_profit: Amount = UNSET
    sales_marketing_expense: Amount = UNSET
    total_operating_expense: Amount = UNSET
    ebitda: Amount = UNSET
    net_income: Amount = UNSET
    cash_burn: Amount = UNSET
    cash_balance: Amount = UNSET
    debt_outstanding: Amount = UNSET
    employees: Count | UnsetType | None = UNSET
    customers: Count | UnsetType | None = UNSET
    fiscal_reporting_quarter: Quarter | UnsetType | None = UNSET
    reporting_year: Year | UnsetType | None = UNSET
    reporting_quarter: Quarter | UnsetType | None = UNSET


class InputDeleted(Struct, frozen=True, forbid_unknown_fields=True):
    """Which submitted quarter is gone."""

    id: str


class _Stamped(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every quarter carries: its period, and who wrote it when."""

    company_id: str
    currency: str
    fiscal_reporting_date: date
    fiscal_reporting_quarter: Quarter | None
    reporting_year: Year
    reporting_quarter: Quarter
    created_date: datetime
    created_by: str | None
    last_update_date: datetime | None
    last_updated_by: str | None


class _Reported(_Stamped, frozen=True, forbid_unknown_fields=True, kw_only=True):
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
    employees: int | None
    customers: int | None


class SubmittedQuarter(_Reported, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A quarter as it was submitted."""

    id: str


class Financials(_Reported, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A quarter in one currency: flows at `exchange_rate_used`, balances at `closing_rate_used`."""

    exchange_rate_used: Number
    closing_rate_used: Number
    is_reporting_currency: bool


class Metrics(_Stamped, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What follows from a quarter, in one currency. Ratios are fractions; null has a reason."""

    enterprise_value: Number
    enterprise_value_net: Number
    arr: Number
    recurring_percentage_revenue: Number
    revenue_per_fte: Number
    gross_profit_per_fte: Number
    employee_growth_rate: Number
    change_in_cash: Number
    change_in_cash_flow: Number
    change_in_cash_fx_effect: Number
    revenue_growth: Number
    revenue_growth_constant_currency: Number
    monthly_cash_burn: Number
    runway_months: Number
    ev_by_equity_raised_plus_debt: Number
    sales_marketing_percentage_revenue: Number
    total_operating_percentage_revenue: Number
    gross_profit_margin: Number
    valuation_to_revenue: Number
    valuation_to_ltm_revenue: Number
    yoy_growth_revenue: Number
    yoy_growth_revenue_constant_currency: Number
    yoy_growth_profit: Number
    yoy_growth_employees: Number
    yoy_growth_ltm_revenue: Number
    ltm_total_revenue: Number
    ltm_gross_profit: Number
    ltm_sales_marketing_expense: Number
    ltm_gross_margin: Number
    ltm_operating_expense: Number
    ltm_ebitda: Number
    ltm_net_income: Number
    ltm_ebitda_margin: Number
    ltm_net_income_margin: Number
    assumed_zero_debt: bool
