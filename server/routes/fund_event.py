"""Room `fund`: what is done to a fund's capital. Each write is one event, once per key."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import Body

from server import examples_fund_event as examples
from server.db import Database, IdempotencyKey
from server.describe import done_of, list_of, shown_of
from server.filters_fund import event_filters
from server.openapi import example
from server.preconditions import once
from server.respond import respond
from server.schemas.body import JsonBody, encode
from server.schemas.fund_event import (
    CapitalCallHeader,
    CapitalCallInput,
    CloseHeader,
    CloseInput,
    DefaultHeader,
    DefaultInput,
    DistributionHeader,
    DistributionInput,
    Event,
    FeeAdjustmentHeader,
    FeeAdjustmentInput,
    FeeHeader,
    FeeInput,
    FeePaymentHeader,
    FeePaymentInput,
    NavHeader,
    NavInput,
    PaymentHeader,
    PaymentInput,
    RecordedEvent,
    ReversalInput,
    TransferHeader,
    TransferInput,
)

_TAGS = ["fund"]
_FUND = "/funds/{fund_id:uuid}"
_EVENT = _FUND + "/events/{event_id:uuid}"


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


@post(
    _FUND + "/capital-calls",
    dto=JsonBody[CapitalCallInput],
    tags=_TAGS,
    summary="Issue a capital call: allocated to the cent, and posted",
    **done_of(Event[CapitalCallHeader], examples.CAPITAL_CALL),
)
async def issue_capital_call(
    data: Annotated[CapitalCallInput, Body(examples=[example(examples.CAPITAL_CALL_INPUT)])],
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
            p_kind="capital_call",
            p_request=encode(data),
            **once(idempotency, filters),
        )
    )


@post(
    _FUND + "/payments",
    dto=JsonBody[PaymentInput],
    tags=_TAGS,
    summary="Record money received from a partner: for calls, late interest, the rest in advance",
    **done_of(Event[PaymentHeader], examples.PAYMENT),
)
async def record_payment(
    data: Annotated[PaymentInput, Body(examples=[example(examples.PAYMENT_INPUT)])],
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
            p_kind="payment",
            p_request=encode(data),
            **once(idempotency, filters),
        )
    )


@post(
    _FUND + "/defaults",
    dto=JsonBody[DefaultInput],
    tags=_TAGS,
    summary="Declare a partner in default: what is open is no longer expected, nor called again",
    **done_of(Event[DefaultHeader], examples.DEFAULT),
)
async def declare_default(
    data: Annotated[DefaultInput, Body(examples=[example(examples.DEFAULT_INPUT)])],
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
            p_kind="default",
            p_request=encode(data),
            **once(idempotency, filters),
        )
    )


@post(
    _FUND + "/closes",
    dto=JsonBody[CloseInput],
    tags=_TAGS,
    summary="Admit partners or raise commitments, as if all had been there from the first",
    **done_of(Event[CloseHeader], examples.CLOSE),
)
async def run_close(
    data: Annotated[CloseInput, Body(examples=[example(examples.CLOSE_INPUT)])],
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
            p_kind="close",
            p_request=encode(data),
            **once(idempotency, filters),
        )
    )


@post(
    _FUND + "/transfers",
    dto=JsonBody[TransferInput],
    tags=_TAGS,
    summary="Transfer a partner's interest, or a part of it",
    **done_of(Event[TransferHeader], examples.TRANSFER),
)
async def transfer_commitment(
    data: Annotated[TransferInput, Body(examples=[example(examples.TRANSFER_INPUT)])],
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
            p_kind="transfer",
            p_request=encode(data),
            **once(idempotency, filters),
        )
    )


@post(
    _FUND + "/fees",
    dto=JsonBody[FeeInput],
    tags=_TAGS,
    summary="Accrue the management fee of a period, from gross to net",
    **done_of(Event[FeeHeader], examples.FEE),
)
async def accrue_management_fee(
    data: Annotated[FeeInput, Body(examples=[example(examples.FEE_INPUT)])],
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
            p_kind="management_fee",
            p_request=encode(data),
            **once(idempotency, filters),
        )
    )


@post(
    _FUND + "/fee-adjustments",
    dto=JsonBody[FeeAdjustmentInput],
    tags=_TAGS,
    summary="Record a waiver, a rebate or an offset of the management fee",
    **done_of(Event[FeeAdjustmentHeader], examples.FEE_ADJUSTMENT),
)
async def adjust_fee(
    data: Annotated[FeeAdjustmentInput, Body(examples=[example(examples.FEE_ADJUSTMENT_INPUT)])],
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
            p_kind="fee_adjustment",
            p_request=encode(data),
            **once(idempotency, filters),
        )
    )


@post(
    _FUND + "/fee-payments",
    dto=JsonBody[FeePaymentInput],
    tags=_TAGS,
    summary="Pay accrued management fee to the manager",
    **done_of(Event[FeePaymentHeader], examples.FEE_PAYMENT),
)
async def pay_management_fee(
    data: Annotated[FeePaymentInput, Body(examples=[example(examples.FEE_PAYMENT_INPUT)])],
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
            p_kind="fee_payment",
            p_request=encode(data),
            **once(idempotency, filters),
        )
    )


@post(
    _FUND + "/distributions",
    dto=JsonBody[DistributionInput],
    tags=_TAGS,
    summary="Distribute to partners, pro rata or as given",
    **done_of(Event[DistributionHeader], examples.DISTRIBUTION),
)
async def issue_distribution(
    data: Annotated[DistributionInput, Body(examples=[example(examples.DISTRIBUTION_INPUT)])],
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
            p_kind="distribution",
            p_request=encode(data),
            **once(idempotency, filters),
        )
    )


@post(
    _FUND + "/nav",
    dto=JsonBody[NavInput],
    tags=_TAGS,
    summary="Mark investments to fair value at the end of a quarter, and allocate the result",
    **done_of(Event[NavHeader], examples.NAV),
)
async def mark_nav(
    data: Annotated[NavInput, Body(examples=[example(examples.NAV_INPUT)])],
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
            p_kind="nav",
            p_request=encode(data),
            **once(idempotency, filters),
        )
    )


ROUTES = [
    list_events,
    get_event,
    reverse_event,
    issue_capital_call,
    record_payment,
    declare_default,
    run_close,
    transfer_commitment,
    accrue_management_fee,
    adjust_fee,
    pay_management_fee,
    issue_distribution,
    mark_nav,
]
