"""A portfolio company and narrowed users try the API, over HTTP, for what is not theirs.

Every route's answer for somebody else's row stands in tests/access/routes.csv; here are the ways
round: filters, pages, sorting, replays, guesses, and rights that were taken back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from server.tokens import issue_token
from tests.conftest import TestServer
from tests.security.firm import COMPANIES, Firm, Scope, open_firm, set_scope
from tests.server.conftest import NO_AUTHORITIES, Api, start_api, stop_api

LISTS = ("company", "input", "reporting", "metrics", "metrics/latest")
SCOPES = {"submitter": Scope.of("c-01"), "viewer_scoped": Scope.of("Fund I", "c-02")}


@pytest.fixture(scope="module")
def door(
    server: TestServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Firm, Api]]:
    with open_firm(server, logins=False) as firm:
        api = start_api(firm.database.dsn, tmp_path_factory.mktemp("api"))
        yield firm, api
        stop_api(api)


@pytest.fixture(params=list(SCOPES))
def thief(request: pytest.FixtureRequest, door: tuple[Firm, Api]) -> Iterator[Thief]:
    role = request.param
    firm, api = door
    user_id = firm.user(role, SCOPES[role])
    headers = {"Authorization": f"Bearer {issue_token(api, user_id)}"}
    with httpx.Client(
        base_url=f"{api.url}/v1", headers=headers, timeout=30, verify=NO_AUTHORITIES
    ) as client:
        yield Thief(firm, client, user_id, SCOPES[role])


class Thief:
    def __init__(self, firm: Firm, client: httpx.Client, user_id: Any, scope: Scope) -> None:
        self.firm, self.client, self.user_id, self.scope = firm, client, user_id, scope

    def ask(self, path: str, **query: object) -> dict[str, Any]:
        """A list; whatever was asked, every company in it is visible, and so is what it counts."""
        response = self.client.get(path, params={k: str(v) for k, v in query.items()})
        assert response.status_code == 200, response.text
        body: dict[str, Any] = response.json()
        assert not self.scope.secret.search(json.dumps(body["data"])), path
        assert {row["company_id"] for row in body["data"]} <= self.scope.visible
        return body


@pytest.mark.parametrize("path", LISTS)
def test_lists_hold_and_count_visible_rows(thief: Thief, path: str) -> None:
    page = thief.ask(f"/{path}/", limit=1000)
    assert {row["company_id"] for row in page["data"]} == thief.scope.visible
    assert page["meta"]["total_records"] == len(page["data"])
    for company_id in sorted(thief.scope.hidden):
        assert thief.ask(f"/{path}/", company_id=company_id)["meta"]["total_records"] == 0


@pytest.mark.parametrize("path", LISTS)
def test_filters_of_hidden_things_find_nothing(thief: Thief, path: str) -> None:
    shown = {COMPANIES[c] for c in thief.scope.visible if COMPANIES[c] in thief.scope.funds}
    for fund in ("Fund I", "Fund II", "Fund III", "Fund IV", "No fund"):
        found = thief.ask(f"/{path}/", fund=fund)["data"]
        # A company whose fund is hidden is not found by the fund's name: that would be telling.
        assert bool(found) is (fund in shown), fund
    for wild in ("%", "_", "c-0%", "' or 1=1 --", "c-01,c-02", "*", '{"a":1}', "null", "\\"):
        assert thief.ask(f"/{path}/", company_id=wild)["data"] == []


@pytest.mark.parametrize("path", LISTS)
def test_pages_and_sorting_go_through_visible_rows(thief: Thief, path: str) -> None:
    total = thief.ask(f"/{path}/")["meta"]["total_records"]
    for sort in ("company_id", "-company_id"):
        seen = [
            thief.ask(f"/{path}/", sort=sort, limit=7, offset=n)["data"] for n in range(0, 70, 7)
        ]
        assert sum(map(len, seen)) == min(total, 70)
    assert thief.ask(f"/{path}/", offset=total)["data"] == []
    for sort in ("(select 1)", "company_id;drop table x", "company_id desc", "fund_id.x", "1"):
        assert thief.client.get(f"/{path}/", params={"sort": sort}).status_code == 400


def test_guessed_ids_answer_as_ids_that_nobody_has(thief: Thief) -> None:
    firm = thief.firm
    query = "select id from company.metrics_input where company_id = %s limit 1"
    for company_id in sorted(thief.scope.hidden):
        [input_id] = firm.one(query, company_id)
        for hidden, unknown in (
            (f"/company/{company_id}", "/company/x-99"),
            (f"/company/{company_id}/valuation-rounds", "/company/x-99/valuation-rounds"),
            (f"/input/{input_id}", "/input/00000000-0000-0000-0000-000000000099"),
        ):
            one, other = (thief.client.get(path) for path in (hidden, unknown))
            assert (one.status_code, other.status_code) == (404, 404)
            assert one.content == other.content


def test_a_kept_answer_is_its_own_senders(door: tuple[Firm, Api]) -> None:
    firm, api = door
    clients = []
    for name, scope in (("a", Scope.of("c-06")), ("b", Scope.of("c-11"))):
        user_id = firm.user("submitter", scope, f"{name}@example.com")
        headers = {
            "Authorization": f"Bearer {issue_token(api, user_id)}",
            "Idempotency-Key": "same",
        }
        clients.append(
            httpx.Client(
                base_url=f"{api.url}/v1", headers=headers, timeout=30, verify=NO_AUTHORITIES
            )
        )
    quarter = {"company_id": "c-06", "fiscal_reporting_date": "2025-06-30", "total_revenue": 1}
    first = clients[0].post("/input/", json=quarter)
    assert first.status_code == 201
    assert clients[0].post("/input/", json=quarter).content == first.content
    other = clients[1].post("/input/", json=quarter)
    assert (other.status_code, other.json()["errors"][0]["rule"]) == (400, "company_unknown")
    assert not Scope.of("c-11").secret.search(other.text)
    for client in clients:
        client.close()


def test_rights_that_are_taken_back_are_gone_at_the_next_request(thief: Thief) -> None:
    firm = thief.firm
    [company_id] = sorted(thief.scope.visible)[:1]
    assert thief.client.get(f"/company/{company_id}").status_code == 200
    set_scope(firm.owner, thief.user_id, Scope.of("c-03"))
    try:
        assert thief.client.get(f"/company/{company_id}").status_code == 404
        assert thief.client.get("/company/c-03").status_code == 200
        for role, status in (("qb_investor", 403), ("qb_submitter", 200)):
            change = "update security.app_user set group_role = %s where user_id = %s"
            firm.owner.execute(change.encode(), [role, thief.user_id])
            set_scope(firm.owner, thief.user_id, Scope.of("c-03"))
            assert thief.client.get("/company/c-03").status_code == status
        change = "update security.app_user set is_active = false where user_id = %s"
        firm.owner.execute(change.encode(), [thief.user_id])
        assert thief.client.get("/company/c-03").status_code == 401
    finally:
        role = "submitter" if thief.scope == SCOPES["submitter"] else "viewer_scoped"
        change = "update security.app_user set is_active = true, group_role = %s where user_id = %s"
        firm.owner.execute(change.encode(), [f"qb_{role}", thief.user_id])


def test_what_is_sent_cannot_name_another_user_role_or_company(thief: Thief) -> None:
    for headers in (
        {"X-User-Id": "1"}, {"X-Forwarded-User": "admin@example.com"}, {"Role": "qb_admin"},
        {"X-Original-URL": "/v1/users"}, {"X-HTTP-Method-Override": "DELETE"},
    ):  # fmt: skip
        page = thief.client.get("/company/", headers=headers, params={"limit": "1000"})
        assert {row["company_id"] for row in page.json()["data"]} == thief.scope.visible
    for extra in ("user_id", "role", "p_user_id", "created_by"):
        assert thief.client.get("/company/", params={extra: "x"}).status_code == 400
    body = {"company_id": "c-04", "fiscal_reporting_date": "2025-06-30", "created_by": "admin"}
    assert thief.client.post("/input/", json=body).status_code in (400, 403)
    [mine] = thief.firm.one(
        "select id from company.metrics_input where company_id = 'c-01' limit 1"
    )
    moved = thief.client.patch(f"/input/{mine}", json={"company_id": "c-04"})
    assert moved.status_code in (400, 403)
