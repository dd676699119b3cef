"""Room `fund`: what is done to a fund's capital. Each write is one event, once per key.

The writes differ by an entry in the list at the end: its kind is a word of `fund.submit_event`.
"""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import Body

from server import examples_fund_event as examples
from server.db import Database, IdempotencyKey
from server.describe import done_of, list_of, named, shown_of
from server.filters_fund import event_filters
from server.openapi import example
from server.preconditions import once
from server.respond import respond
from server.schemas import fund_event as schemas
from server.schemas.body import JsonBody, encode
from server.schemas.fund_event import Event, EventKind, RecordedEvent, ReversalInput

_TAGS = ["fund"]
_FUND = "/funds/{fund_id:uuid}"
_EVENT = _FUND + "/events/{event_id:uuid}"
_Shown = tuple[Any, dict[str, Any]]


@get(
    _FUND + "/events",
    tags=_TAGS,
    summary="List what was done to a fund, in the order of recording",
    **list_of(RecordedEvent, examples.RECORDED_EVENT, event_filters, 404),
)
async def list_events(
    db: Database, user: UUID, fund_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(
        await db.call("fund.list_records", user, p_fund_id=fund_id, p_list="events", **filters)
    )


@get(
    _EVENT,
    tags=_TAGS,
    summary="One event: its own record, the lines that it wrote, and what it posted",
    **shown_of(Event[dict[str, Any] | None], examples.CAPITAL_CALL),
)
async def get_event(db: Database, user: UUID, fund_id: UUID, event_id: UUID) -> Response[bytes]:
    return respond(await db.call("fund.get_event", user, p_fund_id=fund_id, p_event_id=event_id))


@post(
    _EVENT + "/reversal",
    dto=JsonBody[ReversalInput],
    tags=_TAGS,
    summary="Take an event back: every line and entry of it, with the other sign",
    **done_of(Event[None], examples.REVERSAL),
)
async def reverse_event(
    data: Annotated[ReversalInput, Body(examples=[example(examples.REVERSAL_INPUT)])],
    db: Database,
    user: UUID,
    fund_id: UUID,
    event_id: UUID,
    idempotency: IdempotencyKey | None,
    filters: dict[str, Any],
) -> Response[bytes]:
    return respond(
        await db.call(
            "fund.submit_reversal",
            user,
            p_fund_id=fund_id,
            p_event_id=event_id,
            p_reversal=encode(data),
            **once(idempotency, filters),
        )
    )


def _records(
    kind: EventKind, path: str, handler: str, summary: str, asked: _Shown, answered: _Shown
) -> HTTPRouteHandler:
    """POST `path` below a fund records an event of `kind`. `asked` and `answered`: the body and the
    event's own record, each with its example. `handler`: the name that clients call it by."""
    body: Any
    header: Any
    (body, body_example), (header, event_example) = asked, answered

    @post(
        _FUND + path,
        dto=JsonBody[body],
        tags=_TAGS,
        summary=summary,
        **done_of(Event[header], event_example),
    )
    @named(handler, data=Annotated[body, Body(examples=[example(body_example)])])
    async def record_event(
        data: Any,
        db: Database,
        user: UUID,
        fund_id: UUID,
        idempotency: IdempotencyKey | None,
        filters: dict[str, Any],
    ) -> Response[bytes]:
        return respond(
            await db.call(
                "fund.submit_event",
                user,
                p_fund_id=fund_id,
                p_kind=kind,
                p_request=encode(data),
                **once(idempotency, filters),
            )
        )

    return record_event


ROUTES = [
    list_events,
    get_event,
    reverse_event,
    _records(
        "capital_call",
        "/capital-calls",
        "issue_capital_call",
        "Issue a capital call: allocated to the cent, and posted",
        (schemas.CapitalCallInput, examples.CAPITAL_CALL_INPUT),
        (schemas.CapitalCallHeader, examples.CAPITAL_CALL),
    ),
    _records(
        "payment",
        "/payments",
        "record_payment",
        "Record money received from a partner: for calls, late interest, the rest in advance",
        (schemas.PaymentInput, examples.PAYMENT_INPUT),
        (schemas.PaymentHeader, examples.PAYMENT),
    ),
    _records(
        "default",
        "/defaults",
        "declare_default",
        "Declare a partner in default: what is open is no longer expected, nor called again",
        (schemas.DefaultInput, examples.DEFAULT_INPUT),
        (schemas.DefaultHeader, examples.DEFAULT),
    ),
    _records(
        "close",
        "/closes",
        "run_close",
        "Admit partners or raise commitments, as if all had been there from the first",
        (schemas.CloseInput, examples.CLOSE_INPUT),
        (schemas.CloseHeader, examples.CLOSE),
    ),
    _records(
        "transfer",
        "/transfers",
        "transfer_commitment",
        "Transfer a partner's interest, or a part of it",
        (schemas.TransferInput, examples.TRANSFER_INPUT),
        (schemas.TransferHeader, examples.TRANSFER),
    ),
    _records(
        "management_fee",
        "/fees",
        "accrue_management_fee",
        "Accrue the management fee of a period, from gross to net",
        (schemas.FeeInput, examples.FEE_INPUT),
        (schemas.FeeHeader, examples.FEE),
    ),
    _records(
        "fee_adjustment",
        "/fee-adjustments",
        "adjust_fee",
        "Record a waiver, a rebate or an offset of the management fee",
        (schemas.FeeAdjustmentInput, examples.FEE_ADJUSTMENT_INPUT),
        (schemas.FeeAdjustmentHeader, examples.FEE_ADJUSTMENT),
    ),
    _records(
        "fee_payment",
        "/fee-payments",
        "pay_management_fee",
        "Pay accrued management fee to the manager",
        (schemas.FeePaymentInput, examples.FEE_PAYMENT_INPUT),
        (schemas.FeePaymentHeader, examples.FEE_PAYMENT),
    ),
    _records(
        "distribution",
        "/distributions",
        "issue_distribution",
        "Distribute to partners, pro rata or as given",
        (schemas.DistributionInput, examples.DISTRIBUTION_INPUT),
        (schemas.DistributionHeader, examples.DISTRIBUTION),
    ),
    _records(
        "nav",
        "/nav",
        "mark_nav",
        "Mark investments to fair value at the end of a quarter, and allocate the result",
        (schemas.NavInput, examples.NAV_INPUT),
        (schemas.NavHeader, examples.NAV),
    ),
]
