"""What the OpenAPI page shows of funds is what the API takes and answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from server import examples, examples_fund_event, examples_fund_record
from server.schemas import fund_event, fund_record
from server.schemas.envelope import Done, Envelope
from server.schemas.fund_event import Event, RecordedEvent
from tests.server.fund_room import (
    Row,
    event_of,
)

EXAMPLES: list[tuple[Row, Row | None, str]] = [
    (examples_fund_event.CAPITAL_CALL, examples_fund_event.CAPITAL_CALL_INPUT, "CapitalCall"),
    (examples_fund_event.PAYMENT, examples_fund_event.PAYMENT_INPUT, "Payment"),
    (examples_fund_event.DEFAULT, examples_fund_event.DEFAULT_INPUT, "Default"),
    (examples_fund_event.CLOSE, examples_fund_event.CLOSE_INPUT, "Close"),
    (examples_fund_event.TRANSFER, examples_fund_event.TRANSFER_INPUT, "Transfer"),
    (examples_fund_event.FEE, examples_fund_event.FEE_INPUT, "Fee"),
    (examples_fund_event.FEE_ADJUSTMENT, examples_fund_event.FEE_ADJUSTMENT_INPUT, "FeeAdjustment"),
    (examples_fund_event.FEE_PAYMENT, examples_fund_event.FEE_PAYMENT_INPUT, "FeePayment"),
    (examples_fund_event.DISTRIBUTION, examples_fund_event.DISTRIBUTION_INPUT, "Distribution"),
    (examples_fund_event.NAV, examples_fund_event.NAV_INPUT, "Nav"),
]


@pytest.mark.parametrize(("answer", "request_body", "name"), EXAMPLES)
def test_examples_of_events_fit_their_schema(answer: Row, request_body: Row, name: str) -> None:
    kind: Any = Done
    shape = kind[event_of(f"{name}Header")]
    decoder = msgspec.json.Decoder(shape, float_hook=Decimal)
    assert decoder.decode(msgspec.json.encode(examples.one(answer)))
    known = getattr(fund_event, f"{name}Input").__struct_fields__
    assert set(request_body) <= set(known)


@pytest.mark.parametrize(
    ("example", "shape"),
    [
        (examples_fund_event.REVERSAL, Event[None]),
        (examples_fund_event.RECORDED_EVENT, RecordedEvent),
        (examples_fund_record.COMMITMENT, fund_record.Commitment),
        (examples_fund_record.CAPITAL_CALL_DETAIL, fund_record.CapitalCallDetail),
        (examples_fund_record.CAPITAL_CALL, fund_record.CapitalCall),
        (examples_fund_record.PAYMENT, fund_record.Payment),
        (examples_fund_record.CLOSE, fund_record.Close),
        (examples_fund_record.TRANSFER, fund_record.Transfer),
        (examples_fund_record.FEE, fund_record.Fee),
        (examples_fund_record.DISTRIBUTION, fund_record.Distribution),
        (examples_fund_record.DISTRIBUTION_DETAIL, fund_record.DistributionDetail),
        (examples_fund_record.NAV, fund_record.Nav),
        (examples_fund_record.POSITIONS, fund_record.Positions),
        (examples_fund_record.MEASURES, fund_record.Measures),
        (examples_fund_record.CASH_FLOW, fund_record.CashFlow),
        (examples_fund_record.LINE_EXPLANATION, fund_record.LineExplanation),
    ],
)
def test_examples_of_records_fit_their_schema(example: Row, shape: Any) -> None:
    kind: Any = Envelope[shape]
    decoder = msgspec.json.Decoder(kind, float_hook=Decimal)
    assert decoder.decode(msgspec.json.encode(examples.one(example)))
