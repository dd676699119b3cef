"""Investors and the people to write to over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from server.schemas.fund_terms import Contact, ContactDeleted, InvestorRecord
from tests.server.fund_room import KEY, Room, done, one, page, refused

PREVIEW = {"preview": "true"}
HARBOUR = {"investor_code": "LP-03", "name": "Harbour", "investor_type": "pension_fund"}


@pytest.fixture(scope="module")
def editor(api: Any) -> Iterator[httpx.Client]:
    with api.client("editor") as client:
        yield client


def make(editor: httpx.Client, code: str, **more: Any) -> str:
    sent = {"investor_code": code, "name": code, **more}
    answer = editor.post("/v1/investors", json=sent)
    assert answer.status_code == 201, answer.text
    return f"/v1/investors/{answer.json()['data']['investor_id']}"


def count(api: Any, code: str) -> int:
    query = "select count(*) from fund.investor where investor_code = %s"
    return int(api.run(query, code))


def test_the_story_of_an_investor(api: Any, editor: httpx.Client) -> None:
    sent, headers = {**HARBOUR, "country": "Canada"}, {KEY: str(uuid4())}
    tried = editor.post("/v1/investors", json=sent, params=PREVIEW)
    assert (tried.status_code, tried.json()["meta"]) == (200, {"preview": True})
    assert count(api, "LP-03") == 0
    first = editor.post("/v1/investors", json=sent, headers=headers)
    assert editor.post("/v1/investors", json=sent, headers=headers).content == first.content
    assert refused(editor.post("/v1/investors", json=sent)) == (
        409,
        "investor_code_unique",
        "investor_code",
    )
    path = f"/v1/investors/{first.json()['data']['investor_id']}"
    investor = one(editor.get(path), InvestorRecord)
    assert (investor.country, investor.funds) == ("CA", [])
    stale = editor.patch(path, json={"name": "Haven"}, headers={"If-Match": '"99"'})
    assert refused(stale)[:2] == (412, "stale_version")
    tried = editor.patch(path, json={"name": "Haven"}, params=PREVIEW)
    assert tried.json()["data"]["name"] == "Haven"
    assert one(editor.get(path), InvestorRecord) == investor
    tag = {"If-Match": first.headers["etag"]}
    changed = editor.patch(path, json={"name": "Haven", "country": None}, headers=tag)
    assert changed.json()["data"]["name"] == "Haven"
    assert one(editor.get(path), InvestorRecord).country is None


def test_partners_of_a_fund_are_listed(api: Any, editor: httpx.Client) -> None:
    room = Room.opened(api, "Partners", {"P-01": 5, "P-02": 5})
    make(editor, "P-03")
    mine = page(editor.get(room.path("/investors")), InvestorRecord)
    assert [i.investor_code for i in mine] == ["P-01", "P-02"]
    assert [f.name for f in mine[0].funds] == ["Partners"]
    found = page(editor.get("/v1/investors", params={"fund": "Partners"}), InvestorRecord)
    assert found == mine
    unknown = editor.get(f"/v1/funds/{UUID(int=9)}/investors")
    assert refused(unknown)[:2] == (404, "fund_not_found")
    [one_of] = page(editor.get("/v1/investors", params={"investor_code": "P-03"}), InvestorRecord)
    assert one_of.funds == []
    answer = editor.patch(f"/v1/investors/{mine[0].investor_id}", json={"investor_code": "P-99"})
    assert refused(answer) == (409, "investor_keeps_its_code", "investor_code")


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({**HARBOUR, "investor_code": "a b"}, (400, "investor_code_is_plain", "investor_code")),
        ({**HARBOUR, "country": "Atlantis"}, (400, "country_unknown", "country")),
        ({"name": "Harbour"}, (400, "required", "investor_code")),
        ({**HARBOUR, "investor_type": "bear"}, (400, "invalid_value", "investor_type")),
        ({**HARBOUR, "email": "x"}, (400, "unknown_field", "email")),
    ],
)
def test_a_bad_investor_is_refused(
    editor: httpx.Client, sent: dict[str, Any], expected: tuple[int, str, str]
) -> None:
    for query in ({}, PREVIEW):
        answer = editor.post("/v1/investors", json=sent, params=query)
        [error] = answer.json()["errors"]
        assert (answer.status_code, error["rule"], error["field"]) == expected


def test_a_deleted_contact_is_forgotten_in_kept_answers(api: Any, editor: httpx.Client) -> None:
    path = make(editor, "C-02") + "/contacts"
    cat = {"name": "Cat Falk", "email": "cat.falk@example.com"}
    dan = {"name": "Dan Gray"}
    keys = [{KEY: f"contact-{name}"} for name in ("cat", "cats-number", "dan")]
    made = editor.post(path, json=cat, headers=keys[0]).json()["data"]
    here = f"{path}/{made['contact_id']}"
    editor.patch(here, json={"phone": "+47 777"}, headers={"If-Match": '"1"', **keys[1]})
    kept = editor.post(path, json=dan, headers=keys[2])

    editor.delete(here).raise_for_status()

    again = editor.post(path, json=cat, headers=keys[0])
    assert (again.status_code, again.json()["data"]) == (201, {"contact_id": made["contact_id"]})
    assert editor.post(path, json=dan, headers=keys[2]).content == kept.content
    assert [c["name"] for c in editor.get(path).json()["data"]] == ["Dan Gray"]
    left = "select count(*) from ops.idempotency_key as k where k.body ~* 'falk|[+]47 777'"
    assert api.run(left) == 0


def test_the_story_of_a_contact(editor: httpx.Client) -> None:
    path = make(editor, "C-01") + "/contacts"
    ann = {"name": "Ann", "email": "ann@example.com", "is_primary": True}
    assert editor.post(path, json=ann, params=PREVIEW).status_code == 200
    assert page(editor.get(path), Contact) == []
    first = editor.post(path, json=ann)
    assert (first.status_code, first.headers["etag"]) == (201, '"1"')
    second = editor.post(path, json={"name": "Bob", "is_primary": True}).json()["data"]
    assert [(c.name, c.is_primary) for c in page(editor.get(path), Contact)] == [
        ("Bob", True),
        ("Ann", False),
    ]
    here = f"{path}/{second['contact_id']}"
    assert one(editor.get(here), Contact).name == "Bob"
    stale = editor.patch(here, json={"phone": "1"}, headers={"If-Match": '"99"'})
    assert refused(stale)[:2] == (412, "stale_version")
    assert editor.patch(here, json={"phone": "1"}).json()["data"]["phone"] == "1"
    bad = editor.patch(here, json={"email": "nobody"})
    assert refused(bad) == (400, "contact_email_is_an_address", "email")
    done(editor.delete(here, params=PREVIEW), ContactDeleted, 200)
    assert one(editor.get(here), Contact).phone == "1"
    assert str(editor.delete(here).json()["data"]["contact_id"]) == second["contact_id"]
    assert refused(editor.get(here))[:2] == (404, "contact_not_found")


def test_an_investor_sees_and_changes_itself_not_at_all_others(
    api: Any, editor: httpx.Client
) -> None:
    room = Room.opened(api, "Own", {"O-01": 5, "O-02": 5})
    api.user("investor")
    api.run(
        "insert into security.user_investor (investor_id, user_id) select investor_id,"
        " security.user_id_by_email('investor@example.com')"
        " from fund.investor where investor_code = 'O-01'"
    )
    everyone = {
        i.investor_code: f"/v1/investors/{i.investor_id}"
        for i in page(editor.get(room.path("/investors")), InvestorRecord)
    }
    with api.client("investor") as partner:
        for path in ("/v1/investors", room.path("/investors")):
            seen = page(partner.get(path), InvestorRecord)
            assert [i.investor_code for i in seen] == ["O-01"]
        assert one(partner.get(everyone["O-01"]), InvestorRecord).name
        for path in (everyone["O-02"], f"/v1/investors/{UUID(int=9)}"):
            assert refused(partner.get(path))[:2] == (404, "investor_not_found")
            assert refused(partner.get(f"{path}/contacts"))[:2] == (404, "investor_not_found")
        assert refused(partner.patch(everyone["O-01"], json={"name": "Me"}))[0] == 403
        assert refused(partner.post("/v1/investors", json=HARBOUR))[0] == 403


def test_people_are_not_shown_to_those_who_only_read(api: Any, editor: httpx.Client) -> None:
    path = make(editor, "R-01")
    for role in ("viewer", "auditor"):
        with api.client(role) as client:
            assert one(client.get(path), InvestorRecord).investor_code == "R-01"
            assert refused(client.get(f"{path}/contacts"))[0] == 403
            assert refused(client.patch(path, json={"name": "X"}))[0] == 403
            assert refused(client.patch(path, json={"name": "X"}, params=PREVIEW))[0] == 403
