"""Room `company`: the dated valuations of a company. Its quarters are valued by them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.params import Body

from server import examples
from server.db import Database, IdempotencyKey
from server.describe import change_of, deletion_of, list_of, record_of
from server.filters import round_filters
from server.openapi import WRITE_ERRORS, Versioned, documents, example
from server.respond import respond
from server.schemas.body import JsonBody, encode
from server.schemas.envelope import Envelope
from server.schemas.valuation_round import RoundChange, RoundDeleted, RoundInput, ValuationRound

_TAGS = ["company"]
_ALL = "/company/{company_id:str}/valuation-rounds"
_ONE = _ALL + "/{valuation_round_id:uuid}"
_CREATED = examples.one(examples.VALUATION_ROUND)


@get(
    _ALL,
    tags=_TAGS,
    summary="List a company's valuation rounds",
    **list_of(ValuationRound, examples.VALUATION_ROUND, round_filters, 404),
)
async def list_valuation_rounds(
    db: Database, user: UUID, company_id: str, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(
        await db.call("company.list_valuation_rounds", user, p_company_id=company_id, **filters)
    )


@post(
    _ALL,
    dto=JsonBody[RoundInput],
    operation_class=Versioned,
    tags=_TAGS,
    summary="Add a dated valuation; the company's quarters are valued by it at once",
    responses=documents({201: Envelope[ValuationRound]}, _CREATED, *WRITE_ERRORS, 404),
)
async def add_valuation_round(
    data: Annotated[RoundInput, Body(examples=[example(examples.ROUND_INPUT)])],
    db: Database,
    user: UUID,
    company_id: str,
    idempotency: IdempotencyKey | None,
) -> Response[bytes]:
    return respond(
        await db.call(
            "company.add_valuation_round",
            user,
            idempotency=idempotency,
            p_company_id=company_id,
            p_round=encode(data),
        )
    )


@get(
    _ONE,
    tags=_TAGS,
    summary="One valuation round",
    **record_of(ValuationRound, examples.VALUATION_ROUND),
)
async def get_valuation_round(
    db: Database, user: UUID, company_id: str, valuation_round_id: UUID
) -> Response[bytes]:
    return respond(
        await db.call(
            "company.get_valuation_round",
            user,
            p_company_id=company_id,
            p_valuation_round_id=valuation_round_id,
        )
    )


@patch(
    _ONE,
    dto=JsonBody[RoundChange],
    tags=_TAGS,
    summary="Correct a valuation round: only the keys that are sent",
    **change_of(ValuationRound, examples.VALUATION_ROUND),
)
async def update_valuation_round(
    data: Annotated[RoundChange, Body(examples=[example(examples.ROUND_CHANGE)])],
    db: Database,
    user: UUID,
    company_id: str,
    valuation_round_id: UUID,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
) -> Response[bytes]:
    return respond(
        await db.call(
            "company.update_valuation_round",
            user,
            idempotency=idempotency,
            p_company_id=company_id,
            p_valuation_round_id=valuation_round_id,
            p_round=encode(data),
            p_if_match=if_match,
        )
    )


@delete(
    _ONE,
    tags=_TAGS,
    summary="Take a valuation round back",
    **deletion_of(RoundDeleted, {"valuation_round_id": "7d1f7b0e-4b52-4f6b-8f0a-0c1f7a3b9e22"}),
)
async def delete_valuation_round(
    db: Database,
    user: UUID,
    company_id: str,
    valuation_round_id: UUID,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
) -> Response[bytes]:
    return respond(
        await db.call(
            "company.delete_valuation_round",
            user,
            idempotency=idempotency,
            p_company_id=company_id,
            p_valuation_round_id=valuation_round_id,
            p_if_match=if_match,
        )
    )


ROUTES = [
    list_valuation_rounds,
    add_valuation_round,
    get_valuation_round,
    update_valuation_round,
    delete_valuation_round,
]
