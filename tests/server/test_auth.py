"""Who may come in: tokens that are ours, passwords that are right, and nobody for long."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from server import passwords
from server.errors import Problem
from server.keys import KeyRing
from server.tokens import AUDIENCE, ISSUER, TokenRefused, issue_token, verify_token

PASSWORD = "correct horse"


@dataclass
class Home:
    home: Path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def forged(
    home: Home,
    *,
    drop: str = "",
    headers: dict[str, Any] | None = None,
    key: ec.EllipticCurvePrivateKey | None = None,
    **claims: Any,
) -> str:
    """A token like ours, except for what is said."""
    kid, ours = KeyRing(home.home).signing()
    now = int(time.time())
    good = {"sub": str(uuid4()), "iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + 600}
    payload = {name: value for name, value in (good | claims).items() if name != drop}
    return jwt.encode(
        payload, key or ours, algorithm="ES256", headers={"kid": kid, **(headers or {})}
    )


def unsigned(home: Home) -> str:
    """A token that asks not to be checked."""
    kid, _ = KeyRing(home.home).signing()
    return f"{encoded({'alg': 'none', 'kid': kid})}.{forged(home).split('.')[1]}."


def encoded(part: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def signed_with_public_key(home: Home) -> str:
    """HS256 with the public key as the secret: what a library falls for that lets tokens choose."""
    kid, key = KeyRing(home.home).signing()
    pem = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    signed = f"{encoded({'alg': 'HS256', 'kid': kid})}.{forged(home).split('.')[1]}"
    mac = base64.urlsafe_b64encode(hmac.digest(pem, signed.encode(), hashlib.sha256))
    return f"{signed}.{mac.rstrip(b'=').decode()}"


def foreign() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


ATTACKS: dict[str, Callable[[Home], str]] = {
    "no algorithm": unsigned,
    "the public key as a secret": signed_with_public_key,
    "a foreign key": lambda home: forged(home, key=foreign()),
    "a foreign key offered in the header": lambda home: forged(
        home, key=foreign(), headers={"jku": "http://127.0.0.1/keys", "x5u": "http://127.0.0.1/"}
    ),
    "an unknown key id": lambda home: forged(home, headers={"kid": "../../etc/passwd"}),
    "no expiry": lambda home: forged(home, drop="exp"),
    "no issue time": lambda home: forged(home, drop="iat"),
    "no user": lambda home: forged(home, drop="sub"),
    "a user that is no id": lambda home: forged(home, sub="admin"),
    "another issuer": lambda home: forged(home, iss="elsewhere"),
    "no issuer": lambda home: forged(home, drop="iss"),
    "another audience": lambda home: forged(home, aud="elsewhere"),
    "no audience": lambda home: forged(home, drop="aud"),
    "not valid yet": lambda home: forged(home, nbf=int(time.time()) + 600),
    "a critical header we do not know": lambda home: forged(home, headers={"crit": ["x"], "x": 1}),
    "an empty token": lambda home: "",
    "no token at all": lambda home: "a.b.c",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_forged_tokens_are_refused(home: Home, attack: Callable[[Home], str]) -> None:
    with pytest.raises(TokenRefused) as caught:
        verify_token(home, attack(home))
    assert caught.value.rule == "token_invalid"


def test_an_expired_token_says_so(home: Home) -> None:
    with pytest.raises(TokenRefused) as caught:
        verify_token(home, forged(home, exp=int(time.time()) - 60))
    assert caught.value.rule == "token_expired"


def test_a_changed_token_is_refused(home: Home) -> None:
    head, payload, signature = issue_token(home, uuid4()).split(".")
    other = issue_token(home, uuid4()).split(".")[1]
    with pytest.raises(TokenRefused):
        verify_token(home, f"{head}.{other}.{signature}")
    assert payload != other


def test_a_token_names_the_user_and_nothing_about_them(home: Home) -> None:
    user = uuid4()
    token = issue_token(home, user)
    assert verify_token(home, token) == user
    claims = jwt.decode(token, options={"verify_signature": False})
    assert set(claims) == {"sub", "iss", "aud", "iat", "nbf", "exp", "jti"}
    assert claims["exp"] - claims["iat"] == 12 * 3600


def test_keys_are_private_files_made_on_first_use(home: Home) -> None:
    issue_token(home, uuid4())
    issue_token(home, uuid4())
    (key,) = (home.home / "keys").iterdir()
    assert key.stat().st_mode & 0o777 == 0o600
    assert (home.home / "keys").stat().st_mode & 0o777 == 0o700


def test_the_newest_key_signs_and_older_ones_still_verify(home: Home) -> None:
    old = issue_token(home, uuid4())
    ring = KeyRing(home.home)
    verify_token(ring, old)  # knows the old key only
    kid = "29990101T000000Z-new"
    pem = foreign().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (home.home / "keys" / f"{kid}.pem").write_bytes(pem)
    new = issue_token(home, uuid4())
    assert jwt.get_unverified_header(new)["kid"] == kid
    # A running process looks at once for a key that it does not know.
    verify_token(ring, new)
    verify_token(ring, old)


def test_without_a_token_the_answer_is_401_and_names_the_scheme(
    api: Any, anyone: httpx.Client
) -> None:
    for path in ("company", "input", "input_metrics", "reporting", "metrics"):
        answer = anyone.get(f"/v1/{path}/")
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert answer.json()["errors"][0]["rule"] == "token_missing"
    for value in ("Basic abc", "Bearer", api.token("editor")):
        answer = anyone.get("/v1/company/", headers={"Authorization": value})
        assert answer.status_code == 401
    answer = anyone.get("/v1/company/", headers={"Authorization": "Bearer x.y.z"})
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'


@pytest.mark.parametrize("name", ["email", "username"])
def test_the_right_password_gives_a_token_that_works(
    api: Any, anyone: httpx.Client, name: str
) -> None:
    api.user("viewer")
    answer = anyone.post("/v1/auth/login", json={name: "viewer@example.com", "password": PASSWORD})
    body = answer.json()
    assert (answer.status_code, body["status"], body["code"]) == (200, "success", 200)
    assert (body["data"]["token_type"], body["data"]["expires_in"]) == ("Bearer", 43200)
    assert answer.headers["cache-control"] == "no-store"
    headers = {"Authorization": f"Bearer {body['data']['access_token']}"}
    assert anyone.get("/v1/company/", headers=headers).status_code == 200


def test_wrong_password_and_unknown_user_are_the_same_answer(
    api: Any, anyone: httpx.Client
) -> None:
    api.user("viewer", "known@example.com")
    answers = [
        anyone.post("/v1/auth/login", json={"email": email, "password": "wrong"})
        for email in ("known@example.com", "nobody@example.com")
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["errors"][0]["rule"] == "credentials_wrong"


def test_too_many_wrong_passwords_have_to_wait(api: Any, anyone: httpx.Client) -> None:
    api.user("viewer", "guessed@example.com")
    wrong = {"email": "guessed@example.com", "password": "wrong"}
    statuses = [anyone.post("/v1/auth/login", json=wrong).status_code for _ in range(5)]
    assert statuses == [401] * 5
    answer = anyone.post("/v1/auth/login", json={**wrong, "password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 30


def test_a_change_of_role_acts_on_the_next_request(api: Any, anyone: httpx.Client) -> None:
    user = api.user("editor", "moved@example.com")
    headers = {"Authorization": f"Bearer {api.token('editor', 'moved@example.com')}"}
    body = {"company_id": "moved", "company_name": "Moved", "reporting_currency": "USD"}
    assert anyone.post("/v1/company/", json=body, headers=headers).status_code == 201
    change = "update security.app_user set group_role = 'qb_viewer' where user_id = %s"
    api.run(change, user, login="postgres")
    answer = anyone.post("/v1/company/", json=body, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (403, "role_not_allowed")
    assert anyone.get("/v1/company/", headers=headers).status_code == 200
    end = "update security.app_user set is_active = false where user_id = %s"
    api.run(end, user, login="postgres")
    answer = anyone.get("/v1/company/", headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (401, "token_user_unknown")


def test_passwords_are_argon2id_and_compared_two_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    running, most = 0, 0

    def slow(password_hash: str, password: str) -> bool:
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.02)
        running -= 1
        return True

    async def work() -> None:
        check = passwords.PasswordCheck()
        assert check._nobody.startswith("$argon2id$")
        monkeypatch.setattr(passwords, "_same", slow)
        await asyncio.gather(*(check.matches("hash", "x") for _ in range(8)))
        assert not await check.matches(None, "x")  # even if it matched nobody's
        with pytest.raises(Problem):
            await asyncio.gather(*(check.matches("hash", "x") for _ in range(40)))

    asyncio.run(work())
    assert most == 2


def test_a_hash_matches_its_password_only() -> None:
    stored = passwords.hash_password("one")
    assert passwords._same(stored, "one")
    assert not passwords._same(stored, "two")
    assert not passwords._same("not a hash", "one")


def test_the_issuer_knows_users_by_id(home: Home) -> None:
    assert isinstance(verify_token(home, issue_token(home, str(uuid4()))), UUID)
