"""How the routes describe themselves in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from litestar._openapi.schema_generation import SchemaCreator
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Components,
    Example,
    OAuthFlow,
    OAuthFlows,
    OpenAPIFormat,
    OpenAPIHeader,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    Schema,
    SecurityScheme,
)
from litestar.openapi.spec.base import BaseSchemaObject
from litestar.plugins import OpenAPISchemaPlugin
from litestar.typing import FieldDefinition
from litestar.utils.typing import make_non_optional_union

from server.errors import STATUSES, ErrorEnvelope
from server.schemas.values import PLAIN_DECIMAL, Day, Money
from server.words.document import Described

TOKEN_URL = "/v1/auth/token"  # noqa: S105 (an address)
READ_ERRORS = (400, 401, 403, 500, 503, 504)
RECORD_ERRORS = (400, 401, 403, 404, 500, 503, 504)
WRITE_ERRORS = (400, 401, 403, 409, 413, 415, 422, 500, 503, 504)
UPDATE_ERRORS = (*WRITE_ERRORS, 404, 412)
DELETE_ERRORS = (400, 401, 403, 404, 409, 412, 413, 422, 500, 503, 504)


@dataclass
class Versioned(Described):
    """An operation whose good answers show one record and carry its ETag: `operation_class`."""

    def __post_init__(self) -> None:
        super().__post_init__()
        for status, response in (self.responses or {}).items():
            if status < "300" and isinstance(response, OpenAPIResponse):
                text = "Version of the record, in quotes; send it back as If-Match."
                tag = OpenAPIHeader(schema=Schema(type=OpenAPIType.STRING), description=text)
                response.headers = {**(response.headers or {}), "ETag": tag}


@dataclass
class Open(Operation):
    """An operation that asks for no token: `operation_class`. Litestar drops an empty list."""

    def __post_init__(self) -> None:
        self.security = []


def openapi_config() -> OpenAPIConfig:
    bearer = SecurityScheme(type="http", scheme="bearer", bearer_format="JWT")
    password = SecurityScheme(
        type="oauth2",
        description="E-mail and password; client id and secret stay empty.",
        flows=OAuthFlows(password=OAuthFlow(token_url=TOKEN_URL, refresh_url=TOKEN_URL, scopes={})),
    )
    return OpenAPIConfig(
        title="Quarterbase",
        version="1",
        description="Portfolio and fund reporting. Log in at /v1/auth/login, then send the token.",
        path="/schema",
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        components=Components(security_schemes={"bearer": bearer, "password": password}),
        security=[{"bearer": []}, {"password": []}],
        operation_id_creator=_operation_id,
    )


def _operation_id(handler: HTTPRouteHandler, method: str, path: Sequence[Any]) -> str:
    """The handler's name; the founding document's second name for /input needs an id of its own."""
    return handler.handler_name + ("_alias" if "input_metrics" in path else "")


class ValueSchemas(OpenAPISchemaPlugin):
    """Describes the values of `server.schemas.values`, and the decimals of answers."""

    @staticmethod
    def is_plugin_supported_type(value: Any) -> bool:
        return value in (Money, Day, Decimal)

    def to_openapi_schema(
        self, field_definition: FieldDefinition, schema_creator: SchemaCreator
    ) -> Schema:
        if field_definition.annotation is Day:
            return Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.DATE)
        if field_definition.annotation is Decimal:  # of an answer: PostgreSQL writes a JSON number
            return Schema(type=OpenAPIType.NUMBER)
        return Schema(
            one_of=[
                Schema(type=OpenAPIType.NUMBER, exclusive_minimum=-1e15, exclusive_maximum=1e15),
                Schema(type=OpenAPIType.STRING, pattern=f"^{PLAIN_DECIMAL}$"),
            ],
            description="A number or a plain decimal string; below 1e15 in size, kept exactly.",
        )


class ChoiceSchemas(OpenAPISchemaPlugin):
    """One of some words or null: Litestar puts null among the words, and generated clients get an
    enumeration for each way to read that."""

    @staticmethod
    def is_plugin_supported_type(value: Any) -> bool:
        kinds = get_args(value)
        words = [kind for kind in kinds if kind is not type(None)]
        return len(kinds) > len(words) > 0 and all(get_origin(kind) is Literal for kind in words)

    def to_openapi_schema(
        self, field_definition: FieldDefinition, schema_creator: SchemaCreator
    ) -> Schema:
        words: Any = make_non_optional_union(field_definition.annotation)
        choice = schema_creator.for_field_definition(FieldDefinition.from_annotation(words))
        return Schema(one_of=[choice, Schema(type=OpenAPIType.NULL)])


class _Verbatim(BaseSchemaObject):
    """Litestar leaves nulls out of examples; in our answers null is a value."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def to_schema(self) -> Any:
        return self._value


def example(value: Mapping[str, Any]) -> Example:
    return Example(value=_Verbatim(value))


def documents(
    good: Mapping[int, Any], answer: Mapping[str, Any], *errors: int
) -> dict[int, ResponseSpec]:
    """The statuses of one operation: typed good answers and the refusals it can give."""
    described = {
        status: _response(shape, "Success.", {**answer, "code": status})
        for status, shape in good.items()
    }
    return described | {status: _refusal(status) for status in errors}


def _refusal(status: int) -> ResponseSpec:
    rule, message = STATUSES[status]
    error = {"field": None, "rule": rule, "message": message, "hint": None}
    body = {"status": "error", "code": status, "message": message, "errors": [error]}
    return _response(ErrorEnvelope, message, body)


def _response(shape: Any, description: str, value: Mapping[str, Any]) -> ResponseSpec:
    return ResponseSpec(
        data_container=shape,
        description=description,
        generate_examples=False,
        examples=[example(value)],
    )
