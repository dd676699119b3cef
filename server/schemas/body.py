"""Reading a JSON body into a Struct: strictly, exactly, and naming every field that is wrong."""

from __future__ import annotations

import re
from collections.abc import Hashable
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, cast

import msgspec
from litestar._openapi.schema_generation import SchemaCreator
from litestar.dto import AbstractDTO
from litestar.openapi.spec import Reference, Schema
from litestar.typing import FieldDefinition

from server.errors import FieldError, Problem
from server.schemas.values import dec_hook, enc_hook

# Nesting beyond the parser's stack and bytes that are no UTF-8 have errors of their own.
_MALFORMED = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)
T = TypeVar("T", bound=msgspec.Struct)
_PATH = re.compile(r" - at `\$\.?(?P<path>.*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<field>.*?)`(?: - at `\$[^`]*`)?$")
_WRONG_TYPE = re.compile(r"Expected `[^`]*`, got `")
_MISSING = re.compile(r"Object missing required field `(?P<field>[^`]*)`")


@cache
def _decoder(kind: Hashable) -> msgspec.json.Decoder[Any]:
    # float_hook keeps a JSON number as its digits until dec_hook has looked at it.
    return msgspec.json.Decoder(kind, dec_hook=dec_hook, float_hook=Decimal)


_anything = msgspec.json.Decoder(float_hook=Decimal)
_encoder = msgspec.json.Encoder(decimal_format="number", enc_hook=enc_hook)


def decode(body: bytes, kind: type[T]) -> T:
    """Raises `Problem` 400 with one entry for every field that is wrong."""
    try:
        return cast(T, _decoder(kind).decode(body))
    except msgspec.ValidationError as error:
        raise Problem(400, *_every_problem(body, kind, error)) from None
    except _MALFORMED as error:
        raise Problem(400, _malformed(error)) from None


def encode(value: object) -> str:
    """JSON text for a jsonb argument; fields that were absent stay absent, null stays null."""
    return _encoder.encode(value).decode()


def _every_problem(
    body: bytes, kind: type[Any], first: msgspec.ValidationError
) -> list[FieldError]:
    """The decoder stops at the first error; a form wants all of them. Only runs on a refusal."""
    try:
        _anything.decode(body)  # the first wrong field may stand before what is no JSON at all
        given = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except msgspec.ValidationError:
        return [_field_error(first)]
    except _MALFORMED as error:
        return [_malformed(error)]
    found = []
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for name, field in fields.items():
        try:
            if name in given:
                _decoder(field.type).decode(given[name])
            elif field.required:
                found.append(FieldError(name, "required", f"{name} is required."))
        except msgspec.ValidationError as error:
            found.append(_field_error(error, name))
    for name in given.keys() - fields.keys():
        found.append(unknown_field(name, fields))
    return found or [_field_error(first)]


def _malformed(error: Exception) -> FieldError:
    text = {RecursionError: "nested too deeply", UnicodeDecodeError: "not UTF-8"}
    reason = text.get(type(error), str(error))
    return FieldError(None, "invalid_json", f"The body is not valid JSON: {reason}.")


def _field_error(error: msgspec.ValidationError, name: str = "") -> FieldError:
    text = str(error)
    inner = match["path"] if (match := _PATH.search(text)) else ""
    path = f"{name}{inner}" if inner[:1] == "[" else ".".join(filter(None, (name, inner)))
    message = f"{_PATH.sub('', text)}."
    if match := _UNKNOWN.match(text) or _MISSING.match(text):
        path = ".".join(part for part in (path, match["field"]) if part)
    return FieldError(path or None, _rule(text), message)


def _rule(text: str) -> str:
    if _UNKNOWN.match(text):
        return "unknown_field"
    if _MISSING.match(text):
        return "required"
    return "invalid_type" if _WRONG_TYPE.match(text) else "invalid_value"


def unknown_field(name: str, known: Any) -> FieldError:
    hint = f"Known here: {', '.join(sorted(known))}." if known else None
    return FieldError(name[:100], "unknown_field", f"{name[:100]} is not known here.", hint)


class JsonBody(AbstractDTO[T]):
    """Hands the raw bytes to `decode`. Litestar's own way parses numbers into floats first."""

    def decode_bytes(self, value: bytes) -> T:
        media_type, _, _ = self.asgi_connection.headers.get("content-type", "").partition(";")
        if media_type.strip().lower() != "application/json":
            hint = "Send the header Content-Type: application/json."
            text = "The request body must be application/json."
            raise Problem(415, FieldError(None, "unsupported_media_type", text, hint))
        return decode(value, self.model_type)

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
