"""Room `fund`: a fund's partners and what stands of its calls, payments and distributions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from server import examples_fund_record as examples
from server.db import Database
from server.describe import asked_of, list_of, named, shown_of
from server.filters_fund import (
    as_of_day,
    cash_flow_filters,
    day_filters,
    explained_line,
    measures_option,
    partner_filters,
)
from server.respond import respond
from server.schemas import fund_record as schemas

_TAGS = ["fund"]
_FUND = "/funds/{fund_id:uuid}"


def _lists(
    records: str, summary: str, shape: Any, record: dict[str, Any], reader: Any
) -> HTTPRouteHandler:
    """GET /capital-calls below a fund is `list_capital_calls`; the database's word for `records`
    is capital_calls."""

    @get(
        f"{_FUND}/{records.replace('_', '-')}",
        tags=_TAGS,
        summary=summary,
        **list_of(shape, record, reader, 404),
    )
    @named(f"list_{records}")
    async def list_records(
        db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
    ) -> Response[bytes]:
        return respond(
            await db.call("fund.list_records", user, p_fund_id=fund_id, p_list=records, **filters)
        )

    return list_records


@get(
    _FUND + "/capital-calls/{call_id:uuid}",
    tags=_TAGS,
    summary="One capital call: what stands for each partner, and every leg",
    **shown_of(schemas.CapitalCallDetail, examples.CAPITAL_CALL_DETAIL),
)
async def get_capital_call(
    db: Database, user: UUID, fund_id: UUID, call_id: UUID
) -> Response[bytes]:
    return respond(
        await db.call("fund.get_capital_call", user, p_fund_id=fund_id, p_call_id=call_id)
    )


@get(
    _FUND + "/distributions/{distribution_id:uuid}",
    tags=_TAGS,
    summary="One distribution and every leg of it",
    **shown_of(schemas.DistributionDetail, examples.DISTRIBUTION_DETAIL),
)
async def get_distribution(
    db: Database, user: UUID, fund_id: UUID, distribution_id: UUID
) -> Response[bytes]:
    return respond(
        await db.call(
            "fund.get_distribution", user, p_fund_id=fund_id, p_distribution_id=distribution_id
        )
    )


@get(
    _FUND + "/positions",
    tags=_TAGS,
    summary="How each partner stands on the evening of a day: amounts, multiples, net return",
    **asked_of(schemas.Positions, examples.POSITIONS, as_of_day),
)
async def get_positions(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("fund.get_positions", user, p_fund_id=fund_id, **filters))


@get(
    _FUND + "/measures",
    tags=_TAGS,
    summary="How the fund stands on the evening of a day: amounts, multiples, net return",
    **asked_of(schemas.Measures, examples.MEASURES, measures_option),
)
async def get_measures(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("fund.get_measures", user, p_fund_id=fund_id, **filters))


@get(
    _FUND + "/explanation",
    tags=_TAGS,
    summary="Why this cent: what an event wrote for a partner, step by step",
    **asked_of(schemas.LineExplanation, examples.LINE_EXPLANATION, explained_line),
)
async def get_explanation(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("fund.get_explanation", user, p_fund_id=fund_id, **filters))


ROUTES = [
    _lists(
        "commitments",
        "List a fund's partners and their commitments",
        schemas.Commitment,
        examples.COMMITMENT,
        partner_filters,
    ),
    _lists(
        "capital_calls",
        "List a fund's capital calls",
        schemas.CapitalCall,
        examples.CAPITAL_CALL,
        day_filters,
    ),
    _lists(
        "payments",
        "List what partners paid, and what it was for",
        schemas.Payment,
        examples.PAYMENT,
        partner_filters,
    ),
    _lists("closes", "List a fund's closes", schemas.Close, examples.CLOSE, day_filters),
    _lists(
        "transfers",
        "List the interests that changed hands",
        schemas.Transfer,
        examples.TRANSFER,
        day_filters,
    ),
    _lists(
        "fees",
        "List accruals of the management fee, from gross to net",
        schemas.Fee,
        examples.FEE,
        day_filters,
    ),
    _lists(
        "distributions",
        "List a fund's distributions",
        schemas.Distribution,
        examples.DISTRIBUTION,
        day_filters,
    ),
    _lists("nav", "List net asset values by quarter", schemas.Nav, examples.NAV, day_filters),
    get_capital_call,
    get_distribution,
    _lists(
        "cash_flows",
        "List what moved between a fund and its partners",
        schemas.CashFlow,
        examples.CASH_FLOW,
        cash_flow_filters,
    ),
    get_positions,
    get_measures,
    get_explanation,
]
