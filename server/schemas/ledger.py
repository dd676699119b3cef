"""Shapes of a fund's books: entries, periods and statements. Amounts are in `currency`."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from server.schemas.values import Day, Money

Word = Annotated[str, Meta(min_length=1, max_length=40)]
Memo = Annotated[str, Meta(min_length=1, max_length=1000)]
AccountKind = Literal["asset", "liability", "equity", "income", "expense"]


class LineInput(Struct, frozen=True, forbid_unknown_fields=True):
    """One side of an entry: a debit or a credit, to the cent. `partner_id` where the account is
    kept by partner."""

    account: Word
    currency: str
    debit: Money | UnsetType = UNSET
    credit: Money | UnsetType = UNSET
    partner_id: UUID | UnsetType | None = UNSET


class EntryInput(Struct, frozen=True, forbid_unknown_fields=True):
    """What happened on a day; debits equal credits in each currency. `kind`: ledger.entry_kind."""

    entry_on: Day
    kind: Word
    lines: Annotated[list[LineInput], Meta(min_length=1, max_length=2000)]
    memo: Memo | UnsetType | None = UNSET


class EntryReversalInput(Struct, frozen=True, forbid_unknown_fields=True):
    """When an entry is taken back: on its own day, or the first open one, unless sent."""

    entry_on: Day | UnsetType | None = UNSET
    memo: Memo | UnsetType | None = UNSET


class PeriodCloseInput(Struct, frozen=True, forbid_unknown_fields=True):
    """The last day of the period to close."""

    last_on: Day


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """A posted line; one of debit and credit is 0."""

    account: str
    name: str
    partner_id: UUID | None
    currency: str
    debit: Decimal
    credit: Decimal


class PostedEntry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A posted entry. Without `entry_id`: a preview. `posted_by`: a user's id."""

    entry_id: UUID | UnsetType = UNSET
    entry_number: int
    entry_on: date
    kind: str
    memo: str | None
    entry_key: str | None
    reverses_entry_id: UUID | None
    posted_at: datetime
    posted_by: UUID
    lines: list[Line]


class JournalEntry(PostedEntry, frozen=True, kw_only=True):
    """A posted entry and where it comes from: an event of the fund has `source_room` fund and its
    event_id as `source_key`."""

    source_room: str | None
    source_key: str | None


class Period(Struct, frozen=True, forbid_unknown_fields=True):
    """A period of a fund's books."""

    fund_id: UUID
    first_on: date
    last_on: date
    is_closed: bool
    closed_at: datetime | None
    closed_by: str | None


class AccountBalance(Struct, frozen=True, forbid_unknown_fields=True):
    """An account since the books began, and the side that its balance is on."""

    account_number: str
    account_name: str
    kind: AccountKind
    currency: str
    total_debit: Decimal
    total_credit: Decimal
    debit_balance: Decimal
    credit_balance: Decimal


class BalanceTotal(Struct, frozen=True, forbid_unknown_fields=True):
    """Two sums that are equal."""

    currency: str
    debit_balance: Decimal
    credit_balance: Decimal


class TrialBalance(Struct, frozen=True, forbid_unknown_fields=True):
    """Every account that was posted to by the evening of `as_of`."""

    fund_id: UUID
    as_of: date
    accounts: list[AccountBalance]
    totals: list[BalanceTotal]


class StatementLine(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of a statement. Null `account_number`: the result since the books began."""

    section: AccountKind
    account_number: str | None
    account_name: str
    currency: str
    amount: Decimal


class SectionTotal(Struct, frozen=True, forbid_unknown_fields=True):
    """Assets equal liabilities plus equity."""

    currency: str
    asset_amount: Decimal
    liability_amount: Decimal
    equity_amount: Decimal


class BalanceSheet(Struct, frozen=True, forbid_unknown_fields=True):
    """What the fund has and owes on the evening of `as_of`."""

    fund_id: UUID
    as_of: date
    accounts: list[StatementLine]
    totals: list[SectionTotal]


class ResultTotal(Struct, frozen=True, forbid_unknown_fields=True):
    """The result in one currency."""

    currency: str
    result_amount: Decimal


class IncomeStatement(Struct, frozen=True, forbid_unknown_fields=True):
    """What was earned (above 0) and spent (below 0) from one day to another, both included."""

    fund_id: UUID
    from_on: date
    to_on: date
    accounts: list[StatementLine]
    totals: list[ResultTotal]


class CapitalPart(Struct, frozen=True, forbid_unknown_fields=True):
    """What an account adds to a partner's capital. Null `account_number`: not allocated yet."""

    account_number: str | None
    account_name: str
    amount: Decimal


class PartnerCapital(Struct, frozen=True, forbid_unknown_fields=True):
    """A partner's capital account. Null `partner_id`: allocated to nobody yet."""

    partner_id: UUID | None
    investor_code: str | None
    investor: str | None
    currency: str
    capital_amount: Decimal
    accounts: list[CapitalPart]


class NetAssetValue(Struct, frozen=True, forbid_unknown_fields=True):
    """What all capital accounts of a currency add up to."""

    currency: str
    net_asset_value: Decimal


class PartnersCapital(Struct, frozen=True, forbid_unknown_fields=True):
    """The capital accounts of a fund on the evening of `as_of`."""

    fund_id: UUID
    as_of: date
    partners: list[PartnerCapital]
    totals: list[NetAssetValue]
