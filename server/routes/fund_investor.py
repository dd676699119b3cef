"""Room `fund`: investors, whatever funds they are partners of."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, patch, post
from litestar.params import Body

from server import examples_fund_terms as examples
from server.db import Database, IdempotencyKey
from server.describe import list_of, record_of, saved_of
from server.filters_fund import fund_investor_filters, investor_filters
from server.openapi import example
from server.respond import respond
from server.schemas.body import JsonBody, encode
from server.schemas.fund_terms import InvestorChange, InvestorInput, InvestorRecord

_TAGS = ["fund"]
_ONE = "/investors/{investor_id:uuid}"


@get(
    "/investors",
    tags=_TAGS,
    summary="List investors",
    **list_of(InvestorRecord, examples.INVESTOR, investor_filters),
)
async def list_investors(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("fund.list_investors", user, **filters))


@get(
    "/funds/{fund_id:uuid}/investors",
    tags=_TAGS,
    summary="List the investors that are partners of a fund",
    **list_of(InvestorRecord, examples.INVESTOR, fund_investor_filters, 404),
)
async def list_fund_investors(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("fund.list_partners", user, p_fund_id=fund_id, **filters))


@post(
    "/investors",
    dto=JsonBody[InvestorInput],
    tags=_TAGS,
    summary="Create an investor; a close admits it to a fund",
    **saved_of(InvestorRecord, examples.INVESTOR, status=201),
)
async def create_investor(
    data: Annotated[InvestorInput, Body(examples=[example(examples.INVESTOR_INPUT)])],
    db: Database,
    user: UUID,
    idempotency: IdempotencyKey | None,
    filters: dict[str, Any],
) -> Response[bytes]:
    return respond(
        await db.call(
            "fund.create_investor",
            user,
            idempotency=idempotency,
            p_investor=encode(data),
            **filters,
        )
    )


@get(
    _ONE,
    tags=_TAGS,
    summary="One investor",
    **record_of(InvestorRecord, examples.INVESTOR),
)
async def get_investor(db: Database, user: UUID, investor_id: UUID) -> Response[bytes]:
    return respond(await db.call("fund.get_investor", user, p_investor_id=investor_id))


@patch(
    _ONE,
    dto=JsonBody[InvestorChange],
    tags=_TAGS,
    summary="Change an investor: only the keys that are sent",
    **saved_of(InvestorRecord, examples.INVESTOR),
)
async def update_investor(
    data: Annotated[InvestorChange, Body(examples=[example(examples.INVESTOR_CHANGE)])],
    db: Database,
    user: UUID,
    investor_id: UUID,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
    filters: dict[str, Any],
) -> Response[bytes]:
    return respond(
        await db.call(
            "fund.update_investor",
            user,
            idempotency=idempotency,
            p_investor_id=investor_id,
            p_investor=encode(data),
            p_if_match=if_match,
            **filters,
        )
    )


ROUTES = [list_investors, list_fund_investors, create_investor, get_investor, update_investor]
