"""Room `fund`: funds, and the terms that they live by."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.params import Body

from server import examples_fund_terms as examples
from server.db import Database, IdempotencyKey
from server.describe import dropped_of, list_of, record_of, saved_of
from server.filters_fund import fund_filters, terms_filters
from server.openapi import example
from server.respond import respond
from server.schemas.body import JsonBody, encode
from server.schemas.fund_terms import (
    Fund,
    FundChange,
    FundInput,
    Terms,
    TermsDeleted,
    TermsInput,
)

_TAGS = ["fund"]
_ONE = "/funds/{fund_id:uuid}"
_TERMS = _ONE + "/terms"
_VERSION = _TERMS + "/{valid_from:date}"


@get(
    "/funds",
    tags=_TAGS,
    summary="List funds",
    **list_of(Fund, examples.FUND, fund_filters),
)
async def list_funds(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("fund.list_funds", user, **filters))


@post(
    "/funds",
    dto=JsonBody[FundInput],
    tags=_TAGS,
    summary="Create a fund with its books, or complete one that companies have named (200)",
    **saved_of(Fund, examples.FUND, status=201),
)
async def create_fund(
    data: Annotated[FundInput, Body(examples=[example(examples.FUND_INPUT)])],
    db: Database,
    user: UUID,
    idempotency: IdempotencyKey | None,
    filters: dict[str, Any],
) -> Response[bytes]:
    return respond(
        await db.call(
            "fund.create_fund", user, idempotency=idempotency, p_fund=encode(data), **filters
        )
    )


@get(
    _ONE,
    tags=_TAGS,
    summary="One fund",
    **record_of(Fund, examples.FUND),
)
async def get_fund(db: Database, user: UUID, fund_id: UUID) -> Response[bytes]:
    return respond(await db.call("fund.get_fund", user, p_fund_id=fund_id))


@patch(
    _ONE,
    dto=JsonBody[FundChange],
    tags=_TAGS,
    summary="Change a fund: only the keys that are sent",
    **saved_of(Fund, examples.FUND),
)
async def update_fund(
    data: Annotated[FundChange, Body(examples=[example(examples.FUND_CHANGE)])],
    db: Database,
    user: UUID,
    fund_id: UUID,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
    filters: dict[str, Any],
) -> Response[bytes]:
    return respond(
        await db.call(
            "fund.update_fund",
            user,
            idempotency=idempotency,
            p_fund_id=fund_id,
            p_fund=encode(data),
            p_if_match=if_match,
            **filters,
        )
    )


@get(
    _TERMS,
    tags=_TAGS,
    summary="List the versions of a fund's terms, or the one of a day",
    **list_of(Terms, examples.TERMS, terms_filters, 404),
)
async def list_terms(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("fund.list_terms", user, p_fund_id=fund_id, **filters))


@post(
    _TERMS,
    dto=JsonBody[TermsInput],
    tags=_TAGS,
    summary="Set a fund's terms from a day on",
    **saved_of(Terms, examples.TERMS, status=201),
)
async def set_terms(
    data: Annotated[TermsInput, Body(examples=[example(examples.TERMS_INPUT)])],
    db: Database,
    user: UUID,
    fund_id: UUID,
    idempotency: IdempotencyKey | None,
    filters: dict[str, Any],
) -> Response[bytes]:
    return respond(
        await db.call(
            "fund.set_terms",
            user,
            idempotency=idempotency,
            p_fund_id=fund_id,
            p_terms=encode(data),
            **filters,
        )
    )


@get(
    _VERSION,
    tags=_TAGS,
    summary="The version of a fund's terms that begins on a day",
    **record_of(Terms, examples.TERMS),
)
async def get_terms(db: Database, user: UUID, fund_id: UUID, valid_from: date) -> Response[bytes]:
    return respond(
        await db.call("fund.get_terms", user, p_fund_id=fund_id, p_valid_from=valid_from)
    )


@delete(
    _VERSION,
    tags=_TAGS,
    summary="Take a version of the terms back that nothing was recorded by",
    **dropped_of(TermsDeleted, examples.TERMS_KEY),
)
async def delete_terms(
    db: Database,
    user: UUID,
    fund_id: UUID,
    valid_from: date,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
    filters: dict[str, Any],
) -> Response[bytes]:
    return respond(
        await db.call(
            "fund.delete_terms",
            user,
            idempotency=idempotency,
            p_fund_id=fund_id,
            p_valid_from=valid_from,
            p_if_match=if_match,
            **filters,
        )
    )


ROUTES = [
    list_funds,
    create_fund,
    get_fund,
    update_fund,
    list_terms,
    set_terms,
    get_terms,
    delete_terms,
]
