"""Shapes of a fund's lists. Amounts are in units of `currency`, as they stand now, of the partners
that the reader sees: the firm's are of all, an investor's its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import Struct

CashFlowKind = Literal[
    "contribution", "rebalancing", "transfer", "distribution", "distribution_rebalancing",
    "distribution_transfer", "advance", "late_interest", "true_up_interest",
]  # fmt: skip

NavStatus = Literal["current", "stale", "superseded", "reversed"]


class Commitment(Struct, frozen=True, forbid_unknown_fields=True):
    """A partner of a fund. `investor_class` decides about fees."""

    fund_id: UUID
    investor_id: UUID
    investor_code: str
    investor: str
    investor_class: str
    currency: str | None
    commitment_amount: Decimal
    first_committed_on: date | None
    last_changed_on: date | None


class CapitalCall(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A capital call; `open_amount` is not paid yet."""

    fund_id: UUID
    call_id: UUID
    call_number: int
    notice_on: date
    due_on: date
    purpose: str | None
    currency: str | None
    capital_amount: Decimal
    fee_amount: Decimal
    called_amount: Decimal
    paid_amount: Decimal
    open_amount: Decimal
    is_reversed: bool


class CalledPartner(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands of a call for one partner."""

    investor_id: UUID
    investor_code: str
    investor: str
    is_excused: bool
    capital_amount: Decimal
    fee_amount: Decimal
    called_amount: Decimal
    paid_amount: Decimal
    open_amount: Decimal


class CallLeg(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that set or changed a partner's part of a call: `event_id` did it."""

    event_id: UUID
    event_on: date
    line_number: int
    investor_id: UUID
    investor_code: str
    investor: str
    reason: str
    is_excused: bool
    weight: Decimal
    exact_amount: Decimal
    exact_fee_amount: Decimal
    capital_amount: Decimal
    fee_amount: Decimal
    memo: str | None


class CapitalCallDetail(CapitalCall, frozen=True, kw_only=True):
    """A capital call with its partners and every leg."""

    partners: list[CalledPartner]
    lines: list[CallLeg]


class Payment(Struct, frozen=True, forbid_unknown_fields=True):
    """A receipt of money, and what it was for."""

    fund_id: UUID
    payment_id: UUID
    investor_id: UUID
    investor_code: str
    investor: str
    received_on: date
    currency: str | None
    amount: Decimal
    call_amount: Decimal
    late_interest_amount: Decimal
    advance_amount: Decimal
    memo: str | None
    is_reversed: bool


class Close(Struct, frozen=True, forbid_unknown_fields=True):
    """A close, and what was committed with it."""

    fund_id: UUID
    close_id: UUID
    close_number: int
    closed_on: date
    currency: str | None
    partner_count: int
    committed_amount: Decimal
    true_up_interest_amount: Decimal
    memo: str | None
    is_reversed: bool


class Transfer(Struct, frozen=True, forbid_unknown_fields=True):
    """An interest that changed hands."""

    fund_id: UUID
    transfer_id: UUID
    transferred_on: date
    seller_id: UUID
    seller_code: str
    seller: str
    buyer_id: UUID
    buyer_code: str
    buyer: str
    fraction: Decimal
    currency: str | None
    commitment_amount: Decimal
    memo: str | None
    is_reversed: bool


class Fee(Struct, frozen=True, forbid_unknown_fields=True):
    """A management fee of the days from `from_on` to the one before `to_on`."""

    fund_id: UUID
    fee_id: UUID
    run_kind: Literal["period", "catch_up"]
    from_on: date
    to_on: date
    currency: str | None
    gross_amount: Decimal
    waived_amount: Decimal
    rebated_amount: Decimal
    offset_amount: Decimal
    net_amount: Decimal
    is_reversed: bool


class Distribution(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A distribution. `recallable_until`: the last day on which that part can be called again."""

    fund_id: UUID
    distribution_id: UUID
    distribution_number: int
    declared_on: date
    paid_on: date
    recallable_until: date | None
    purpose: str | None
    currency: str | None
    amount: Decimal
    recallable_amount: Decimal
    is_reversed: bool


class DistributionLeg(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that set or changed a partner's part of a distribution."""

    event_id: UUID
    event_on: date
    line_number: int
    investor_id: UUID
    investor_code: str
    investor: str
    reason: str
    weight: Decimal
    exact_amount: Decimal
    amount: Decimal
    recallable_amount: Decimal


class DistributionDetail(Distribution, frozen=True, kw_only=True):
    """A distribution with every leg."""

    lines: list[DistributionLeg]


class Nav(Struct, frozen=True, forbid_unknown_fields=True):
    """A net asset value at the end of a quarter, the result since the one before, and whether the
    books still show it."""

    fund_id: UUID
    nav_id: UUID
    as_of: date
    currency: str | None
    nav_amount: Decimal
    result_amount: Decimal
    is_reversed: bool
    status: NavStatus


class CashFlow(Struct, frozen=True, forbid_unknown_fields=True):
    """Money that moved between the fund and a partner, from the partner's side: what it paid is
    negative. Only `paid_in_amount` and `distributed_amount` count in performance."""

    fund_id: UUID
    flow_on: date
    kind: CashFlowKind
    investor_id: UUID
    investor_code: str
    investor: str
    currency: str | None
    amount: Decimal
    paid_in_amount: Decimal
    distributed_amount: Decimal
    recallable_amount: Decimal
    event_id: UUID
    event_on: date
    line_number: int
    call_id: UUID | None
    distribution_id: UUID | None


class ExplainedStep(Struct, frozen=True, forbid_unknown_fields=True):
    """One step: what it is, its number, and where that is from."""

    step: int
    what: str
    amount: Decimal | None
    explanation: str


class LineExplanation(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a partner pays or gets what an event wrote for it."""

    fund_id: UUID
    event_id: UUID
    investor_id: UUID
    investor_code: str
    investor: str
    steps: list[ExplainedStep]


class _Measures(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Amounts and what they come to. `net_irr` is a fraction a year, or, when `is_under_one_year`,
    of the whole time; null with a reason; `has_other_irr`: it is the one nearest 0 of several."""

    commitment_amount: Decimal | None
    called_amount: Decimal | None
    paid_in_amount: Decimal | None
    receivable_amount: Decimal | None
    distributed_amount: Decimal | None
    payable_amount: Decimal | None
    recallable_amount: Decimal | None
    unfunded_amount: Decimal | None
    nav_amount: Decimal | None
    residual_amount: Decimal | None
    dpi: Decimal | None
    rvpi: Decimal | None
    tvpi: Decimal | None
    pic: Decimal | None
    net_irr: Decimal | None
    is_under_one_year: bool | None
    net_irr_reason: str | None
    has_other_irr: bool | None
    recallable_in_performance: Literal["all_in", "excluded"] | None


class Position(_Measures, frozen=True, kw_only=True):
    """How a partner stands."""

    investor_id: UUID
    investor_code: str
    investor: str
    investor_class: str


class Positions(Struct, frozen=True, forbid_unknown_fields=True):
    """How partners stand on the evening of `as_of`, in `currency`."""

    fund_id: UUID
    as_of: date
    currency: str | None
    positions: list[Position]


class Measures(_Measures, frozen=True, kw_only=True):
    """How a fund stands on the evening of `as_of`, in `currency`; all null without partners."""

    fund_id: UUID
    as_of: date
    limited_only: bool
    currency: str | None
    investor_count: int
