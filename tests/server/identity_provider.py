"""An OpenID Connect provider on loopback, with a key of its own, that can be made to fail."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

AUDIENCE = "api://quarterbase"
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


class IdentityProvider:
    """Four endpoints: discovery, keys, tokens, and keys of an attacker, whom nobody should ask.

    `broken` is how it fails: "" (works), "500", "html", "large", "hang", "redirect", or a change
    of the discovery document as a dictionary.
    """

    def __init__(self, tenant: str = "tenant-1") -> None:
        self.keys: dict[str, Key] = {"key-1": rsa_key()}
        self.listed: list[dict[str, Any]] = []  # besides those
        self.broken: str | dict[str, Any] = ""
        self.asked: Counter[str] = Counter()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider._answer(self)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self.issuer = f"{self.origin}/{tenant}/v2.0"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def token(
        self,
        *,
        kid: str | None = "key-1",
        key: Any = None,
        algorithm: str = "",
        headers: dict[str, Any] | None = None,
        drop: str = "",
        **claims: Any,
    ) -> str:
        """An access token as Entra ID makes them, except for what is said."""
        now = int(time.time())
        good = {
            "iss": self.issuer, "aud": AUDIENCE, "sub": "subject-1", "iat": now, "nbf": now,
            "exp": now + 600, "ver": "2.0", "tid": "tenant-1", "azp": "client", "scp": "use",
            "roles": ["Quarterbase.Editor"], "name": "Erin External",
        }  # fmt: skip
        payload = {name: value for name, value in (good | claims).items() if name != drop}
        signer = key or self.keys[kid or "key-1"]
        algorithm = algorithm or ("RS256" if isinstance(signer, rsa.RSAPrivateKey) else "ES256")
        known = {"kid": kid} if kid else {}
        return jwt.encode(payload, signer, algorithm, headers=known | (headers or {}))

    def jwks(self) -> dict[str, Any]:
        return {"keys": [public_jwk(kid, key) for kid, key in self.keys.items()] + self.listed}

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        path = request.path
        self.asked[path.rpartition("/")[2]] += 1
        document = {
            "issuer": self.issuer,
            "jwks_uri": f"{self.origin}/keys",
            "token_endpoint": f"{self.origin}/token",
        }
        if isinstance(self.broken, dict):
            document |= self.broken
        answers: dict[str, Callable[[], Any]] = {
            f"{self.issuer.removeprefix(self.origin)}/.well-known/openid-configuration": (
                lambda: document
            ),
            "/keys": self.jwks,
            "/token": lambda: {"access_token": self.token(), "token_type": "Bearer"},
            "/attacker": lambda: {"keys": []},
        }
        status, body = (200, json.dumps(answers[path]())) if path in answers else (404, "{}")
        headers = {"Content-Type": "application/json"}
        if self.broken == "500":
            status = 500
        elif self.broken == "html":
            body = "<html>sign in</html>"
        elif self.broken == "large":
            body = json.dumps({"issuer": self.issuer, "x": "x" * 2_000_000})
        elif self.broken == "deep":
            body = "[" * 200_000
        elif self.broken == "hang":
            time.sleep(30)
        elif self.broken == "redirect":
            status, headers = 302, {"Location": f"{self.origin}/attacker"}
        try:
            request.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(body.encode())
        except OSError:
            pass  # the other side has seen enough


def public_jwk(kid: str, key: Key) -> dict[str, Any]:
    public = key.public_key()
    jwk = (
        RSAAlgorithm.to_jwk(public, as_dict=True)
        if isinstance(public, rsa.RSAPublicKey)
        else ECAlgorithm.to_jwk(public, as_dict=True)
    )
    return {**jwk, "kid": kid, "use": "sig"}
