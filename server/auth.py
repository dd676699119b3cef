"""Who is asking: the bearer token of a request, and the login that hands one out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar.connection import ASGIConnection
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from server.db import Database
from server.errors import FieldError, Problem
from server.passwords import PasswordCheck
from server.tokens import KeyRing, TokenRefused, issue_token, verify_token

OPEN_ROUTE = "open_route"
"""Mark of a route that needs no token: `opt={OPEN_ROUTE: True}`."""

_NOBODY = UUID(int=0)


class BearerToken(AbstractAuthenticationMiddleware):
    """Turns `Authorization: Bearer …` into `request.user`, a user id. The role is not its business:
    the database looks it up in the request's own transaction."""

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        scheme, _, token = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Problem(401)
        try:
            user_id = verify_token(connection.app.state.key_ring, token.strip())
        except TokenRefused as refused:
            hint = "Log in again at /v1/auth/login."
            raise Problem(401, FieldError(None, refused.rule, refused.message, hint)) from None
        return AuthenticationResult(user=user_id, auth=None)


async def log_in(
    db: Database, passwords: PasswordCheck, keys: KeyRing, email: str, password: str
) -> str:
    """A token for the right password. Wrong password and unknown user are one answer, equally slow.

    Raises `Problem`: 401 `credentials_wrong`, 429 `login_locked` after too many wrong ones.
    """
    found = await db.find_login(email)
    if found is not None and found.retry_after_seconds > 0:
        wait = found.retry_after_seconds
        message = f"Too many wrong passwords; try again in {wait} seconds."
        raise Problem(
            429, FieldError(None, "login_locked", message), headers={"Retry-After": str(wait)}
        )
    matches = await passwords.matches(found.password_hash if found else None, password)
    await db.record_login(found.user_id if found else _NOBODY, matches)
    if found is None or not matches:
        message = "The e-mail or the password is wrong."
        raise Problem(401, FieldError(None, "credentials_wrong", message))
    return issue_token(keys, found.user_id)
