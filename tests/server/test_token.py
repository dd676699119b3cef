"""`/v1/auth/token` by RFC 6749: two grants, its own form, its own errors."""

from __future__ import annotations

import httpx
import jwt
import msgspec
import pytest

from server.schemas.auth import GrantedToken, TokenError
from tests.server.conftest import PASSWORD, Api

URL = "/v1/auth/token"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def granted(answer: httpx.Response) -> GrantedToken:
    assert answer.status_code == 200, answer.text
    assert (answer.headers["cache-control"], answer.headers["pragma"]) == ("no-store", "no-cache")
    assert answer.headers["content-type"] == "application/json"
    return msgspec.json.decode(answer.content, type=GrantedToken)


def refused(answer: httpx.Response, error: str, status: int = 400) -> TokenError:
    assert answer.status_code == status, answer.text
    assert answer.headers["cache-control"] == "no-store"
    found = msgspec.json.decode(answer.content, type=TokenError)
    assert found.error == error
    return found


def password(email: str = "viewer@example.com", **more: str) -> dict[str, str]:
    return {"grant_type": "password", "username": email, "password": PASSWORD, **more}


def refresh(token: str, **more: str) -> dict[str, str]:
    return {"grant_type": "refresh_token", "refresh_token": token, **more}


def works(anyone: httpx.Client, access_token: str) -> bool:
    headers = {"Authorization": f"Bearer {access_token}"}
    return anyone.get("/v1/company/", headers=headers).status_code == 200


def test_a_password_gives_tokens_that_work(api: Api, anyone: httpx.Client) -> None:
    api.user("viewer")
    token = granted(anyone.post(URL, data=password()))
    assert (token.token_type, token.expires_in) == ("Bearer", 43200)
    assert token.scope is msgspec.UNSET
    assert len(token.refresh_token) == 43
    assert works(anyone, token.access_token)


def test_what_an_oauth_client_adds_does_no_harm(api: Api, anyone: httpx.Client) -> None:
    api.user("viewer")
    form = password(client_id="docs", scope="read write", audience="x")
    answer = anyone.post(URL, data=form, headers={"Authorization": "Basic Og=="})
    assert granted(answer).scope == "read write"
    granted(anyone.post(URL, data=password(client_id="", scope="")))


def test_a_refresh_token_is_exchanged_once(api: Api, anyone: httpx.Client) -> None:
    api.user("viewer")
    first = granted(anyone.post(URL, data=password()))
    second = granted(anyone.post(URL, data=refresh(first.refresh_token)))
    assert works(anyone, second.access_token)
    assert second.refresh_token != first.refresh_token
    third = granted(anyone.post(URL, data=refresh(second.refresh_token)))
    refused(anyone.post(URL, data=refresh(first.refresh_token)), "invalid_grant")
    # Somebody else has had the token too: whoever it was, the login is over.
    refused(anyone.post(URL, data=refresh(third.refresh_token)), "invalid_grant")


def test_the_login_hands_out_a_refresh_token_too(api: Api, anyone: httpx.Client) -> None:
    api.user("viewer")
    body = {"email": "viewer@example.com", "password": PASSWORD}
    data = anyone.post("/v1/auth/login", json=body).json()["data"]
    granted(anyone.post(URL, data=refresh(data["refresh_token"])))


def test_only_hashes_are_stored(api: Api, anyone: httpx.Client) -> None:
    api.user("viewer")
    token = granted(anyone.post(URL, data=password()))
    rows = "select string_agg(t::text, ' ') from security.refresh_token as t"
    assert token.refresh_token not in api.run(rows)


def test_an_ended_user_gets_no_new_tokens(api: Api, anyone: httpx.Client) -> None:
    user = api.user("viewer", "ended@example.com")
    token = granted(anyone.post(URL, data=password("ended@example.com")))
    api.run("update security.app_user set is_active = false where user_id = %s", user)
    refused(anyone.post(URL, data=refresh(token.refresh_token)), "invalid_grant")
    refused(anyone.post(URL, data=password("ended@example.com")), "invalid_grant")


def test_wrong_password_and_unknown_user_are_the_same_answer(
    api: Api, anyone: httpx.Client
) -> None:
    api.user("viewer", "known@example.com")
    answers = [
        refused(anyone.post(URL, data=password(email, password="wrong")), "invalid_grant")
        for email in ("known@example.com", "nobody@example.com")
    ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("email", ["guessed@example.com", "not.there@example.com"])
def test_known_and_unknown_addresses_are_locked_alike(
    api: Api, anyone: httpx.Client, email: str
) -> None:
    api.user("viewer", "guessed@example.com")
    for _ in range(5):
        refused(anyone.post(URL, data=password(email, password="wrong")), "invalid_grant")
    answer = anyone.post(URL, data=password(email))
    refused(answer, "temporarily_unavailable", 429)
    assert 0 < int(answer.headers["retry-after"]) <= 30
    body = {"email": email.upper(), "password": PASSWORD}
    answer = anyone.post("/v1/auth/login", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (429, "login_locked")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("", "invalid_request"),
        ("username=a&password=b", "invalid_request"),
        ("grant_type=", "invalid_request"),
        ("grant_type=password", "invalid_request"),
        ("grant_type=password&username=a", "invalid_request"),
        ("grant_type=password&username=a&password=", "invalid_request"),
        ("grant_type=password&username=a&username=b&password=c", "invalid_request"),
        ("grant_type=password&grant_type=password&username=a&password=c", "invalid_request"),
        ("grant_type=password&username=%00&password=c", "invalid_request"),
        (f"grant_type=password&username={'a' * 321}&password=c", "invalid_request"),
        (f"grant_type=password&username=a&password={'c' * 1025}", "invalid_request"),
        ("grant_type=refresh_token", "invalid_request"),
        ("grant_type=refresh_token&refresh_token=unknown", "invalid_grant"),
        ("grant_type=refresh_token&refresh_token=%ff%fe", "invalid_grant"),
        ("grant_type=client_credentials", "unsupported_grant_type"),
        ("grant_type=authorization_code&code=x", "unsupported_grant_type"),
        ("grant_type=password&username=a&password=c&scope=%22", "invalid_scope"),
        ("%", "invalid_request"),
    ],
)
def test_what_is_wrong_has_the_name_the_rfc_gives_it(
    anyone: httpx.Client, body: str, error: str
) -> None:
    refused(anyone.post(URL, content=body.encode(), headers=FORM), error)


def test_another_media_type_a_query_or_a_large_body_is_refused(anyone: httpx.Client) -> None:
    refused(anyone.post(URL, json=password()), "invalid_request")
    refused(anyone.post(URL, files={"grant_type": (None, "password")}), "invalid_request")
    refused(anyone.post(f"{URL}?grant_type=password", data=password()), "invalid_request")
    big = anyone.post(URL, content=b"grant_type=" + b"x" * 1_000_001, headers=FORM)
    refused(big, "invalid_request", 413)


def test_a_fault_of_ours_is_said_in_its_words_too(api: Api) -> None:
    api.run("alter function security.find_login(text) rename to found_login")
    try:
        answer = httpx.post(f"{api.url}{URL}", data=password())
        refused(answer, "server_error", 500)
        assert "find_login" not in answer.text
    finally:
        api.run("alter function security.found_login(text) rename to find_login")


def test_tokens_of_a_refresh_name_the_same_user(api: Api, anyone: httpx.Client) -> None:
    user = api.user("viewer")
    first = granted(anyone.post(URL, data=password()))
    second = granted(anyone.post(URL, data=refresh(first.refresh_token)))
    claims = jwt.decode(second.access_token, options={"verify_signature": False})
    assert claims["sub"] == str(user)
