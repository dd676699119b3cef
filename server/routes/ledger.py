"""Room `ledger`: a fund's journal, the periods of its books, and its statements."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import Body

from server import examples_ledger as examples
from server.db import Database, IdempotencyKey
from server.describe import asked_of, done_of, list_of, shown_of
from server.filters_fund import as_of_day, journal_filters, page_filters, span_of_days
from server.openapi import example
from server.preconditions import once
from server.respond import respond
from server.schemas.body import JsonBody, encode
from server.schemas.ledger import (
    BalanceSheet,
    EntryInput,
    EntryReversalInput,
    IncomeStatement,
    JournalEntry,
    PartnersCapital,
    Period,
    PeriodCloseInput,
    TrialBalance,
)

_TAGS = ["ledger"]
_FUND = "/funds/{fund_id:uuid}"
_JOURNAL = _FUND + "/journal"
_ENTRY = _JOURNAL + "/{entry_id:uuid}"


@get(
    _JOURNAL,
    tags=_TAGS,
    summary="List a fund's journal: entries with their lines",
    **list_of(JournalEntry, examples.ENTRY, journal_filters, 404),
)
async def list_journal(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("ledger.list_journal", user, p_fund_id=fund_id, **filters))


@post(
    _JOURNAL,
    dto=JsonBody[EntryInput],
    tags=_TAGS,
    summary="Post an entry that no event of the fund makes: an investment, income, an expense",
    **done_of(JournalEntry, examples.ENTRY),
)
async def post_entry(
    data: Annotated[EntryInput, Body(examples=[example(examples.ENTRY_INPUT)])],
    db: Database,
    user: UUID,
    fund_id: UUID,
    idempotency: IdempotencyKey | None,
    filters: dict[str, Any],
) -> Response[bytes]:
    return respond(
        await db.call(
            "ledger.submit_entry",
            user,
            p_fund_id=fund_id,
            p_entry=encode(data),
            **once(idempotency, filters),
        )
    )


@get(
    _ENTRY,
    tags=_TAGS,
    summary="One journal entry",
    **shown_of(JournalEntry, examples.ENTRY),
)
async def get_entry(db: Database, user: UUID, fund_id: UUID, entry_id: UUID) -> Response[bytes]:
    return respond(await db.call("ledger.get_entry", user, p_fund_id=fund_id, p_entry_id=entry_id))


@post(
    _ENTRY + "/reversal",
    dto=JsonBody[EntryReversalInput],
    tags=_TAGS,
    summary="Take an entry back, by one with the sides changed",
    **done_of(JournalEntry, examples.ENTRY),
)
async def reverse_entry(
    data: Annotated[EntryReversalInput, Body(examples=[example(examples.ENTRY_REVERSAL_INPUT)])],
    db: Database,
    user: UUID,
    fund_id: UUID,
    entry_id: UUID,
    idempotency: IdempotencyKey | None,
    filters: dict[str, Any],
) -> Response[bytes]:
    return respond(
        await db.call(
            "ledger.submit_reversal",
            user,
            p_fund_id=fund_id,
            p_entry_id=entry_id,
            p_reversal=encode(data),
            **once(idempotency, filters),
        )
    )


@get(
    _FUND + "/periods",
    tags=_TAGS,
    summary="List the periods of a fund's books",
    **list_of(Period, examples.PERIOD, page_filters, 404),
)
async def list_periods(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("ledger.list_periods", user, p_fund_id=fund_id, **filters))


@post(
    _FUND + "/periods/close",
    dto=JsonBody[PeriodCloseInput],
    tags=_TAGS,
    summary="Close a period for good: nothing is posted to its days any more",
    **done_of(Period, examples.PERIOD, status=200),
)
async def close_period(
    data: Annotated[PeriodCloseInput, Body(examples=[example(examples.PERIOD_CLOSE_INPUT)])],
    db: Database,
    user: UUID,
    fund_id: UUID,
    idempotency: IdempotencyKey | None,
    filters: dict[str, Any],
) -> Response[bytes]:
    return respond(
        await db.call(
            "ledger.submit_period_close",
            user,
            idempotency=None if filters["p_preview"] else idempotency,
            p_fund_id=fund_id,
            p_last_on=data.last_on,
            **filters,
        )
    )


@get(
    _FUND + "/trial-balance",
    tags=_TAGS,
    summary="The trial balance on the evening of a day",
    **asked_of(TrialBalance, examples.TRIAL_BALANCE, as_of_day),
)
async def get_trial_balance(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("ledger.get_trial_balance", user, p_fund_id=fund_id, **filters))


@get(
    _FUND + "/balance-sheet",
    tags=_TAGS,
    summary="The balance sheet on the evening of a day",
    **asked_of(BalanceSheet, examples.BALANCE_SHEET, as_of_day),
)
async def get_balance_sheet(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("ledger.get_balance_sheet", user, p_fund_id=fund_id, **filters))


@get(
    _FUND + "/income-statement",
    tags=_TAGS,
    summary="The income statement from one day to another",
    **asked_of(IncomeStatement, examples.INCOME_STATEMENT, span_of_days),
)
async def get_income_statement(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("ledger.get_income_statement", user, p_fund_id=fund_id, **filters))


@get(
    _FUND + "/partners-capital",
    tags=_TAGS,
    summary="Each partner's capital account, and net asset value, on the evening of a day",
    **asked_of(PartnersCapital, examples.PARTNERS_CAPITAL, as_of_day),
)
async def get_partners_capital(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("ledger.get_partners_capital", user, p_fund_id=fund_id, **filters))


ROUTES = [
    list_journal,
    post_entry,
    get_entry,
    reverse_entry,
    list_periods,
    close_period,
    get_trial_balance,
    get_balance_sheet,
    get_income_statement,
    get_partners_capital,
]
