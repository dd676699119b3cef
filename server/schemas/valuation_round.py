"""Shapes of a company's dated valuations."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from server.schemas.values import Day, Money

Unit = Literal["millions", "units"]
RoundName = Annotated[str, Meta(min_length=1, max_length=200)]


class RoundInput(Struct, frozen=True, forbid_unknown_fields=True):
    """A priced round; amounts are in `amount_unit` (millions) of `currency` (the company's)."""

    round_on: Day
    post_money_valuation: Money
    round_name: RoundName | UnsetType | None = UNSET
    equity_raised: Money | UnsetType | None = UNSET
    amount_unit: Unit | UnsetType | None = UNSET
    currency: str | UnsetType | None = UNSET


class RoundChange(Struct, frozen=True, forbid_unknown_fields=True):
    """A correction of a round. A key that is absent stays as it is; null clears it."""

    round_on: Day | UnsetType = UNSET
    post_money_valuation: Money | UnsetType = UNSET
    round_name: RoundName | UnsetType | None = UNSET
    equity_raised: Money | UnsetType | None = UNSET
    amount_unit: Unit | UnsetType | None = UNSET
    currency: str | UnsetType | None = UNSET


class ValuationRound(Struct, frozen=True, forbid_unknown_fields=True):
    """A dated valuation. The two amounts are as submitted, in `amount_unit` of `currency`."""

    valuation_round_id: UUID
    company_id: str
    round_on: date
    round_name: str | None
    post_money_valuation: Decimal
    equity_raised: Decimal | None
    amount_unit: Unit
    currency: str
    created_date: datetime
    created_by: str | None
    last_update_date: datetime | None
    last_updated_by: str | None
    row_version: int


class RoundDeleted(Struct, frozen=True, forbid_unknown_fields=True):
    """Which round is gone."""

    valuation_round_id: UUID
