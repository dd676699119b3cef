"""Room `fund`: what the portfolio adds up to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import Provide

from server import examples_fund as examples
from server.db import Database
from server.filters import FILTERS
from server.filters_fund import summary_filters
from server.openapi import READ_ERRORS, documents
from server.respond import respond
from server.schemas.fund import PortfolioSummary


@get(
    "/portfolio/summary",
    tags=["fund"],
    summary="The portfolio's latest quarter by fund and currency, with its change of revenue",
    dependencies={"filters": Provide(summary_filters, sync_to_thread=False)},
    opt={FILTERS: summary_filters},
    responses=documents({200: PortfolioSummary}, examples.PORTFOLIO_SUMMARY, *READ_ERRORS),
)
async def get_portfolio_summary(
    db: Database, user: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("fund.get_portfolio_summary", user, **filters))


ROUTES = [get_portfolio_summary]
