"""Room `ops`: what a load balancer asks. Plain JSON, no envelope, no token."""

from __future__ import annotations

from typing import Literal

import msgspec
from litestar import Response, get
from litestar.openapi.datastructures import ResponseSpec
from msgspec import Struct

from server.db import Database
from server.errors import Problem
from server.openapi import Open
from server.respond import respond


class Live(Struct, frozen=True):
    """The process answers."""

    status: Literal["alive"]


class Ready(Struct, frozen=True):
    """Whether the platform can work; the database adds what it knows."""

    status: str


@get(
    "/health/live",
    tags=["ops"],
    summary="Whether this process answers",
    operation_class=Open,
)
async def health_live() -> Live:
    return Live("alive")


@get(
    "/health/ready",
    tags=["ops"],
    summary="Whether the database is there and deployed",
    operation_class=Open,
    responses={
        200: ResponseSpec(Ready, description="Ready.", generate_examples=False),
        503: ResponseSpec(Ready, description="Not ready.", generate_examples=False),
    },
)
async def health_ready(db: Database) -> Response[bytes]:
    try:
        return respond(await db.readiness())
    except Problem:
        body = msgspec.json.encode(Ready("unavailable"))
        return Response(body, status_code=503, media_type="application/json")
