"""What tests of a fund over HTTP share: a fund with its partners, and answers read strictly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import msgspec
import psycopg

from server.schemas import fund_event
from server.schemas.envelope import Done, Envelope, Page
from server.schemas.fund_event import Event
from tests.fund.fund_life import THREE, FundLife
from tests.security.firm import OWNER

KEY = "Idempotency-Key"
PREVIEW = {"preview": "true"}
Row = dict[str, Any]

CALL: Row = {"notice_on": "2024-03-01", "due_on": "2024-03-15", "capital_amount": "1000000.01"}
PAY: Row = {"investor": "LP-01", "received_on": "2024-03-15", "amount": "500000.01"}


def read(answer: httpx.Response, status: int, shape: Any) -> Any:
    """A good answer: every key known and there, every type as documented."""
    assert answer.status_code == status, answer.text
    body = msgspec.json.Decoder(shape, float_hook=Decimal).decode(answer.content)
    assert body.code == status
    return body


def one(answer: httpx.Response, shape: Any, status: int = 200) -> Any:
    return read(answer, status, Envelope[shape]).data


def page(answer: httpx.Response, shape: Any) -> Any:
    return read(answer, 200, Page[shape]).data


def done(answer: httpx.Response, shape: Any, status: int = 201) -> Any:
    """What a write has done; a preview says that it is one."""
    body = read(answer, status, Done[shape])
    assert body.meta.preview is (answer.request.url.params.get("preview") == "true")
    return body.data


def refused(answer: httpx.Response) -> tuple[int, str, str | None]:
    """Status, rule and field of a refusal, which says what to do."""
    [error] = answer.json()["errors"]
    assert error["message"]
    assert error["hint"] or answer.status_code in (401, 403)
    return answer.status_code, error["rule"], error["field"]


@dataclass
class Room:
    """A fund behind a running API."""

    api: Any
    fund_id: UUID

    @classmethod
    def opened(cls, api: Any, name: str, commitments: Mapping[str, object] = THREE) -> Room:
        with _life(api) as conn:
            return cls(api, FundLife.begun(conn, name, commitments).fund_id)

    @contextmanager
    def life(self) -> Iterator[FundLife]:
        """The same fund, past the API."""
        with _life(self.api) as conn:
            yield FundLife(conn, self.fund_id)

    def path(self, rest: str = "") -> str:
        return f"/v1/funds/{self.fund_id}{rest}"

    def stored(self) -> Any:
        """All that is stored of the fund."""
        with self.life() as life:
            return life.everything()


@contextmanager
def _life(api: Any) -> Iterator[Any]:
    with psycopg.connect(api.dsn("qb_deploy"), autocommit=True, options=OWNER) as conn:
        yield conn


def event_of(header: str) -> Any:
    """The shape of an event whose record is of this one."""
    kind: Any = Event
    return kind[getattr(fund_event, header)]


# Each kind of write: its address, a request that is good after a call of 2024-03-01 which LP-01
# has paid, and the shape of its record.
WRITES: dict[str, tuple[Row, Any]] = {
    "/closes": (
        {"closed_on": "2024-04-01", "commitments": [{"investor": "LP-04", "amount": 25_000_000}]},
        event_of("CloseHeader"),
    ),
    "/transfers": (
        {"seller": "LP-02", "buyer": "LP-04", "transferred_on": "2024-04-01", "fraction": 0.5},
        event_of("TransferHeader"),
    ),
    "/capital-calls": (
        {"notice_on": "2024-04-01", "capital_amount": 10, "excuses": [{"investor": "LP-02"}]},
        event_of("CapitalCallHeader"),
    ),
    "/payments": (
        {"investor": "LP-02", "received_on": "2024-04-02", "amount": "7.50"},
        event_of("PaymentHeader"),
    ),
    "/defaults": (
        {"investor": "LP-03", "declared_on": "2024-06-01", "memo": "Gone"},
        event_of("DefaultHeader"),
    ),
    "/distributions": (
        {"declared_on": "2024-05-01", "amount": 1000, "recallable_amount": 10},
        event_of("DistributionHeader"),
    ),
    "/fees": ({"from_on": "2024-01-15", "to_on": "2024-04-01"}, event_of("FeeHeader")),
    "/fee-adjustments": (
        {"kind": "rebate", "from_on": "2024-04-01", "amount": 5, "investor": "LP-01"},
        event_of("FeeAdjustmentHeader"),
    ),
    "/nav": ({"as_of": "2024-03-31", "fair_value": "12345.67"}, event_of("NavHeader")),
}


def furnished(api: Any, name: str) -> Room:
    """A fund of three partners with one call, paid by the first."""
    room = Room.opened(api, name, {})
    with room.life() as life:
        life.set_fee("*", "2020-01-01", "0.02", "committed")
        life.close_on("2024-01-15", {"LP-01": 50_000_000, "LP-02": 30_000_000, "LP-03": 20_000_000})
        life.invite("LP-04")
        life.run("capital_call", CALL)
        life.run("payment", PAY)
    return room
