"""Signing keys: published, rotated with overlap, retired; a running API sees it by itself."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import jwt
import pytest

from db.settings import UserError
from server.keys import KeyRing, made_at
from server.tokens import TokenCheck, TokenRefused, issue_token, verify_token
from tests.server.conftest import PASSWORD, Api
from tests.server.supervised import quarterbase

JWKS = "/.well-known/jwks.json"
PUBLIC = {"kty", "crv", "x", "y", "kid", "use", "alg"}


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path)


def kid_of(token: str) -> str:
    return str(jwt.get_unverified_header(token)["kid"])


def test_a_new_key_signs_at_once_and_the_old_one_verifies(ring: KeyRing) -> None:
    user = uuid4()
    old = issue_token(ring, user)
    for _ in range(3):  # within one second, too
        kid = ring.rotate()
        assert kid_of(issue_token(ring, user)) == kid == ring.names()[0]
    assert verify_token(ring, old) == user
    assert len(ring.names()) == 4


def test_another_process_sees_a_rotation_and_a_retirement(ring: KeyRing, tmp_path: Path) -> None:
    user, running = uuid4(), KeyRing(tmp_path)
    old = issue_token(running, user)
    kid = ring.rotate()
    assert kid_of(issue_token(running, user)) == kid
    ring.retire(kid_of(old))
    running._looked_at -= 2  # two seconds later
    with pytest.raises(TokenRefused):
        verify_token(running, old)


def test_a_key_of_the_future_is_still_followed_by_a_later_one(
    ring: KeyRing, tmp_path: Path
) -> None:
    kid = ring.rotate()
    (tmp_path / "keys" / f"{kid}.pem").rename(tmp_path / "keys" / "29990101T000000Z-x.pem")
    following = ring.rotate()
    assert following.startswith("29990101T000001Z-")
    assert ring.names()[0] == following
    (tmp_path / "keys" / f"{following}.pem").rename(tmp_path / "keys" / "zebra.pem")
    assert made_at("zebra") is None
    with pytest.raises(UserError, match="sorts after every date"):
        ring.rotate()


def test_the_signing_key_and_an_unknown_one_are_not_retired(ring: KeyRing) -> None:
    kid = ring.rotate()
    with pytest.raises(UserError, match="rotate"):
        ring.retire(kid)
    for unknown in ("nothing", "../secrets", ""):
        with pytest.raises(UserError, match="There is no key"):
            ring.retire(unknown)


def test_a_file_that_is_no_key_is_left_out(ring: KeyRing, tmp_path: Path) -> None:
    kid = ring.rotate()
    (tmp_path / "keys" / "99990101T000000Z-broken.pem").write_text("not a key")
    assert ring.names() == [kid]


def test_only_public_parts_are_published(ring: KeyRing) -> None:
    kids = [ring.rotate(), ring.rotate()]
    keys = ring.published()["keys"]
    assert [key["kid"] for key in keys] == kids[::-1]
    assert all(set(key) == PUBLIC for key in keys)
    assert {(key["alg"], key["use"], key["crv"]) for key in keys} == {("ES256", "sig", "P-256")}


def test_a_stranger_verifies_a_token_with_the_published_keys(
    api: Api, anyone: httpx.Client
) -> None:
    api.user("viewer")
    body = {"email": "viewer@example.com", "password": PASSWORD}

    def log_in() -> str:
        return str(anyone.post("/v1/auth/login", json=body).json()["data"]["access_token"])

    def verify(token: str) -> Any:
        answer = anyone.get(JWKS)
        assert answer.headers["cache-control"] == "public, max-age=300"
        assert answer.headers["content-type"] == "application/json"
        key = jwt.PyJWKSet.from_dict(answer.json())[kid_of(token)].key
        claims = jwt.decode(
            token, key, algorithms=["ES256"], audience="quarterbase-api", issuer="quarterbase"
        )
        return claims["sub"]

    old = log_in()
    assert verify(old) == str(api.user("viewer"))
    rotated = quarterbase("keys", "rotate", home=api.home).stdout.split()[0]
    new = log_in()  # no restart
    assert kid_of(new) == rotated != kid_of(old)
    assert verify(new) == verify(old)
    for token in (old, new):
        headers = {"Authorization": f"Bearer {token}"}
        assert anyone.get("/v1/company/", headers=headers).status_code == 200
    assert quarterbase("keys", "retire", kid_of(old), home=api.home).returncode == 0
    deadline = time.monotonic() + 5
    headers = {"Authorization": f"Bearer {old}"}
    while anyone.get("/v1/company/", headers=headers).status_code != 401:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert kid_of(old) not in anyone.get(JWKS).text


def test_the_commands_say_what_they_did(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert quarterbase("keys", "list", home=home).stdout == ""
    first = quarterbase("keys", "rotate", home=home).stdout.split()[0]
    second = quarterbase("keys", "rotate", home=home).stdout.split()[0]
    lines = quarterbase("keys", "list", home=home).stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [[second, "signs"], [first, "verifies"]]
    refused = quarterbase("keys", "retire", second, home=home)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"quarterbase: {second} signs the tokens of today")
    assert quarterbase("keys", "retire", first, home=home).returncode == 0
    assert len(quarterbase("keys", "list", home=home).stdout.splitlines()) == 1
    modes = [path.stat().st_mode & 0o777 for path in (home / "keys").iterdir()]
    assert modes == [0o600]


def test_a_remembered_token_ends_with_its_key_and_its_hour(
    ring: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, running = uuid4(), KeyRing(tmp_path)
    token = issue_token(running, user)
    check = TokenCheck(running, most=2)
    for _ in range(3):
        assert check.verify(token) == user
    with pytest.raises(TokenRefused):
        check.verify(token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB"))
    with monkeypatch.context() as later:
        clock = time.time
        later.setattr(time, "time", lambda: clock() + 13 * 3600)
        assert running.verifying(kid_of(token))
        # PyJWT has a clock of its own, which does not know of the leap: what is remembered is
        # forgotten, the signature computed anew.
        assert check.verify(token) == user
        assert len(check._known) == 1
    others = [issue_token(running, uuid4()) for _ in range(3)]
    assert len({check.verify(other) for other in others}) == 3
    assert len(check._known) == 2
    assert check.verify(token) == user
    ring.rotate()
    ring.retire(kid_of(token))
    running._looked_at -= 2  # two seconds later
    with pytest.raises(TokenRefused):
        check.verify(token)
