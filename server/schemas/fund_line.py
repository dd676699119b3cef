"""Shapes of what the events of a fund write, partner by partner, in the fund's currency. A row that
takes others back has their amounts with the other sign."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType


class _Line(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    line_number: int
    investor_id: UUID
    investor_code: str


class CommitmentLine(_Line, frozen=True, kw_only=True):
    """A change of a partner's commitment."""

    amount: Decimal


class CapitalCallLine(_Line, frozen=True, kw_only=True):
    """A part of a call. `exact_amount`: that of `capital_amount` before rounding."""

    call_id: UUID
    reason: str
    weight: Decimal
    exact_amount: Decimal
    exact_fee_amount: Decimal
    capital_amount: Decimal
    fee_amount: Decimal
    is_excused: bool
    memo: str | None


class PaymentLine(_Line, frozen=True, kw_only=True):
    """What money was for: a call, late interest, or in advance. `flow_on`: the day that it counts
    from in cash flows; null: the event's."""

    call_id: UUID | None
    applied_to: str
    reason: str
    flow_on: date | None
    amount: Decimal


class LateInterestLine(_Line, frozen=True, kw_only=True):
    """Interest on what was paid late."""

    call_id: UUID
    late_amount: Decimal
    from_on: date
    to_on: date
    annual_rate: Decimal
    exact_amount: Decimal
    amount: Decimal


class TrueUpInterestLine(_Line, frozen=True, kw_only=True):
    """Interest of a close: above 0 a new partner pays it, below 0 an earlier one gets it."""

    subject_id: UUID | None
    charged_for: str
    principal: Decimal
    from_on: date
    to_on: date
    annual_rate: Decimal
    exact_amount: Decimal
    amount: Decimal


class FeeLine(_Line, frozen=True, kw_only=True):
    """A part of a management fee."""

    fee_id: UUID
    exact_amount: Decimal
    gross_amount: Decimal
    waived_amount: Decimal
    rebated_amount: Decimal
    offset_amount: Decimal
    net_amount: Decimal


class FeeSegment(Struct, frozen=True, forbid_unknown_fields=True):
    """Days with one rate and one base: base x rate x year fraction is the exact fee."""

    segment_number: int
    investor_id: UUID
    investor_code: str
    from_on: date
    to_on: date
    fee_rate: Decimal
    fee_base: str
    base_amount: Decimal
    day_count: str
    year_fraction: Decimal
    exact_amount: Decimal


class FeeReduction(Struct, frozen=True, forbid_unknown_fields=True):
    """What an adjustment took off an accrual."""

    adjustment_id: UUID
    kind: str
    amount: Decimal


class DistributionLine(_Line, frozen=True, kw_only=True):
    """A part of a distribution."""

    distribution_id: UUID
    reason: str
    flow_on: date | None
    weight: Decimal
    exact_amount: Decimal
    amount: Decimal
    recallable_amount: Decimal


class NavLine(_Line, frozen=True, kw_only=True):
    """A partner's result and capital account."""

    nav_id: UUID
    result_amount: Decimal
    nav_amount: Decimal


class EventLines(Struct, frozen=True, forbid_unknown_fields=True):
    """The rows that an event wrote, by table; tables without any are left out."""

    commitment_line: list[CommitmentLine] | UnsetType = UNSET
    capital_call_line: list[CapitalCallLine] | UnsetType = UNSET
    payment_line: list[PaymentLine] | UnsetType = UNSET
    late_interest: list[LateInterestLine] | UnsetType = UNSET
    true_up_interest: list[TrueUpInterestLine] | UnsetType = UNSET
    fee_line: list[FeeLine] | UnsetType = UNSET
    fee_segment: list[FeeSegment] | UnsetType = UNSET
    fee_reduction: list[FeeReduction] | UnsetType = UNSET
    distribution_line: list[DistributionLine] | UnsetType = UNSET
    nav_line: list[NavLine] | UnsetType = UNSET
