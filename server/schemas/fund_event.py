"""Shapes of what is done to a fund: requests, and the events that they become."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from server.schemas.fund_line import EventLines
from server.schemas.ledger import Memo, PostedEntry
from server.schemas.values import Day, Money

R = TypeVar("R")
Investor = Annotated[
    str, Meta(min_length=1, max_length=60, description="Code or investor_id of an investor.")
]
InvestorClass = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,39}$")]
Purpose = Annotated[str, Meta(min_length=1, max_length=1000)]
EventKind = Literal[
    "close", "transfer", "capital_call", "payment", "default", "distribution", "management_fee",
    "fee_adjustment", "fee_payment", "nav", "reversal",
]  # fmt: skip


class Excuse(Struct, frozen=True, forbid_unknown_fields=True):
    """A partner that does not take part in a call, and why."""

    investor: Investor
    reason: Memo | UnsetType | None = UNSET


class CapitalCallInput(Struct, frozen=True, forbid_unknown_fields=True):
    """A call on all partners, shared as the fund's terms say. `due_on`: `notice_on` if absent.

    `fee_event_id`: an accrual of the management fee that the call asks for, instead of
    `fee_amount`."""

    notice_on: Day
    due_on: Day | UnsetType | None = UNSET
    capital_amount: Money | UnsetType | None = UNSET
    fee_amount: Money | UnsetType | None = UNSET
    fee_event_id: UUID | UnsetType | None = UNSET
    purpose: Purpose | UnsetType | None = UNSET
    excuses: Annotated[list[Excuse], Meta(max_length=2000)] | UnsetType = UNSET


class PaymentInput(Struct, frozen=True, forbid_unknown_fields=True):
    """Money received from a partner; for its oldest open call unless `call_id` names one."""

    investor: Investor
    received_on: Day
    amount: Money
    call_id: UUID | UnsetType | None = UNSET
    memo: Memo | UnsetType | None = UNSET


class DefaultInput(Struct, frozen=True, forbid_unknown_fields=True):
    """A partner that will not pay."""

    investor: Investor
    declared_on: Day
    memo: Memo | UnsetType | None = UNSET


class NewCommitment(Struct, frozen=True, forbid_unknown_fields=True):
    """What an investor commits in addition to what it has committed before."""

    investor: Investor
    amount: Money
    investor_class: InvestorClass | UnsetType = UNSET


class CloseExcuse(Struct, frozen=True, forbid_unknown_fields=True):
    """An earlier call, by number or id, that a partner of this close does not take part in."""

    investor: Investor
    call: Annotated[int, Meta(ge=1)] | str
    reason: Memo | UnsetType | None = UNSET


class CloseInput(Struct, frozen=True, forbid_unknown_fields=True):
    """Partners that are admitted, or raise their commitments, on a day."""

    closed_on: Day
    commitments: Annotated[list[NewCommitment], Meta(min_length=1, max_length=2000)]
    excuses: Annotated[list[CloseExcuse], Meta(max_length=2000)] | UnsetType = UNSET
    memo: Memo | UnsetType | None = UNSET


class TransferInput(Struct, frozen=True, forbid_unknown_fields=True):
    """An interest that changes hands: a `fraction` of it, or as much as has a commitment of
    `commitment_amount`; all of it when neither is sent. `investor_class`: of a new partner."""

    seller: Investor
    buyer: Investor
    transferred_on: Day
    fraction: Money | UnsetType | None = UNSET
    commitment_amount: Money | UnsetType | None = UNSET
    investor_class: InvestorClass | UnsetType | None = UNSET
    memo: Memo | UnsetType | None = UNSET


class FeeInput(Struct, frozen=True, forbid_unknown_fields=True):
    """The period of a management fee, `to_on` the first day after it; the next one if absent."""

    from_on: Day | UnsetType | None = UNSET
    to_on: Day | UnsetType | None = UNSET


class FeeAdjustmentInput(Struct, frozen=True, forbid_unknown_fields=True):
    """A waiver or rebate (an amount, or a share of the fee), of one partner or of all, or a fee of
    a portfolio company that offsets the management fee."""

    kind: Literal["waiver", "rebate", "offset"]
    from_on: Day
    to_on: Day | UnsetType | None = UNSET
    investor: Investor | UnsetType | None = UNSET
    amount: Money | UnsetType | None = UNSET
    share: Money | UnsetType | None = UNSET
    memo: Memo | UnsetType | None = UNSET


class FeePaymentInput(Struct, frozen=True, forbid_unknown_fields=True):
    """Accrued management fee that is paid to the manager."""

    paid_on: Day
    amount: Money


class DistributionPart(Struct, frozen=True, forbid_unknown_fields=True):
    """What of a distribution is for a partner."""

    investor: Investor
    amount: Money
    recallable_amount: Money | UnsetType = UNSET


class DistributionInput(Struct, frozen=True, forbid_unknown_fields=True):
    """A distribution, pro rata to commitment unless `lines` give the split. `paid_on`:
    `declared_on` if absent."""

    declared_on: Day
    amount: Money
    paid_on: Day | UnsetType = UNSET
    recallable_amount: Money | UnsetType = UNSET
    purpose: Purpose | UnsetType | None = UNSET
    lines: Annotated[list[DistributionPart], Meta(min_length=1, max_length=2000)] | UnsetType = (
        UNSET
    )


class NavInput(Struct, frozen=True, forbid_unknown_fields=True):
    """The fair value of all investments at the end of a quarter."""

    as_of: Day
    fair_value: Money
    memo: Memo | UnsetType | None = UNSET


class ReversalInput(Struct, frozen=True, forbid_unknown_fields=True):
    """When an event is taken back: on its own day, or the first open one, unless sent."""

    reversed_on: Day | UnsetType | None = UNSET
    memo: Memo | UnsetType | None = UNSET


class CapitalCallHeader(Struct, frozen=True, forbid_unknown_fields=True):
    """What was called on the notice."""

    call_number: int
    notice_on: date
    due_on: date
    capital_amount: Decimal
    fee_amount: Decimal
    purpose: str | None


class PaymentHeader(Struct, frozen=True, forbid_unknown_fields=True):
    """What was received."""

    investor_id: UUID
    received_on: date
    amount: Decimal
    memo: str | None


class DefaultHeader(Struct, frozen=True, forbid_unknown_fields=True):
    """Who defaulted."""

    investor_id: UUID
    declared_on: date
    memo: str | None


class CloseHeader(Struct, frozen=True, forbid_unknown_fields=True):
    """Which close it is."""

    close_number: int
    closed_on: date
    memo: str | None


class TransferHeader(Struct, frozen=True, forbid_unknown_fields=True):
    """Who sold what to whom."""

    seller_id: UUID
    buyer_id: UUID
    transferred_on: date
    fraction: Decimal
    commitment_amount: Decimal
    memo: str | None


class FeeHeader(Struct, frozen=True, forbid_unknown_fields=True):
    """A management fee from gross to net, and the offsets that it could not take."""

    run_kind: Literal["period", "catch_up"]
    from_on: date
    to_on: date
    gross_amount: Decimal
    waived_amount: Decimal
    rebated_amount: Decimal
    offset_brought_forward: Decimal
    offset_added: Decimal
    offset_amount: Decimal
    offset_carried_forward: Decimal
    net_amount: Decimal


class FeeAdjustmentHeader(Struct, frozen=True, forbid_unknown_fields=True):
    """A reason to take less. Null `investor_id`: of all partners."""

    kind: Literal["waiver", "rebate", "offset"]
    investor_id: UUID | None
    from_on: date
    to_on: date | None
    amount: Decimal | None
    share: Decimal | None
    credited_amount: Decimal | None
    memo: str | None


class FeePaymentHeader(Struct, frozen=True, forbid_unknown_fields=True):
    """What was paid to the manager."""

    paid_on: date
    amount: Decimal


class DistributionHeader(Struct, frozen=True, forbid_unknown_fields=True):
    """What was declared."""

    distribution_number: int
    declared_on: date
    paid_on: date
    amount: Decimal
    recallable_amount: Decimal
    recallable_until: date | None
    purpose: str | None


class NavHeader(Struct, frozen=True, forbid_unknown_fields=True):
    """What investments were worth, and the fund with them."""

    as_of: date
    fair_value: Decimal
    nav_amount: Decimal
    last_entry_number: int
    memo: str | None


class Event(Struct, Generic[R], frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What was done: its own `record`, the `lines` that it wrote for partners, and what it posted.

    Without `event_id`: a preview. `recorded_by`: a user's id."""

    event_id: UUID | UnsetType = UNSET
    event_number: int
    kind: EventKind
    event_on: date
    event_key: str | None
    reverses_event_id: UUID | None
    recorded_at: datetime
    recorded_by: UUID
    record: R
    lines: EventLines
    journal_entries: list[PostedEntry]


class RecordedEvent(Struct, frozen=True, forbid_unknown_fields=True):
    """An event as the list shows it. `request`: what was asked, as it was sent."""

    fund_id: UUID
    event_id: UUID
    event_number: int
    kind: EventKind
    event_on: date
    event_key: str | None
    request: dict[str, Any]
    reverses_event_id: UUID | None
    reversed_by_event_id: UUID | None
    recorded_at: datetime
    recorded_by: str
