"""Room `fund`: a fund's partners and what stands of its calls, payments and distributions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get

from server import examples_fund_record as examples
from server.db import Database
from server.describe import asked_of, list_of, shown_of
from server.filters_fund import (
    as_of_day,
    cash_flow_filters,
    day_filters,
    explained_line,
    measures_option,
    partner_filters,
)
from server.respond import respond
from server.schemas.fund_record import (
    CapitalCall,
    CapitalCallDetail,
    CashFlow,
    Close,
    Commitment,
    Distribution,
    DistributionDetail,
    Fee,
    LineExplanation,
    Measures,
    Nav,
    Payment,
    Positions,
    Transfer,
)

_TAGS = ["fund"]
_FUND = "/funds/{fund_id:uuid}"


@get(
    _FUND + "/commitments",
    tags=_TAGS,
    summary="List a fund's partners and their commitments",
    **list_of(Commitment, examples.COMMITMENT, partner_filters, 404),
)
async def list_commitments(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(
        await db.call("fund.list_records", user, p_fund_id=fund_id, p_list="commitments", **filters)
    )


@get(
    _FUND + "/capital-calls",
    tags=_TAGS,
    summary="List a fund's capital calls",
    **list_of(CapitalCall, examples.CAPITAL_CALL, day_filters, 404),
)
async def list_capital_calls(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(
        await db.call(
            "fund.list_records", user, p_fund_id=fund_id, p_list="capital_calls", **filters
        )
    )


@get(
    _FUND + "/capital-calls/{call_id:uuid}",
    tags=_TAGS,
    summary="One capital call: what stands for each partner, and every leg",
    **shown_of(CapitalCallDetail, examples.CAPITAL_CALL_DETAIL),
)
async def get_capital_call(
    db: Database, user: UUID, fund_id: UUID, call_id: UUID
) -> Response[bytes]:
    return respond(
        await db.call("fund.get_capital_call", user, p_fund_id=fund_id, p_call_id=call_id)
    )


@get(
    _FUND + "/payments",
    tags=_TAGS,
    summary="List what partners paid, and what it was for",
    **list_of(Payment, examples.PAYMENT, partner_filters, 404),
)
async def list_payments(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(
        await db.call("fund.list_records", user, p_fund_id=fund_id, p_list="payments", **filters)
    )


@get(
    _FUND + "/closes",
    tags=_TAGS,
    summary="List a fund's closes",
    **list_of(Close, examples.CLOSE, day_filters, 404),
)
async def list_closes(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(
        await db.call("fund.list_records", user, p_fund_id=fund_id, p_list="closes", **filters)
    )


@get(
    _FUND + "/transfers",
    tags=_TAGS,
    summary="List the interests that changed hands",
    **list_of(Transfer, examples.TRANSFER, day_filters, 404),
)
async def list_transfers(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(
        await db.call("fund.list_records", user, p_fund_id=fund_id, p_list="transfers", **filters)
    )


@get(
    _FUND + "/fees",
    tags=_TAGS,
    summary="List accruals of the management fee, from gross to net",
    **list_of(Fee, examples.FEE, day_filters, 404),
)
async def list_fees(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(
        await db.call("fund.list_records", user, p_fund_id=fund_id, p_list="fees", **filters)
    )


@get(
    _FUND + "/distributions",
    tags=_TAGS,
    summary="List a fund's distributions",
    **list_of(Distribution, examples.DISTRIBUTION, day_filters, 404),
)
async def list_distributions(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(
        await db.call(
            "fund.list_records", user, p_fund_id=fund_id, p_list="distributions", **filters
        )
    )


@get(
    _FUND + "/distributions/{distribution_id:uuid}",
    tags=_TAGS,
    summary="One distribution and every leg of it",
    **shown_of(DistributionDetail, examples.DISTRIBUTION_DETAIL),
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
    _FUND + "/nav",
    tags=_TAGS,
    summary="List net asset values by quarter",
    **list_of(Nav, examples.NAV, day_filters, 404),
)
async def list_nav(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(
        await db.call("fund.list_records", user, p_fund_id=fund_id, p_list="nav", **filters)
    )


@get(
    _FUND + "/cash-flows",
    tags=_TAGS,
    summary="List what moved between a fund and its partners",
    **list_of(CashFlow, examples.CASH_FLOW, cash_flow_filters, 404),
)
async def list_cash_flows(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(
        await db.call("fund.list_records", user, p_fund_id=fund_id, p_list="cash_flows", **filters)
    )


@get(
    _FUND + "/positions",
    tags=_TAGS,
    summary="How each partner stands on the evening of a day: amounts, multiples, net return",
    **asked_of(Positions, examples.POSITIONS, as_of_day),
)
async def get_positions(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("fund.get_positions", user, p_fund_id=fund_id, **filters))


@get(
    _FUND + "/measures",
    tags=_TAGS,
    summary="How the fund stands on the evening of a day: amounts, multiples, net return",
    **asked_of(Measures, examples.MEASURES, measures_option),
)
async def get_measures(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("fund.get_measures", user, p_fund_id=fund_id, **filters))


@get(
    _FUND + "/explanation",
    tags=_TAGS,
    summary="Why this cent: what an event wrote for a partner, step by step",
    **asked_of(LineExplanation, examples.LINE_EXPLANATION, explained_line),
)
async def get_explanation(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("fund.get_explanation", user, p_fund_id=fund_id, **filters))


ROUTES = [
    list_commitments,
    list_capital_calls,
    list_payments,
    list_closes,
    list_transfers,
    list_fees,
    list_distributions,
    list_nav,
    get_capital_call,
    get_distribution,
    list_cash_flows,
    get_positions,
    get_measures,
    get_explanation,
]
