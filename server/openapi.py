"""How the routes describe themselves in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from litestar._openapi.schema_generation import SchemaCreator
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Components,
    Example,
    OpenAPIFormat,
    OpenAPIType,
    Schema,
    SecurityScheme,
)
from litestar.openapi.spec.base import BaseSchemaObject
from litestar.plugins import OpenAPISchemaPlugin
from litestar.typing import FieldDefinition

from server.errors import STATUSES, ErrorEnvelope
from server.schemas.values import PLAIN_DECIMAL, Day, Money

READ_ERRORS = (400, 401, 403, 500, 503, 504)
WRITE_ERRORS = (400, 401, 403, 409, 413, 415, 500, 503, 504)


def openapi_config() -> OpenAPIConfig:
    bearer = SecurityScheme(type="http", scheme="bearer", bearer_format="JWT")
    return OpenAPIConfig(
        title="Quarterbase",
        version="1",
        description="Portfolio and fund reporting. Log in at /v1/auth/login, then send the token.",
        path="/schema",
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        components=Components(security_schemes={"bearer": bearer}),
        security=[{"bearer": []}],
        operation_id_creator=_operation_id,
    )


def _operation_id(handler: HTTPRouteHandler, method: str, path: Sequence[Any]) -> str:
    """The handler's name; the founding document's second name for /input needs an id of its own."""
    return handler.handler_name + ("_alias" if path[-1] == "input_metrics" else "")


class ValueSchemas(OpenAPISchemaPlugin):
    """Describes the values of `server.schemas.values`."""

    @staticmethod
    def is_plugin_supported_type(value: Any) -> bool:
        return value in (Money, Day)

    def to_openapi_schema(
        self, field_definition: FieldDefinition, schema_creator: SchemaCreator
    ) -> Schema:
        if field_definition.annotation is Day:
            return Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.DATE)
        return Schema(
            one_of=[
                Schema(type=OpenAPIType.NUMBER),
                Schema(type=OpenAPIType.STRING, pattern=f"^{PLAIN_DECIMAL}$"),
            ],
            description="A number or a plain decimal string; below 1e15 in size, kept exactly.",
        )


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
