"""Shapes of the login."""

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
    """A bearer token; `expires_in` is in seconds."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
