"""Room `company`: how a number came about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import Provide

from server import examples
from server.db import Database
from server.examples_explain import EXPLANATION
from server.filters import FILTERS, explained_number
from server.openapi import RECORD_ERRORS, documents
from server.respond import respond
from server.schemas.envelope import Envelope
from server.schemas.explanation import Explanation


@get(
    "/metrics/explain",
    tags=["company"],
    summary="How a metric of a quarter came about, down to what was submitted, or why it is null",
    dependencies={"filters": Provide(explained_number, sync_to_thread=False)},
    opt={FILTERS: explained_number},
    responses=documents({200: Envelope[Explanation]}, examples.one(EXPLANATION), *RECORD_ERRORS),
)
async def explain_metric(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("company.get_metric_explanation", user, **filters))


ROUTES = [explain_metric]
