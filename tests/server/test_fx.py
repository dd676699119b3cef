"""Exchange rates over HTTP, and the decision about a fixing that waits."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest

from server import examples
from server.schemas.envelope import Envelope, Page
from server.schemas.fx import Quarantined, Rate
from tests.server.test_contract import strictly


@pytest.fixture(scope="module")
def rates(api: Any) -> Any:
    """Two days of two sources; one fixing of the third day waits for each test that asks."""
    record(api, "ecb_bundled", [("2024-05-13", "2"), ("2024-05-14", "2.5")])
    record(api, "ecb", [("2024-05-13", "1.5"), ("2024-05-14", "1.6")])
    return api


def record(api: Any, source: str, cad: list[tuple[str, str]], currency: str = "CAD") -> None:
    fixings = [{"date": day, "currency": currency, "rate": rate} for day, rate in cad]
    if currency == "CAD":
        fixings += [{"date": day, "currency": "USD", "rate": "1.25"} for day, _ in cad]
    api.run("select fx.record_rates(%s, %s)", source, json.dumps(fixings))


def waiting(api: Any, currency: str) -> int:
    record(api, "ecb", [("2024-05-14", "1"), ("2024-05-15", "9")], currency)
    found: int = api.run("select max(quarantine_id) from fx.quarantine")
    return found


def test_cross_rates_of_a_pair_come_from_the_preferred_source(rates: Any) -> None:
    with rates.client("viewer") as viewer:
        pair = {"from_currency": "USD", "to_currency": "CAD"}
        page = strictly(viewer.get("/v1/fx/rates", params=pair).content, Page[Rate])
        found = [(str(r.rate_date), r.source, float(r.rate), r.is_corrected) for r in page.data]
        assert found == [("2024-05-14", "ecb", 1.28, False), ("2024-05-13", "ecb", 1.2, False)]
        other = viewer.get("/v1/fx/rates", params={**pair, "source": "ecb_bundled"})
        assert [float(r.rate) for r in strictly(other.content, Page[Rate]).data] == [2, 1.6]
        back = {"from_currency": "CAD", "to_currency": "EUR", "end_date": "2024-05-13"}
        [rate] = strictly(viewer.get("/v1/fx/rates", params=back).content, Page[Rate]).data
        assert float(rate.rate) == pytest.approx(1 / 1.5)


def test_without_a_pair_fixings_are_listed(rates: Any) -> None:
    with rates.client("auditor") as auditor:
        query = {"to_currency": "CAD", "source": "ecb", "sort": "rate_date", "limit": 1}
        page = strictly(auditor.get("/v1/fx/rates", params=query).content, Page[Rate])
        [rate] = page.data
        assert (rate.from_currency, rate.to_currency, str(rate.rate)) == ("EUR", "CAD", "1.5")
        assert page.meta.total_records == 2
        assert page.links.next is not None
        [rate] = strictly(auditor.get(page.links.next).content, Page[Rate]).data
        assert str(rate.rate) == "1.6"
        nothing = auditor.get("/v1/fx/rates", params={"to_currency": "XQQ"})
        assert strictly(nothing.content, Page[Rate]).data == []


@pytest.mark.parametrize(
    ("path", "query", "field", "rule"),
    [
        ("rates", {"from": "USD"}, "from", "unknown_field"),
        ("rates", {"sort": "secret"}, "sort", "sort_unknown"),
        ("rates", {"start_date": "2024-02-30"}, "start_date", "invalid_value"),
        ("rates", {"limit": "1001"}, "limit", "invalid_value"),
        ("quarantine", {"status": "lost"}, "status", "invalid_value"),
    ],
)
def test_bad_questions_are_refused(
    rates: Any, path: str, query: dict[str, str], field: str, rule: str
) -> None:
    with rates.client("admin") as admin:
        answer = admin.get(f"/v1/fx/{path}", params=query)
    assert answer.status_code == 400
    assert [(e["field"], e["rule"]) for e in answer.json()["errors"]] == [(field, rule)]


def test_release_with_its_etag_and_a_key_happens_once(rates: Any) -> None:
    found = waiting(rates, "GBP")
    address = f"/v1/fx/quarantine/{found}/release"
    with rates.client("editor") as editor:
        listed = editor.get("/v1/fx/quarantine", params={"currency": "GBP", "status": "open"})
        [row] = strictly(listed.content, Page[Quarantined]).data
        assert (row.quarantine_id, row.reason) == (found, "rate_jump")
        stale = editor.post(address, headers={"If-Match": '"99"'})
        assert stale.status_code == 412
        headers = {"If-Match": f'"{row.row_version}"', "Idempotency-Key": str(uuid4())}
        answer = editor.post(address, headers=headers)
        released = strictly(answer.content, Envelope[Quarantined]).data
        assert (answer.status_code, released.status) == (200, "released")
        assert answer.headers["etag"] == f'"{released.row_version}"'
        assert editor.post(address, headers=headers).content == answer.content
        again = editor.post(address)
        assert again.status_code == 409
        assert again.json()["errors"][0]["rule"] == "quarantine_released_once"
        newest = editor.get("/v1/fx/rates", params={"to_currency": "GBP", "limit": 1})
        [rate] = strictly(newest.content, Page[Rate]).data
        assert (str(rate.rate), rate.is_corrected) == ("9", True)


def test_reject(rates: Any) -> None:
    found = waiting(rates, "JPY")
    with rates.client("admin") as admin:
        answer = admin.post(f"/v1/fx/quarantine/{found}/reject")
        assert strictly(answer.content, Envelope[Quarantined]).data.status == "rejected"


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("auditor", 403), ("submitter", 403), (None, 401)]
)
def test_who_may_not_decide(rates: Any, role: str | None, status: int) -> None:
    with rates.client(role) as client:
        for action in ("release", "reject"):
            assert client.post(f"/v1/fx/quarantine/1/{action}").status_code == status


@pytest.mark.parametrize("number", ["0", "999999999", "9223372036854775808", "-1", "x", "1.5"])
def test_what_is_not_there(rates: Any, number: str) -> None:
    with rates.client("admin") as admin:
        answer: httpx.Response = admin.post(f"/v1/fx/quarantine/{number}/release")
    assert answer.status_code in (400, 404)
    assert answer.json()["status"] == "error"


@pytest.mark.parametrize(
    ("example", "shape"),
    [(examples.RATE, Page[Rate]), (examples.QUARANTINED, Page[Quarantined])],
)
def test_examples_fit_their_own_schema(example: dict[str, Any], shape: Any) -> None:
    strictly(msgspec.json.encode(examples.page(example)), shape)
