"""Shapes of funds, their terms, and investors."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from server.schemas.values import Day, Money

FundStatus = Literal["raising", "investing", "harvesting", "winding_up", "closed"]
InvestorType = Literal[
    "bank", "corporate", "endowment", "family_office", "foundation", "fund_of_funds",
    "general_partner", "government", "individual", "insurance", "pension_fund",
    "sovereign_wealth_fund", "other",
]  # fmt: skip
DayCount = Literal["act/365", "act/360", "act/act", "30/360"]
FeeDayCount = Literal["act/365", "act/360", "act/act", "30/360", "quarter"]
FeeBase = Literal["committed", "contributed", "net_invested", "nav"]
Receivable = Literal["asset", "equity"]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
VintageYear = Annotated[int, Meta(ge=1950, le=2199)]
Whole = Annotated[int, Meta(ge=0, le=36525)]
StepDay = Annotated[str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}|investment_period_end)$")]
ClassName = Annotated[str, Meta(pattern=r"^(\*|[a-z][a-z0-9_]{0,39})$")]


class FundChange(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What changes about a fund. A key that is absent stays as it is; null clears it. What is said
    of the books opens them; it cannot be changed later."""

    name: Name | UnsetType = UNSET
    currency: str | UnsetType | None = UNSET
    vintage_year: VintageYear | UnsetType | None = UNSET
    status: FundStatus | UnsetType | None = UNSET
    books_first_on: Day | UnsetType | None = UNSET
    books_period_months: Literal[1, 3, 6, 12] | UnsetType | None = UNSET
    receivable_as: Receivable | UnsetType | None = UNSET


class FundInput(FundChange, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A fund and its books, which begin with its vintage year unless `books_first_on` is sent.

    One that only companies have named so far is completed."""

    name: Name
    currency: str


class Fund(Struct, frozen=True, forbid_unknown_fields=True):
    """A fund; `books_…` are null without books, and for its investors."""

    fund_id: UUID
    name: str
    currency: str | None
    vintage_year: int | None
    status: FundStatus | None
    books_first_on: date | None
    books_period_months: int | None
    receivable_as: Receivable | None
    created_date: datetime
    created_by: str | None
    last_update_date: datetime | None
    last_updated_by: str | None
    row_version: int


class FeeStepInput(Struct, frozen=True, forbid_unknown_fields=True):
    """From a day on, or from the end of the investment period, a rate (a fraction a year) and what
    it is of. Class *: of all without steps of their own."""

    fee_rate: Money
    fee_base: FeeBase
    from_on: StepDay | UnsetType | None = UNSET
    investor_class: ClassName | UnsetType | None = UNSET


class TermsInput(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A version of a fund's terms. A key that is absent is as in the version before it, which ends
    on `valid_from`; null is the default."""

    valid_from: Day
    valid_to: Day | UnsetType | None = UNSET
    term_ends_on: Day | UnsetType | None = UNSET
    investment_period_ends_on: Day | UnsetType | None = UNSET
    allocation_basis: Literal["commitment", "unfunded"] | UnsetType | None = UNSET
    recallable_expiry_days: Whole | UnsetType | None = UNSET
    recallable_in_performance: Literal["all_in", "excluded"] | UnsetType | None = UNSET
    paid_in_dated_by: Literal["receipt", "due"] | UnsetType | None = UNSET
    true_up_rate: Money | UnsetType | None = UNSET
    true_up_day_count: DayCount | UnsetType | None = UNSET
    true_up_compounding: Literal["simple", "annual"] | UnsetType | None = UNSET
    true_up_recipient: Literal["earlier_partners", "fund", "manager"] | UnsetType | None = UNSET
    late_interest_rate: Money | UnsetType | None = UNSET
    late_interest_day_count: DayCount | UnsetType | None = UNSET
    late_grace_days: Whole | UnsetType | None = UNSET
    fee_day_count: FeeDayCount | UnsetType | None = UNSET
    fee_timing: Literal["advance", "arrears"] | UnsetType | None = UNSET
    fee_basis: Literal["opening", "daily"] | UnsetType | None = UNSET
    fee_period_months: Literal[1, 3, 6, 12] | UnsetType | None = UNSET
    fee_offset_share: Money | UnsetType | None = UNSET
    fee_from: Literal["first_close", "own_close"] | UnsetType | None = UNSET
    fee_free_classes: Annotated[list[str], Meta(max_length=100)] | UnsetType | None = UNSET
    fee_schedule: Annotated[list[FeeStepInput], Meta(max_length=500)] | UnsetType | None = UNSET


class FeeStep(Struct, frozen=True, forbid_unknown_fields=True):
    """A rate and a base of the management fee, from a day on."""

    investor_class: str
    from_on: date
    fee_rate: Decimal
    fee_base: FeeBase


class Terms(Struct, frozen=True, forbid_unknown_fields=True):
    """A version of a fund's terms; `valid_to` is the first day on which it no longer holds."""

    fund_id: UUID
    valid_from: date
    valid_to: date | None
    term_ends_on: date | None
    investment_period_ends_on: date | None
    allocation_basis: Literal["commitment", "unfunded"]
    recallable_expiry_days: int | None
    recallable_in_performance: Literal["all_in", "excluded"]
    paid_in_dated_by: Literal["receipt", "due"]
    true_up_rate: Decimal
    true_up_day_count: DayCount
    true_up_compounding: Literal["simple", "annual"]
    true_up_recipient: Literal["earlier_partners", "fund", "manager"]
    late_interest_rate: Decimal
    late_interest_day_count: DayCount
    late_grace_days: int
    fee_day_count: FeeDayCount
    fee_timing: Literal["advance", "arrears"]
    fee_basis: Literal["opening", "daily"]
    fee_period_months: int
    fee_offset_share: Decimal
    fee_from: Literal["first_close", "own_close"]
    fee_free_classes: list[str]
    fee_schedule: list[FeeStep]
    created_date: datetime
    created_by: str | None
    last_update_date: datetime | None
    last_updated_by: str | None
    row_version: int


class TermsDeleted(Struct, frozen=True, forbid_unknown_fields=True):
    """Which version is gone."""

    fund_id: UUID
    valid_from: date


class InvestorChange(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What changes about an investor. A key that is absent stays as it is; null clears it. A
    partner of a fund keeps its code."""

    investor_code: Annotated[str, Meta(min_length=1, max_length=40)] | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    investor_type: InvestorType | UnsetType | None = UNSET
    country: str | UnsetType | None = UNSET


class InvestorInput(InvestorChange, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An investor: a legal person, in whatever funds. `investor_code`: short, and for good."""

    investor_code: Annotated[str, Meta(min_length=1, max_length=40)]
    name: Name


class InvestorFund(Struct, frozen=True, forbid_unknown_fields=True):
    """A fund that an investor is a partner of."""

    fund_id: UUID
    name: str


class InvestorRecord(Struct, frozen=True, forbid_unknown_fields=True):
    """An investor, with those of its funds that the reader sees."""

    investor_id: UUID
    investor_code: str
    name: str
    investor_type: InvestorType
    country: str | None
    funds: list[InvestorFund]
    created_date: datetime
    created_by: str | None
    last_update_date: datetime | None
    last_updated_by: str | None
    row_version: int


class ContactChange(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What changes about a contact. A key that is absent stays as it is; null clears it."""

    name: Name | UnsetType = UNSET
    email: Annotated[str, Meta(max_length=320)] | UnsetType | None = UNSET
    phone: Annotated[str, Meta(max_length=60)] | UnsetType | None = UNSET
    is_primary: bool | UnsetType = UNSET


class ContactInput(ContactChange, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A person to write to; a new primary one takes the place of the one before."""

    name: Name


class Contact(Struct, frozen=True, forbid_unknown_fields=True):
    """A person to write to at an investor."""

    investor_id: UUID
    contact_id: UUID
    name: str
    email: str | None
    phone: str | None
    is_primary: bool
    created_date: datetime
    last_update_date: datetime | None
    row_version: int


class ContactDeleted(Struct, frozen=True, forbid_unknown_fields=True):
    """Which contact is gone."""

    contact_id: UUID
