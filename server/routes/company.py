"""Room `company`: companies, the quarters they submit, and what is derived from them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import Provide
from litestar.params import Body

from server import examples
from server.db import Database
from server.filters import FILTERS, company_filters, period_filters
from server.openapi import READ_ERRORS, WRITE_ERRORS, documents, example
from server.respond import respond
from server.schemas.body import JsonBody, encode
from server.schemas.company import Company, CompanyInput
from server.schemas.envelope import Envelope, Page
from server.schemas.quarter import Financials, Metrics, MetricsInput, SubmittedQuarter

_TAGS = ["company"]


def _list_of(shape: Any, record: dict[str, Any], reader: Any, summary: str) -> dict[str, Any]:
    """What the lists have in common, so that each handler says only what it reads."""
    return {
        "dependencies": {"filters": Provide(reader, sync_to_thread=False)},
        "opt": {FILTERS: reader},
        "tags": _TAGS,
        "summary": summary,
        "responses": documents({200: Page[shape]}, examples.page(record), *READ_ERRORS),
    }


@post(
    "/company",
    dto=JsonBody[CompanyInput],
    tags=_TAGS,
    summary="Create a company, or update the one with this company_id",
    responses=documents(
        {200: Envelope[Company], 201: Envelope[Company]}, examples.COMPANY_SAVED, *WRITE_ERRORS
    ),
)
async def save_company(
    data: Annotated[CompanyInput, Body(examples=[example(examples.COMPANY_INPUT)])],
    db: Database,
    user: UUID,
) -> Response[bytes]:
    return respond(await db.call("company.save_company", user, p_company=encode(data)))


@get(
    "/company",
    **_list_of(Company, examples.COMPANY, company_filters, "List companies"),
)
async def list_companies(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("company.list_companies", user, **filters))


@post(
    ["/input", "/input_metrics"],
    dto=JsonBody[MetricsInput],
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
) -> Response[bytes]:
    given = {f"p_{name}": value for name, value in msgspec.structs.asdict(data).items()}
    return respond(await db.call("company.submit_metrics_input", user, **given))


@get(
    ["/input", "/input_metrics"],
    **_list_of(
        SubmittedQuarter,
        examples.SUBMITTED_QUARTER,
        period_filters,
        "List quarters as they were submitted",
    ),
)
async def list_metrics_inputs(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("company.list_metrics_inputs", user, **filters))


@get(
    "/reporting",
    **_list_of(
        Financials,
        examples.FINANCIALS,
        period_filters,
        "List quarters in local currency, USD and CAD",
    ),
)
async def list_financials(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("company.list_financials", user, **filters))


@get(
    "/metrics",
    **_list_of(Metrics, examples.METRICS, period_filters, "List derived metrics"),
)
async def list_metrics(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("company.list_metrics", user, **filters))
