"""Puts the words into the OpenAPI document: schemas by their Struct, operations by their id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_origin

from litestar._openapi.schema_generation import SchemaCreator
from litestar._openapi.schema_generation.plugins.struct import StructSchemaPlugin
from litestar.openapi.spec import Operation, Parameter, Reference, Schema
from litestar.typing import FieldDefinition

from server.words import fund_event, fund_line, fund_record, fund_request, fund_terms, ledger
from server.words.reads import READS
from server.words.shared import FIELDS, PARAMETERS
from server.words.writes import WRITES

ROOMS = (fund_terms, fund_request, fund_event, fund_line, fund_record, ledger)
WORDS: dict[type, dict[str, str]] = {
    shape: words for room in ROOMS for shape, words in room.WORDS.items()
}
OPERATIONS = {**READS, **WRITES}
_DESCRIBED = frozenset(shape.__module__ for shape in WORDS)


def words_of(shape: type, field: str) -> str | None:
    """What the shape, or else one that it is made from, says of the field, or else every one."""
    if shape.__module__ not in _DESCRIBED:
        return None
    own = (WORDS[base].get(field) for base in shape.__mro__ if base in WORDS)
    return next(filter(None, own), None) or FIELDS.get(field)


class DescribedStructs(StructSchemaPlugin):
    """The schema of a Struct, each field with its words before those of its type."""

    def to_openapi_schema(
        self, field_definition: FieldDefinition, schema_creator: SchemaCreator
    ) -> Schema:
        schema = super().to_openapi_schema(field_definition, schema_creator)
        shape: Any = get_origin(field_definition.type_) or field_definition.type_
        properties = schema.properties or {}
        for name, kind in properties.items():
            if words := words_of(shape, name):
                properties[name] = _described(kind, words)
        return schema


def _described(kind: Schema | Reference, words: str) -> Schema:
    if isinstance(kind, Reference):
        return Schema(all_of=[kind], description=words)
    kind.description = " ".join(filter(None, (words, kind.description)))
    return kind


@dataclass
class Described(Operation):
    """An operation with words of `server.words`, if there are any: `operation_class`."""

    def __post_init__(self) -> None:
        told = OPERATIONS.get(self.operation_id or "")
        if told is None:
            return
        named = {given.name for given in self._given()}
        self.description = told.text(named)
        for given in self._given():
            given.description = given.description or PARAMETERS.get(given.name)

    def _given(self) -> Iterator[Parameter]:
        return (given for given in self.parameters or () if isinstance(given, Parameter))
