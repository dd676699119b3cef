"""Shapes of companies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from server.schemas.values import Day, Money

Text = str | None | UnsetType
Amount = Money | None | UnsetType


class CompanyInput(Struct, frozen=True, forbid_unknown_fields=True):
    """A company to create or update. A key that is absent stays as it is; null clears it."""

    company_id: Text = UNSET
    company_name: Text = UNSET
    reporting_status: Text = UNSET
    reporting_currency: Text = UNSET
    fund: Text = UNSET
    location_country: Text = UNSET
    customer_type: Text = UNSET
    revenue_type: Text = UNSET
    equity_raised: Amount = UNSET
    post_money_valuation: Amount = UNSET
    amount_unit: Literal["millions", "units"] | UnsetType | None = UNSET
    year_end_date: Day | UnsetType | None = UNSET
    burn_sign: Literal["outflow_negative", "positive_is_burn"] | UnsetType | None = UNSET
    archived: bool | UnsetType = UNSET


class CompanyChange(CompanyInput, frozen=True, forbid_unknown_fields=True):
    """What changes about a company. A key that is absent stays as it is; null clears it."""


class CompanyDeleted(Struct, frozen=True, forbid_unknown_fields=True):
    """Which company is gone, with its valuation rounds."""

    company_id: str


class Company(Struct, frozen=True, forbid_unknown_fields=True):
    """A portfolio company. The two amounts are as submitted, in `amount_unit`."""

    company_id: str
    company_name: str
    reporting_status: str | None
    reporting_currency: str
    fund: str | None
    fund_id: UUID | None
    location_country: str | None
    customer_type: str | None
    revenue_type: str | None
    equity_raised: Decimal | None
    post_money_valuation: Decimal | None
    amount_unit: Literal["millions", "units"]
    valuation_currency: str | None
    year_end_date: date | None
    burn_sign: Literal["outflow_negative", "positive_is_burn"]
    archived: bool
    created_date: datetime
    created_by: str | None
    last_update_date: datetime | None
    last_updated_by: str | None
    row_version: int
