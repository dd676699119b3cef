"""Room `fx`: exchange rates, and the fixings that wait for a person."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import Parameter

from server import examples
from server.db import Database, IdempotencyKey
from server.describe import change_of, list_of
from server.filters import quarantine_filters, rate_filters
from server.respond import respond
from server.schemas.fx import Quarantined, Rate

_TAGS = ["fx"]
_ONE = "/fx/quarantine/{quarantine_id:int}"

Id = Annotated[int, Parameter(ge=1, le=9_223_372_036_854_775_807)]


@get(
    "/fx/rates",
    tags=_TAGS,
    summary="List the cross rates of a pair of currencies, or fixings, newest first",
    **list_of(Rate, examples.RATE, rate_filters),
)
async def list_rates(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("fx.list_rates", user, **filters))


@get(
    "/fx/quarantine",
    tags=_TAGS,
    summary="List the fixings that were refused, newest first",
    **list_of(Quarantined, examples.QUARANTINED, quarantine_filters),
)
async def list_quarantine(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("fx.list_quarantine", user, **filters))


@post(
    f"{_ONE}/release",
    status_code=200,
    tags=_TAGS,
    summary="Make a refused fixing the fixing of its day; what it reaches is derived at once",
    **change_of(Quarantined, examples.QUARANTINED),
)
async def release_quarantined(
    db: Database,
    user: UUID,
    quarantine_id: Id,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
) -> Response[bytes]:
    return respond(
        await db.call(
            "fx.release_quarantined",
            user,
            idempotency=idempotency,
            p_quarantine_id=quarantine_id,
            p_if_match=if_match,
        )
    )


@post(
    f"{_ONE}/reject",
    status_code=200,
    tags=_TAGS,
    summary="Say that a refused fixing is wrong; no rate changes",
    **change_of(Quarantined, examples.QUARANTINED),
)
async def reject_quarantined(
    db: Database,
    user: UUID,
    quarantine_id: Id,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
) -> Response[bytes]:
    return respond(
        await db.call(
            "fx.reject_quarantined",
            user,
            idempotency=idempotency,
            p_quarantine_id=quarantine_id,
            p_if_match=if_match,
        )
    )


ROUTES = [list_rates, list_quarantine, release_quarantined, reject_quarantined]
