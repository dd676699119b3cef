"""Room `company`: the quarters that are submitted, and what is derived from them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, delete, get, patch, post
from litestar.params import Body

from server import examples
from server.db import Database, IdempotencyKey
from server.describe import change_of, deletion_of, list_of, record_of
from server.filters import period_filters
from server.openapi import WRITE_ERRORS, Versioned, documents, example
from server.respond import respond
from server.schemas.body import JsonBody, encode
from server.schemas.envelope import Envelope
from server.schemas.quarter import (
    Financials,
    InputChange,
    InputDeleted,
    Metrics,
    MetricsInput,
    SubmittedQuarter,
)

_TAGS = ["company"]
# The founding document has two names for the quarters.
_ALL = ["/input", "/input_metrics"]
_ONE = ["/input/{id:uuid}", "/input_metrics/{id:uuid}"]


@post(
    _ALL,
    dto=JsonBody[MetricsInput],
    operation_class=Versioned,
    tags=_TAGS,
    summary="Submit a company's quarter; everything that follows from it is derived at once",
    responses=documents(
        {201: Envelope[SubmittedQuarter]}, examples.QUARTER_SUBMITTED, *WRITE_ERRORS
    ),
)
async def submit_metrics_input(
    data: Annotated[MetricsInput, Body(examples=[example(examples.METRICS_INPUT)])],
    db: Database,
    user: UUID,
    idempotency: IdempotencyKey | None,
) -> Response[bytes]:
    given = {f"p_{name}": value for name, value in msgspec.structs.asdict(data).items()}
    return respond(
        await db.call("company.submit_metrics_input", user, idempotency=idempotency, **given)
    )


@get(
    _ALL,
    tags=_TAGS,
    summary="List quarters as they were submitted",
    **list_of(SubmittedQuarter, examples.SUBMITTED_QUARTER, period_filters),
)
async def list_metrics_inputs(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("company.list_metrics_inputs", user, **filters))


@get(
    _ONE,
    tags=_TAGS,
    summary="One quarter as it was submitted",
    **record_of(SubmittedQuarter, examples.SUBMITTED_QUARTER),
)
async def get_input(db: Database, user: UUID, id: UUID) -> Response[bytes]:
    return respond(await db.call("company.get_input", user, p_id=id))


@patch(
    _ONE,
    dto=JsonBody[InputChange],
    tags=_TAGS,
    summary="Correct a submitted quarter: only the keys that are sent",
    **change_of(SubmittedQuarter, examples.SUBMITTED_QUARTER),
)
async def update_input(
    data: Annotated[InputChange, Body(examples=[example(examples.INPUT_CHANGE)])],
    db: Database,
    user: UUID,
    id: UUID,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
) -> Response[bytes]:
    return respond(
        await db.call(
            "company.update_input",
            user,
            idempotency=idempotency,
            p_id=id,
            p_input=encode(data),
            p_if_match=if_match,
        )
    )


@delete(
    _ONE,
    tags=_TAGS,
    summary="Take a submitted quarter back, with what was derived from it",
    **deletion_of(InputDeleted, {"id": "3f0f6f0e-6a55-4d0b-9b57-2d1a6a4d9f11"}),
)
async def delete_input(
    db: Database,
    user: UUID,
    id: UUID,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
) -> Response[bytes]:
    return respond(
        await db.call(
            "company.delete_input", user, idempotency=idempotency, p_id=id, p_if_match=if_match
        )
    )


@get(
    "/reporting",
    tags=_TAGS,
    summary="List quarters in local currency, USD and CAD",
    **list_of(Financials, examples.FINANCIALS, period_filters),
)
async def list_financials(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("company.list_financials", user, **filters))


@get(
    "/metrics",
    tags=_TAGS,
    summary="List derived metrics",
    **list_of(Metrics, examples.METRICS, period_filters),
)
async def list_metrics(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("company.list_metrics", user, **filters))


@get(
    "/metrics/latest",
    tags=_TAGS,
    summary="List the latest metrics of each company and currency that the filters let through",
    **list_of(Metrics, examples.METRICS, period_filters),
)
async def list_latest_metrics(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("company.list_latest_metrics", user, **filters))


ROUTES = [
    submit_metrics_input,
    list_metrics_inputs,
    get_input,
    update_input,
    delete_input,
    list_financials,
    list_metrics,
    list_latest_metrics,
]
