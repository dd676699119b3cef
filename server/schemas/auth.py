"""Shapes of the login and of the token endpoint."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

Name = Annotated[str, Meta(min_length=1, max_length=320)]


class Login(Struct, frozen=True, forbid_unknown_fields=True):
    """Credentials; `username` is another word for `email`."""

    password: Annotated[str, Meta(min_length=1, max_length=1024)]
    email: Name | UnsetType = UNSET
    username: Name | UnsetType = UNSET


class Token(Struct, frozen=True, forbid_unknown_fields=True):
    """A bearer token; `expires_in` is in seconds. The refresh token is good for one exchange at
    /v1/auth/token within 30 days."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    refresh_token: str


class TokenRequest(Struct, frozen=True, kw_only=True):
    """RFC 6749: a password (4.3) or a refresh token (6) for tokens. `client_id` is not looked at:
    there are no registered clients."""

    grant_type: Literal["password", "refresh_token"]
    username: str | UnsetType = UNSET
    password: str | UnsetType = UNSET
    refresh_token: str | UnsetType = UNSET
    scope: str | UnsetType = UNSET
    client_id: str | UnsetType = UNSET


class GrantedToken(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """RFC 6749 5.1. `scope` is what was asked for; rights follow the user's role alone."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    refresh_token: str
    scope: str | UnsetType = UNSET


class TokenError(Struct, frozen=True, forbid_unknown_fields=True):
    """RFC 6749 5.2."""

    error: Literal[
        "invalid_request",
        "invalid_grant",
        "invalid_scope",
        "unsupported_grant_type",
        "temporarily_unavailable",
        "server_error",
    ]
    error_description: str
