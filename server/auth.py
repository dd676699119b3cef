"""Who is asking: the bearer token of a request, and the login that hands one out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from server.db import Database
from server.errors import FieldError, Problem
from server.oidc import Provider, unverified_issuer
from server.schemas.auth import GrantedToken, Token, TokenRequest
from server.tokens import (
    ISSUER,
    LIFETIME_SECONDS,
    TokenCheck,
    TokenRefused,
    issue_token,
    new_refresh_token,
    refresh_token_hash,
)

OPEN_ROUTE = "open_route"
"""Mark of a route that needs no token: `opt={OPEN_ROUTE: True}`."""


class BearerToken(AbstractAuthenticationMiddleware):
    """Turns `Authorization: Bearer …` into `request.user`, a user id or an `ExternalUser`. The
    role is not its business: the database looks it up in the request's own transaction."""

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        scheme, _, token = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Problem(401)
        try:
            user = await _user(connection.app.state, token.strip())
        except TokenRefused as refused:
            hint = "Log in again at /v1/auth/login, or at your identity provider."
            raise Problem(401, FieldError(None, refused.rule, refused.message, hint)) from None
        return AuthenticationResult(user=user, auth=None)


async def _user(state: State, token: str) -> UUID:
    provider: Provider | None = state.provider
    if provider is None or unverified_issuer(token) in (ISSUER, None):
        tokens: TokenCheck = state.tokens
        return tokens.verify(token)
    return await provider.verify(token)


async def log_in(db: Database, state: State, email: str, password: str) -> Token:
    """Tokens for the right password. Wrong password and unknown user are one answer, equally
    slow, and both have to wait after the fifth attempt.

    Raises `Problem`: 401 `credentials_wrong`, 429 `login_locked` after too many wrong ones.
    """
    found = await db.find_login(email)
    if found.retry_after_seconds > 0:
        raise _locked(found.retry_after_seconds)
    matches = await state.passwords.matches(found.password_hash, password)
    if (wait := await db.record_login(email, matches)) > 0:
        raise _locked(wait)
    refresh = new_refresh_token()
    if (
        found.user_id is None
        or not matches
        # It may have become wrong while it was compared.
        or not await db.issue_refresh_token(found.user_id, refresh.hash, found.password_hash)
    ):
        message = "The e-mail or the password is wrong."
        raise Problem(401, FieldError(None, "credentials_wrong", message))
    return _token(state, found.user_id, refresh.secret)


async def refresh(db: Database, state: State, refresh_token: str) -> Token:
    """New tokens for a refresh token, which is spent by that.

    Raises `Problem` 401 `refresh_token_refused`: unknown, expired, of an inactive user, or used
    before, which ends all tokens of that login.
    """
    following = new_refresh_token()
    user_id = await db.use_refresh_token(refresh_token_hash(refresh_token), following.hash)
    if user_id is None:
        message = "The refresh token is not valid, or no longer: log in again."
        raise Problem(401, FieldError("refresh_token", "refresh_token_refused", message))
    return _token(state, user_id, following.secret)


async def grant(db: Database, state: State, form: TokenRequest) -> GrantedToken:
    """Tokens by RFC 6749, whichever of the two ways the form asks for."""
    if form.grant_type == "password":
        given = await log_in(db, state, form.username or "", form.password or "")
    else:
        given = await refresh(db, state, form.refresh_token or "")
    return GrantedToken(**msgspec.structs.asdict(given), scope=form.scope)


def _token(state: State, user_id: UUID, refresh_token: str) -> Token:
    access_token = issue_token(state.key_ring, user_id)
    return Token(access_token, "Bearer", LIFETIME_SECONDS, refresh_token)


def _locked(wait: int) -> Problem:
    message = f"Too many wrong passwords; try again in {wait} seconds."
    return Problem(
        429, FieldError(None, "login_locked", message), headers={"Retry-After": str(wait)}
    )
