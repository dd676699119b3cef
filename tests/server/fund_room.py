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

from server.schemas.envelope import Done, Envelope, Page
from tests.fund.fund_life import THREE, FundLife
from tests.security.firm import OWNER

KEY = "Idempotency-Key"


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
