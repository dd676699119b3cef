"""Reading the form of the token endpoint by RFC 6749: its own rules, and its own words."""

from __future__ import annotations

import re
from typing import Any

from litestar._openapi.schema_generation import SchemaCreator
from litestar.dto import AbstractDTO
from litestar.openapi.spec import Reference, Schema
from litestar.typing import FieldDefinition
from msgspec import UNSET

from server.schemas.auth import TokenRequest

FORM = "application/x-www-form-urlencoded"
_NEEDED = {"password": ("username", "password"), "refresh_token": ("refresh_token",)}
_LONGEST = {"username": 320, "password": 1024, "refresh_token": 1024, "scope": 1024}
_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*")


class GrantRefused(Exception):  # noqa: N818 (a refusal, not a fault)
    """One of the errors of RFC 6749 5.2."""

    def __init__(self, error: str, description: str) -> None:
        self.error, self.description = error, description
        super().__init__(error)


def read_form(values: dict[str, str | list[str]]) -> TokenRequest:
    """What the form asks for. Unknown parameters are ignored, empty ones are missing (3.2)."""
    known = {name for name in TokenRequest.__struct_fields__ if values.get(name)}
    given = {}
    for name in sorted(known):
        value = values[name]
        if not isinstance(value, str):
            raise GrantRefused("invalid_request", f"{name} is given more than once.")
        if len(value) > _LONGEST.get(name, 200) or "\0" in value:
            raise GrantRefused("invalid_request", f"{name} is not a value this takes.")
        given[name] = value
    if "grant_type" not in given:
        raise GrantRefused("invalid_request", "grant_type is missing.")
    kind = given["grant_type"]
    if kind not in _NEEDED:
        words = "grant_type must be password or refresh_token."
        raise GrantRefused("unsupported_grant_type", words)
    for name in _NEEDED[kind]:
        if name not in given:
            raise GrantRefused("invalid_request", f"{name} is missing.")
    form = TokenRequest(**given)  # type: ignore[arg-type]
    if form.scope is not UNSET and not _SCOPE.fullmatch(form.scope):
        raise GrantRefused("invalid_scope", "scope is not a list of words.")
    return form


class TokenForm(AbstractDTO[TokenRequest]):
    """Hands the parsed form to `read_form`."""

    def decode_builtins(self, value: dict[str, Any]) -> TokenRequest:
        media_type, _, _ = self.asgi_connection.headers.get("content-type", "").partition(";")
        if media_type.strip().lower() != FORM:
            raise GrantRefused("invalid_request", f"The body must be {FORM}.")
        return read_form(value)

    @classmethod
    def create_for_field_definition(cls, *args: Any, **kwargs: Any) -> None:
        """No transfer model: the Struct is the contract."""

    @classmethod
    def create_openapi_schema(
        cls, field_definition: FieldDefinition, handler_id: str, schema_creator: SchemaCreator
    ) -> Reference | Schema:
        return schema_creator.for_field_definition(field_definition)

    @classmethod
    def generate_field_definitions(cls, model_type: type[Any]) -> Any:
        raise NotImplementedError

    @classmethod
    def detect_nested_field(cls, field_definition: FieldDefinition) -> bool:
        return False
