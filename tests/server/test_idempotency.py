"""`Idempotency-Key`: a write that is sent again happens once, whoever sends it and how often."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

SENDERS = 8
HEADER = "Idempotency-Key"


def company(name: str, **more: Any) -> dict[str, Any]:
    """Without company_id: whoever does this twice has two companies."""
    return {"company_name": name, "reporting_currency": "USD"} | more


def named(api: Any, name: str) -> int:
    found: int = api.run("select count(*) from company.company where name = %s", name)
    return found


def rule(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["rule"]


@pytest.fixture
def nodes(api: Any, second_api: Any) -> Iterator[list[httpx.Client]]:
    """One client a sender, on two API processes in front of one database."""
    api.user("editor")
    second_api.users.update(api.users)
    clients = [node.client("editor") for node in (api, second_api) for _ in range(SENDERS // 2)]
    yield clients
    for client in clients:
        client.close()


def send_at_once(clients: list[httpx.Client], keys: list[str]) -> dict[str, set[Any]]:
    """Every client sends every key, all of them at the same time; the answers of each key."""
    answers: dict[str, set[Any]] = {key: set() for key in keys}
    barrier = threading.Barrier(len(clients))

    def work(client: httpx.Client) -> None:
        for key in keys:
            barrier.wait(timeout=60)
            answer = client.post("/v1/company", json=company(key), headers={HEADER: key})
            answers[key].add((answer.status_code, answer.headers.get("etag"), answer.content))

    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(work, clients))
    return answers


def prove_no_duplicates(api: Any, nodes: list[httpx.Client], count: int) -> None:
    run = uuid4().hex
    keys = [f"{run}-{number}" for number in range(count)]
    answers = send_at_once(nodes, keys)
    assert {len(given) for given in answers.values()} == {1}
    assert {status for given in answers.values() for status, _, _ in given} == {201}
    made = api.run("select count(*) from company.company where name like %s", f"{run}-%")
    assert made == count


def test_60_keys_by_8_senders_on_two_nodes_make_no_duplicate(
    api: Any, nodes: list[httpx.Client]
) -> None:
    prove_no_duplicates(api, nodes, 60)


@pytest.mark.long
def test_1000_keys_by_8_senders_on_two_nodes_make_no_duplicate(
    api: Any, nodes: list[httpx.Client]
) -> None:
    prove_no_duplicates(api, nodes, 1000)


def test_a_repeated_write_gets_the_first_answer(api: Any, editor: httpx.Client) -> None:
    first = editor.post("/v1/company", json=company("again"), headers={HEADER: "again"})
    company_id = first.json()["data"]["company_id"]
    changed = editor.patch(f"/v1/company/{company_id}", json={"reporting_status": "Exited"})
    assert changed.status_code == 200
    again = editor.post("/v1/company/", json=company("again"), headers={HEADER: "again"})
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["etag"] == first.headers["etag"] != changed.headers["etag"]
    assert named(api, "again") == 1


def test_changes_and_deletions_are_repeatable_too(editor: httpx.Client) -> None:
    made = editor.post("/v1/company", json=company("gone")).json()["data"]["company_id"]
    address = f"/v1/company/{made}"
    change = {"reporting_status": "Sold"}
    changes = [editor.patch(address, json=change, headers={HEADER: "chg"}) for _ in range(2)]
    assert [answer.json()["data"]["row_version"] for answer in changes] == [2, 2]
    gone = [editor.delete(address, headers={HEADER: "del"}) for _ in range(2)]
    assert [answer.status_code for answer in gone] == [200, 200]
    assert gone[0].content == gone[1].content
    assert rule(editor.delete(address)) == (404, "company_not_found")


def test_a_key_belongs_to_one_request(api: Any, editor: httpx.Client) -> None:
    headers = {HEADER: "one-request"}
    assert editor.post("/v1/company", json=company("one"), headers=headers).status_code == 201
    reused = (422, "idempotency_key_reused")
    assert rule(editor.post("/v1/company", json=company("two"), headers=headers)) == reused
    address = f"/v1/company/{uuid4()}"
    assert rule(editor.patch(address, json=company("one"), headers=headers)) == reused
    assert rule(editor.delete(address, headers=headers)) == reused
    other = headers | {"If-Match": '"1"'}
    assert rule(editor.post("/v1/company", json=company("one"), headers=other)) == reused
    assert (named(api, "one"), named(api, "two")) == (1, 0)


def test_a_key_belongs_to_one_user(api: Any, editor: httpx.Client) -> None:
    with api.client("admin") as admin:
        for client in (editor, admin):
            answer = client.post("/v1/company", json=company("mine"), headers={HEADER: "mine"})
            assert answer.status_code == 201
    assert named(api, "mine") == 2


def test_a_refusal_is_not_kept(api: Any, editor: httpx.Client) -> None:
    quarter = {"company_id": "later", "fiscal_reporting_date": "2024-03-31"}
    headers = {HEADER: "later"}
    refused = editor.post("/v1/input", json=quarter, headers=headers)
    assert rule(refused) == (400, "company_unknown")
    body = company("later", company_id="later")
    assert editor.post("/v1/company", json=body).status_code == 201
    assert editor.post("/v1/input", json=quarter, headers=headers).status_code == 201
    kept = "select count(*) from ops.idempotency_key where idempotency_key = 'later'"
    assert api.run(kept) == 1


def test_a_key_is_kept_for_a_day(api: Any, editor: httpx.Client) -> None:
    age = (
        "update ops.idempotency_key set created_at = now() - %s::interval"
        " where idempotency_key = 'aged'"
    )
    for interval, expected in (("0 h", 1), ("23 h 59 min", 1), ("24 h 1 s", 2)):
        api.run(age, interval)
        answer = editor.post("/v1/company", json=company("aged"), headers={HEADER: "aged"})
        assert answer.status_code == 201
        assert named(api, "aged") == expected
    api.run(age, "25 h")
    other = editor.post("/v1/company", json=company("aged anew"), headers={HEADER: "aged"})
    assert other.status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "two words", "ключ", "tab\there"])
def test_a_key_is_visible_ascii(api: Any, editor: httpx.Client, key: str) -> None:
    headers = {HEADER: key.encode()}
    answer = editor.post("/v1/company", json=company("bad key"), headers=headers)  # type: ignore[arg-type]
    assert rule(answer) == (400, "idempotency_key_is_visible_ascii")
    assert answer.json()["errors"][0]["field"] == HEADER
    assert named(api, "bad key") == 0


def test_the_longest_key_is_taken(editor: httpx.Client) -> None:
    answer = editor.post("/v1/company", json=company("long key"), headers={HEADER: "~" * 255})
    assert answer.status_code == 201


def test_a_twin_that_takes_too_long_is_in_flight(api: Any, editor: httpx.Client) -> None:
    """Another node has claimed the key and has not finished."""
    claim = "ops.claim_idempotency_key(text, bytea)"
    api.run(f"alter function {claim} set lock_timeout = '300ms'")
    try:
        owner = "-c role=qb_owner"
        with psycopg.connect(api.dsn("qb_deploy"), options=owner) as twin:
            twin.execute(
                "insert into ops.idempotency_key (user_id, idempotency_key, request_hash)"
                " values (%s, 'busy', '\\x00')",
                [api.user("editor")],
            )
            answer = editor.post("/v1/company", json=company("busy"), headers={HEADER: "busy"})
            assert rule(answer) == (409, "idempotency_key_in_flight")
            twin.rollback()
    finally:
        api.run(f"alter function {claim} set lock_timeout = '10s'")
    answer = editor.post("/v1/company", json=company("busy"), headers={HEADER: "busy"})
    assert (answer.status_code, named(api, "busy")) == (201, 1)


def test_a_role_that_may_not_write_is_refused_as_without_a_key(api: Any) -> None:
    with api.client("viewer") as viewer:
        answer = viewer.post("/v1/company", json=company("no"), headers={HEADER: "viewer"})
        assert rule(answer) == (403, "role_not_allowed")
