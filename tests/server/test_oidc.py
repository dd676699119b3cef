"""Tokens of an OpenID Connect provider at our door: who comes in, and every way to be refused."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from db.settings import UserError
from server.config import ApiConfig
from server.oidc import is_id_token
from tests.server.conftest import NO_AUTHORITIES, Api, start_api, stop_api
from tests.server.identity_provider import AUDIENCE, IdentityProvider, public_jwk, rsa_key

MAP = (
    "insert into security.claim_role (issuer, claim, value, group_role)"
    " values (%s, 'roles', %s, %s) on conflict do nothing"
)


@pytest.fixture(scope="module")
def provider() -> Iterator[IdentityProvider]:
    with IdentityProvider() as running:
        yield running


@contextmanager
def door_for(api: Api, provider: IdentityProvider, home: Path) -> Iterator[Api]:
    """An API that trusts this provider, in front of the shared database."""
    running = start_api(
        api.dsn,
        home,
        QUARTERBASE_OIDC_ISSUER=provider.issuer,
        QUARTERBASE_OIDC_AUDIENCE=AUDIENCE,
    )
    running.users = api.users
    try:
        yield running
    finally:
        stop_api(running)


@pytest.fixture(scope="module")
def door(
    api: Api, provider: IdentityProvider, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Api]:
    for value, role in (("Quarterbase.Editor", "qb_editor"), ("Quarterbase.Viewer", "qb_viewer")):
        api.run(MAP, provider.issuer, value, role)
    with door_for(api, provider, tmp_path_factory.mktemp("oidc")) as running:
        yield running


def ask(door: Api, token: str, method: str = "GET", **more: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.request(
        method,
        f"{door.url}/v1/company/",
        headers=headers,
        timeout=20,
        verify=NO_AUTHORITIES,
        **more,
    )


def rule(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["rule"]


def encoded(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def test_a_token_of_the_provider_works_and_its_role_is_here(
    door: Api, provider: IdentityProvider
) -> None:
    body = {"company_id": "external", "company_name": "X", "reporting_currency": "USD"}
    answer = ask(door, provider.token(), "POST", json=body)
    assert answer.status_code == 201
    assert answer.json()["data"]["created_by"] == "Erin External"
    viewer = provider.token(roles=["Quarterbase.Viewer"])
    assert ask(door, viewer).status_code == 200
    assert rule(ask(door, viewer, "POST", json=body)) == (403, "role_not_allowed")
    nobody = provider.token(roles=["Something.Else"])
    assert rule(ask(door, nobody)) == (403, "external_identity_has_no_role")
    stranger = provider.token(sub="subject-2", roles=[])
    assert rule(ask(door, stranger)) == (403, "external_identity_has_no_role")


def test_our_own_tokens_work_beside_it(door: Api) -> None:
    assert ask(door, door.token("viewer")).status_code == 200


def test_without_the_settings_no_provider_is_trusted(api: Api, provider: IdentityProvider) -> None:
    assert rule(ask(api, provider.token())) == (401, "token_invalid")


def test_writes_of_an_external_user_can_be_sent_again(
    door: Api, provider: IdentityProvider
) -> None:
    headers = {"Authorization": f"Bearer {provider.token()}", "Idempotency-Key": "external-1"}
    body = {"company_id": "external-2", "company_name": "X", "reporting_currency": "USD"}
    url = f"{door.url}/v1/company/"
    first, second = (httpx.post(url, headers=headers, json=body) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content


def unsigned(p: IdentityProvider) -> str:
    return f"{encoded({'alg': 'none', 'kid': 'key-1'})}.{p.token().split('.')[1]}."


def signed_with_public_key(p: IdentityProvider) -> str:
    """HS256 with the public key as the secret: what a library falls for that lets tokens choose."""
    pem = (
        p.keys["key-1"]
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    signed = f"{encoded({'alg': 'HS256', 'kid': 'key-1'})}.{p.token().split('.')[1]}"
    mac = base64.urlsafe_b64encode(hmac.digest(pem, signed.encode(), hashlib.sha256))
    return f"{signed}.{mac.rstrip(b'=').decode()}"


def elsewhere(p: IdentityProvider, tenant: str) -> str:
    return p.issuer.replace("tenant-1", tenant)


FOREIGN = rsa_key()
Attack = Callable[[IdentityProvider], str]
ATTACKS: dict[str, Attack] = {
    "no algorithm": unsigned,
    "the public key as a secret": signed_with_public_key,
    "another algorithm of the right key": lambda p: p.token(algorithm="RS512"),
    "PSS instead of PKCS1": lambda p: p.token(algorithm="PS256"),
    "another audience": lambda p: p.token(aud="api://another"),
    "no audience": lambda p: p.token(drop="aud"),
    "another issuer": lambda p: p.token(iss="https://accounts.example.com"),
    "no issuer": lambda p: p.token(drop="iss"),
    "another tenant": lambda p: p.token(iss=elsewhere(p, "tenant-2"), tid="tenant-2"),
    "our own issuer": lambda p: p.token(iss="quarterbase", aud="quarterbase-api"),
    "not yet valid": lambda p: p.token(nbf=int(time.time()) + 600),
    "issued in the future": lambda p: p.token(iat=int(time.time()) + 600),
    "no start": lambda p: p.token(drop="nbf"),
    "no expiry": lambda p: p.token(drop="exp"),
    "no issue time": lambda p: p.token(drop="iat"),
    "no subject": lambda p: p.token(drop="sub"),
    "an empty subject": lambda p: p.token(sub=""),
    "an endless subject": lambda p: p.token(sub="s" * 256),
    "an unknown key id": lambda p: p.token(kid="key-9", key=FOREIGN),
    "a foreign key under a known id": lambda p: p.token(key=FOREIGN),
    "no key id": lambda p: p.token(kid=None),
    "jku": lambda p: p.token(headers={"jku": f"{p.origin}/attacker"}),
    "jku and a foreign key": lambda p: p.token(
        kid="evil", key=FOREIGN, headers={"jku": f"{p.origin}/attacker"}
    ),
    "x5u": lambda p: p.token(key=FOREIGN, headers={"x5u": f"{p.origin}/attacker"}),
    "jwk and a foreign key": lambda p: p.token(
        key=FOREIGN, headers={"jwk": public_jwk("key-1", FOREIGN)}
    ),
    "a critical header": lambda p: p.token(headers={"crit": ["x"], "x": 1}),
    "an id token by its type": lambda p: p.token(headers={"typ": "id_token+jwt"}),
    "a logout token": lambda p: p.token(headers={"typ": "logout+jwt"}),
    "an expiry beyond all dates": lambda p: p.token(exp=float("inf")),
    "an expiry that is no number": lambda p: p.token(exp="tomorrow"),
    "a deep header": lambda p: (
        base64.urlsafe_b64encode(b'{"a":' + b"[" * 20_000).rstrip(b"=").decode() + ".e30.e30"
    ),
    "a deep payload": lambda p: (
        "e30." + base64.urlsafe_b64encode(b'{"a":' + b"[" * 20_000).rstrip(b"=").decode() + ".e30"
    ),
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_forged_tokens_are_refused(door: Api, provider: IdentityProvider, attack: Attack) -> None:
    assert ask(door, provider.token()).status_code == 200
    assert rule(ask(door, attack(provider))) == (401, "token_invalid")
    assert provider.asked["attacker"] == 0


def test_an_expired_token_says_so(door: Api, provider: IdentityProvider) -> None:
    expired = provider.token(exp=int(time.time()) - 60)
    assert rule(ask(door, expired)) == (401, "token_expired")


ID_TOKENS: dict[str, Attack] = {
    "nonce": lambda p: p.token(nonce="n"),
    "at_hash": lambda p: p.token(at_hash="h"),
    "c_hash": lambda p: p.token(c_hash="h"),
    "Keycloak": lambda p: p.token(typ="ID"),
    "Entra ID": lambda p: p.token(scp=None, drop="azp"),
}


@pytest.mark.parametrize("attack", ID_TOKENS.values(), ids=ID_TOKENS.keys())
def test_an_id_token_opens_nothing(door: Api, provider: IdentityProvider, attack: Attack) -> None:
    assert rule(ask(door, attack(provider))) == (401, "token_is_id_token")


@pytest.mark.parametrize(
    ("claims", "refused"),
    [
        ({"sub": "s"}, False),
        ({"sub": "s", "scope": "a"}, False),
        ({"ver": "2.0", "tid": "t", "scp": "use"}, False),
        ({"ver": "2.0", "tid": "t", "roles": ["R"], "azp": "client"}, False),
        ({"ver": "1.0", "tid": "t", "roles": ["R"], "appid": "client"}, False),
        ({"ver": "2.0", "tid": "t", "roles": ["R"]}, True),  # an id token of an app with app roles
        ({"ver": "2.0", "tid": "t"}, True),
        ({"scp": "use", "nonce": "n"}, True),
        ({"typ": "ID"}, True),
        ({"typ": "Bearer"}, False),
    ],
)
def test_id_tokens_are_told_by_their_claims(claims: dict[str, Any], refused: bool) -> None:
    assert is_id_token(claims) is refused


def test_a_rotated_or_elliptic_key_works_from_the_start(api: Api, tmp_path: Path) -> None:
    with IdentityProvider("tenant-ec") as provider:
        provider.keys["key-ec"] = ec.generate_private_key(ec.SECP256R1())
        api.run(MAP, provider.issuer, "Quarterbase.Editor", "qb_editor")
        with door_for(api, provider, tmp_path) as door:
            assert ask(door, provider.token(kid="key-ec")).status_code == 200
            assert ask(door, provider.token()).status_code == 200


def test_the_provider_is_away(api: Api, tmp_path: Path) -> None:
    """Keys at hand go on working; a door that has none yet says so, and is fine again later."""
    with IdentityProvider("tenant-away") as provider:
        api.run(MAP, provider.issuer, "Quarterbase.Editor", "qb_editor")
        provider.broken = "500"
        with door_for(api, provider, tmp_path) as door:
            answer = ask(door, provider.token())
            assert rule(answer) == (503, "identity_provider_unavailable")
            assert int(answer.headers["retry-after"]) > 0
            assert ask(door, door.token("viewer")).status_code == 200
            provider.broken = ""
            time.sleep(3.1)
            assert ask(door, provider.token()).status_code == 200
            provider.stop()
            assert ask(door, provider.token(sub="later")).status_code == 200
            assert ask(door, provider.token(kid="new", key=FOREIGN)).status_code == 401


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"QUARTERBASE_OIDC_ISSUER": "https://a.example"}, "belong together"),
        ({"QUARTERBASE_OIDC_AUDIENCE": "x"}, "belong together"),
        *(
            ({"QUARTERBASE_OIDC_ISSUER": issuer, "QUARTERBASE_OIDC_AUDIENCE": "x"}, "https")
            for issuer in (
                "http://a.example",
                "a.example",
                "https://",
                "https://u:p@a.example",
                "https://a.example/?x",
                "https://a.example/#x",
                "https://a.example:port",
                "http://127.0.0.1.example.com",
                "file:///etc/passwd",
            )
        ),
    ],
)
def test_settings_that_would_not_be_safe_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], words: str
) -> None:
    monkeypatch.setenv("QUARTERBASE_API_DSN", "postgresql://x@127.0.0.1/x")
    monkeypatch.setenv("QUARTERBASE_HOME", str(tmp_path))
    with pytest.raises(UserError, match=words):
        ApiConfig.from_environment(environment)
