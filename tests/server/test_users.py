"""Looking after users over HTTP: the next request of the other one feels it, old token or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import psycopg
import pytest

from server.schemas.envelope import Envelope, Page
from server.schemas.users import User
from server.tokens import issue_token
from tests.server.conftest import Api
from tests.server.test_contract import strictly

SECRET = "never to be written down"
USERS = "/v1/users/"


@pytest.fixture(scope="module")
def admin(api: Api) -> Iterator[httpx.Client]:
    with api.client("editor") as editor:
        for company_id, fund in (("in-one", "Fund One"), ("in-two", "Fund Two")):
            company = {"company_id": company_id, "company_name": "X", "reporting_currency": "USD"}
            assert editor.post("/v1/company/", json=company | {"fund": fund}).status_code == 201
    with api.client("admin") as client:
        yield client


def add(admin: httpx.Client, email: str, role: str, **more: Any) -> User:
    answer = admin.post(USERS, json={"email": email, "role": role, **more})
    assert answer.status_code == 201, answer.text
    assert answer.headers["etag"] == '"1"'
    return strictly(answer.content, Envelope[User]).data  # type: ignore[no-any-return]


def rule(answer: httpx.Response) -> tuple[int, str, str | None]:
    [error] = answer.json()["errors"]
    return answer.status_code, error["rule"], error["field"]


def log_in(api: Api, email: str, password: str) -> httpx.Response:
    return httpx.post(f"{api.url}/v1/auth/login", json={"email": email, "password": password})


def test_a_user_logs_in_and_sees_his_funds_only(api: Api, admin: httpx.Client) -> None:
    user = add(admin, "v@example.com", "viewer_scoped", password=SECRET, funds=["Fund One"])
    token = log_in(api, user.email, SECRET).json()["data"]["access_token"]
    address = f"{USERS}{user.user_id}"
    with httpx.Client(base_url=api.url, headers={"Authorization": f"Bearer {token}"}) as viewer:

        def sees() -> list[str]:
            return [row["company_id"] for row in viewer.get("/v1/company/").json()["data"]]

        assert sees() == ["in-one"]
        assert admin.patch(address, json={"funds": [], "companies": ["in-two"]}).is_success
        assert sees() == ["in-two"]
        widened = {"role": "viewer"}
        refused = admin.patch(address, json=widened)
        assert rule(refused) == (400, "narrowing_ends_explicitly", "role")
        assert '"funds": []' in refused.json()["errors"][0]["hint"]
        assert sees() == ["in-two"]
        assert admin.patch(address, json=widened | {"funds": [], "companies": []}).is_success
        assert sees() == ["in-one", "in-two"]
        assert viewer.post("/v1/company/", json={}).status_code == 403
        assert admin.patch(address, json={"role": "editor"}).is_success
        assert viewer.post("/v1/company/", json={}).status_code == 400
        assert admin.patch(address, json={"active": False}).is_success
        assert viewer.get("/v1/company/").status_code == 401
        assert log_in(api, user.email, SECRET).status_code == 401


def test_a_password_is_changed_and_is_nowhere_to_be_read(api: Api, admin: httpx.Client) -> None:
    headers = {"Idempotency-Key": "one-user"}
    body = {"email": "p@example.com", "role": "viewer", "password": SECRET}
    first, again = (admin.post(USERS, json=body, headers=headers) for _ in "ab")
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    other = admin.post(USERS, json=body | {"password": SECRET + "!"}, headers=headers)
    assert rule(other) == (422, "idempotency_key_reused", "Idempotency-Key")
    old = log_in(api, "p@example.com", SECRET).json()["data"]["refresh_token"]
    address = f"{USERS}{first.json()['data']['user_id']}"
    assert admin.patch(address, json={"password": SECRET + "?"}).is_success
    form = {"grant_type": "refresh_token", "refresh_token": old}
    assert httpx.post(f"{api.url}/v1/auth/token", data=form).status_code == 400
    assert log_in(api, "p@example.com", SECRET).status_code == 401
    assert log_in(api, "p@example.com", SECRET + "?").status_code == 200
    for wrong in ({"password": SECRET, "email": 7}, {"password": SECRET, "x": 1}):
        assert SECRET not in admin.patch(address, json=wrong).text
    assert SECRET not in api.log.read_text()
    with psycopg.connect(api.dsn("postgres")) as conn:
        tables = conn.execute(
            "select c.oid::regclass::text from pg_class as c"
            " where c.relkind = 'r' and c.relowner = 'qb_owner'::regrole"
        ).fetchall()
        for (table,) in tables:
            query = f"select true from {table} as t where t::text like %s limit 1"
            assert conn.execute(query.encode(), [f"%{SECRET}%"]).fetchone() is None, table


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"role": "viewer"}, (400, "required", "email")),
        ({"email": "x@example.com", "role": "owner"}, (400, "invalid_value", "role")),
        ({"email": "nobody", "role": "viewer"}, (400, "person_email_has_at", "email")),
        (
            {"email": "x@example.com", "role": "viewer", "password": "too short"},
            (400, "invalid_value", "password"),
        ),
        (
            {"email": "x@example.com", "role": "viewer", "funds": ["Fund One"]},
            (400, "role_has_no_scope", "funds"),
        ),
        ({"email": "x@example.com", "role": "submitter"}, (400, "scope_required", "companies")),
        (
            {"email": "x@example.com", "role": "submitter", "companies": ["none"]},
            (400, "company_unknown", "companies"),
        ),
        ({"email": "ADMIN@example.com", "role": "viewer"}, (409, "person_email_key", "email")),
    ],
)
def test_a_wrong_user_is_refused_by_name(
    admin: httpx.Client, body: dict[str, Any], expected: tuple[int, str, str]
) -> None:
    assert rule(admin.post(USERS, json=body)) == expected


def test_an_answer_is_not_repeated_to_whoever_sees_less_since(
    api: Api, admin: httpx.Client
) -> None:
    user = add(admin, "r@example.com", "editor", password=SECRET)
    token = log_in(api, user.email, SECRET).json()["data"]["access_token"]
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "seen-before"}
    company = {"company_id": "hid", "company_name": "Hidden", "reporting_currency": "USD"}
    with httpx.Client(base_url=api.url, headers=headers) as editor:
        made, again = (editor.post("/v1/company/", json=company) for _ in "ab")
        assert (made.status_code, again.content) == (201, made.content)
        scope = {"role": "editor_scoped", "funds": ["Fund One"]}
        assert admin.patch(f"{USERS}{user.user_id}", json=scope).is_success
        withheld = editor.post("/v1/company/", json=company)
        assert rule(withheld)[:2] == (403, "idempotent_answer_withheld")
        assert "Hidden" not in withheld.text


def test_no_password_is_hashed_for_whoever_may_not_set_one(api: Api, admin: httpx.Client) -> None:
    body = {"email": "y@example.com", "role": "viewer", "password": SECRET * 40}
    with api.client("viewer") as viewer:
        refused = viewer.post(USERS, json=body)
        assert (refused.status_code, rule(refused)[1]) == (403, "role_not_allowed")


def test_lists_are_filtered_sorted_and_paged(admin: httpx.Client) -> None:
    for name in ("list-b", "list-a"):
        add(admin, f"{name}@example.com", "investor")
    page = strictly(admin.get(USERS, params={"role": "investor"}).content, Page[User])
    assert [user.email for user in page.data] == ["list-a@example.com", "list-b@example.com"]
    filters: tuple[tuple[dict[str, Any], int], ...] = (
        ({"role": "investor", "sort": "-email", "limit": 1}, 2),
        ({"email": "LIST-A@example.com"}, 1),
        ({"active": "false", "role": "investor"}, 0),
        ({"email": "system@quarterbase.invalid"}, 0),
    )
    for query, total in filters:
        page = strictly(admin.get(USERS, params=query).content, Page[User])
        assert page.meta.total_records == total
    assert rule(admin.get(USERS, params={"sort": "password_hash"}))[1] == "sort_unknown"
    assert admin.get(USERS, params={"sort": "-funds,companies"}).status_code == 200


def test_versions_guard_a_change_and_the_last_admin_stays(api: Api, admin: httpx.Client) -> None:
    user = add(admin, "etag@example.com", "viewer")
    address = f"{USERS}{user.user_id}"
    tag = {"If-Match": admin.get(address).headers["etag"]}
    assert admin.patch(address, json={"display_name": "E"}, headers=tag).status_code == 200
    assert rule(admin.patch(address, json={"active": False}, headers=tag))[:2] == (
        412,
        "stale_version",
    )
    own = f"{USERS}{api.user('admin')}"
    assert rule(admin.patch(own, json={"role": "viewer"})) == (409, "last_admin", "role")
    assert rule(admin.patch(own, json={"active": False})) == (409, "last_admin", "active")
    unknown = f"{USERS}00000000-0000-0000-0000-000000000000"
    assert rule(admin.patch(unknown, json={"active": True}))[:2] == (404, "user_not_found")
    assert admin.get(unknown).status_code == 404


@pytest.mark.parametrize(
    "role", ["auditor", "editor", "viewer", "submitter", "investor", "viewer_scoped"]
)
def test_administrators_write_and_auditors_look(api: Api, admin: httpx.Client, role: str) -> None:
    own = f"{USERS}{api.user('admin')}"
    with api.client(role) as client:
        reads = {client.get(path).status_code for path in (USERS, own)}
        assert reads == ({200} if role == "auditor" else {403})
        writes = (
            client.post(USERS, json={"email": "y@example.com", "role": "admin"}),
            client.patch(own, json={"active": False}),
        )
        assert {answer.status_code for answer in writes} == {403}


def test_an_administrator_who_steps_down_is_answered(api: Api, admin: httpx.Client) -> None:
    second = add(admin, "stepping-down@example.com", "admin")
    token = {"Authorization": f"Bearer {issue_token(api, second.user_id)}"}
    with httpx.Client(base_url=api.url, headers=token, timeout=30) as client:
        answer = client.patch(f"{USERS}{second.user_id}", json={"role": "viewer"})
        assert answer.status_code == 200, answer.text
        assert client.get(USERS).status_code == 403
