"""`ETag` and `If-Match`: nobody overwrites what he has not seen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

WRITERS = 8
BURN = ("outflow_negative", "positive_is_burn")


def quarter_of(editor: httpx.Client, company_id: str) -> str:
    """The address of a quarter of a new company."""
    body = {"company_id": company_id, "company_name": company_id, "reporting_currency": "USD"}
    assert editor.post("/v1/company", json=body).status_code == 201
    quarter = {"company_id": company_id, "fiscal_reporting_date": "2024-03-31", "employees": 0}
    answer = editor.post("/v1/input", json=quarter)
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    return f"/v1/input/{answer.json()['data']['id']}"


@pytest.mark.parametrize("updates", [12, pytest.param(50, marks=pytest.mark.long)])
def test_8_writers_of_one_row_lose_no_update(api: Any, editor: httpx.Client, updates: int) -> None:
    address = quarter_of(editor, f"contended-{updates}")

    def add_one(client: httpx.Client) -> int:
        stale = 0
        while True:
            seen = client.get(address)
            more = {"employees": seen.json()["data"]["employees"] + 1}
            answer = client.patch(address, json=more, headers={"If-Match": seen.headers["etag"]})
            if answer.status_code == 200:
                return stale
            assert answer.status_code == 412
            stale += 1

    def write(_: int) -> int:
        with api.client("editor") as client:
            return sum(add_one(client) for _ in range(updates))

    api.user("editor")
    with ThreadPoolExecutor(WRITERS) as pool:
        stale = sum(pool.map(write, range(WRITERS)))
    last = editor.get(address)
    assert last.json()["data"]["employees"] == WRITERS * updates
    assert last.headers["etag"] == f'"{WRITERS * updates + 1}"'
    assert stale > 0  # they did meet


@pytest.mark.parametrize(
    ("sent", "passes"),
    [
        ('"1"', True),
        ("*", True),
        ('"7", "1"', True),
        ('"7","1" , "9"', True),
        ('"2"', False),
        ('W/"1"', False),
        ("1", False),
        ("", False),
        ('"*"', False),
        ('"1', False),
        ("null", False),
    ],
)
def test_a_change_needs_the_version_it_names(editor: httpx.Client, sent: str, passes: bool) -> None:
    address = quarter_of(editor, f"match{sent.encode().hex()}{len(sent)}")
    headers = {"If-Match": sent}
    answer = editor.patch(address, json={"employees": 5}, headers=headers)
    if passes:
        assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
        return
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["rule"]) == (412, "stale_version")
    assert error["field"] == "If-Match"
    assert editor.delete(address, headers=headers).status_code == 412
    assert editor.get(address).json()["data"]["employees"] == 0


def test_every_versioned_record_is_guarded(editor: httpx.Client) -> None:
    quarter = quarter_of(editor, "guarded")
    rounds = "/v1/company/guarded/valuation-rounds"
    made = editor.post(rounds, json={"round_on": "2023-05-05", "post_money_valuation": 5})
    one_round = f"{rounds}/{made.json()['data']['valuation_round_id']}"
    for address, change in (
        (quarter, {"ebitda": 1}),
        (one_round, {"round_name": "A"}),
        ("/v1/company/guarded", {"fund": "F"}),
    ):
        tag = editor.get(address).headers["etag"]
        assert editor.patch(address, json=change, headers={"If-Match": tag}).status_code == 200
        for method in ("PATCH", "DELETE"):
            body = {"json": change} if method == "PATCH" else {}
            answer = editor.request(method, address, headers={"If-Match": tag}, **body)  # type: ignore[arg-type]
            assert answer.status_code == 412
        assert editor.get(address).headers["etag"] == '"2"'


def test_saving_a_company_is_guarded_and_needs_one_to_match(editor: httpx.Client) -> None:
    body = {"company_id": "saved", "company_name": "Saved", "reporting_currency": "USD"}
    for tag in ('"1"', "*"):
        absent = editor.post("/v1/company", json=body, headers={"If-Match": tag})
        assert absent.status_code == 412
    assert editor.post("/v1/company", json=body).status_code == 201
    for status in (200, 412):
        answer = editor.post("/v1/company", json=body, headers={"If-Match": '"1"'})
        assert answer.status_code == status


def test_repeated_headers_are_one_list(editor: httpx.Client) -> None:
    address = quarter_of(editor, "two-headers")
    headers = [("If-Match", '"9"'), ("If-Match", '"1"')]
    assert editor.patch(address, json={"customers": 1}, headers=headers).status_code == 200


def test_writers_of_one_company_never_wait_in_a_circle(api: Any, editor: httpx.Client) -> None:
    """Its record, its rounds, its quarters old and new: locks come in one order."""
    quarter = quarter_of(editor, "circle")
    rounds = "/v1/company/circle/valuation-rounds"
    body = {"round_on": "2023-05-05", "post_money_valuation": 5}
    one_round = f"{rounds}/{editor.post(rounds, json=body).json()['data']['valuation_round_id']}"
    deadlocks = "select deadlocks from pg_stat_database where datname = current_database()"
    before = api.run(deadlocks, login="postgres")

    def write(writer: int) -> set[int]:
        with api.client("editor") as client:
            answers = set()
            for turn in range(20):
                what = (writer + turn) % 4
                if what == 0:
                    answer = client.patch("/v1/company/circle", json={"burn_sign": BURN[turn % 2]})
                elif what == 1:
                    answer = client.patch(quarter, json={"employees": turn})
                elif what == 2:
                    answer = client.patch(one_round, json={"post_money_valuation": turn + 1})
                else:
                    day = f"{1990 + writer}-12-31" if turn % 8 < 4 else f"{2000 + writer}-12-31"
                    new = {"company_id": "circle", "fiscal_reporting_date": day}
                    answer = client.post("/v1/input", json=new)
                    if answer.status_code == 201:
                        answer = client.delete(f"/v1/input/{answer.json()['data']['id']}")
                answers.add(answer.status_code)
            return answers

    with ThreadPoolExecutor(WRITERS) as pool:
        assert set.union(*pool.map(write, range(WRITERS))) == {200}
    assert api.run(deadlocks, login="postgres") == before
