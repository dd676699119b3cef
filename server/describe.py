"""What routes of one kind have in common, so that each handler says only what it reads or writes:
`@get("/company", **list_of(Company, examples.COMPANY, period_filters, "List companies"))`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from litestar.di import Provide

from server import examples
from server.filters import FILTERS
from server.filters_fund import preview_option, trial_option
from server.openapi import (
    DELETE_ERRORS,
    READ_ERRORS,
    RECORD_ERRORS,
    UPDATE_ERRORS,
    WRITE_ERRORS,
    Versioned,
    documents,
)
from server.schemas.envelope import Done, Envelope, Page
from server.words.document import Described

Handler = TypeVar("Handler", bound=Callable[..., Any])


def named(name: str, **types: Any) -> Callable[[Handler], Handler]:
    """Of a handler that is written once for several routes: the name that is the operation's id,
    and the types of parameters that differ."""

    def of_its_own(handler: Handler) -> Handler:
        handler.__name__ = handler.__qualname__ = name
        handler.__annotations__.update(types)
        return handler

    return of_its_own


def list_of(shape: Any, record: dict[str, Any], reader: Any, *errors: int) -> dict[str, Any]:
    """A page of records; `reader` turns the query into arguments."""
    return {
        **_query(reader),
        "operation_class": Described,
        "responses": documents({200: Page[shape]}, examples.page(record), *READ_ERRORS, *errors),
    }


def record_of(shape: Any, record: dict[str, Any]) -> dict[str, Any]:
    """One record, with its ETag."""
    return {
        "operation_class": Versioned,
        "responses": documents({200: Envelope[shape]}, examples.one(record), *RECORD_ERRORS),
    }


def change_of(shape: Any, record: dict[str, Any]) -> dict[str, Any]:
    """A change of one record, answered by the record with its new ETag."""
    return {
        "operation_class": Versioned,
        "responses": documents({200: Envelope[shape]}, examples.one(record), *UPDATE_ERRORS),
    }


def deletion_of(shape: Any, key: dict[str, Any]) -> dict[str, Any]:
    """A deletion, answered by the key of what is gone."""
    return {
        "status_code": 200,
        "responses": documents({200: Envelope[shape]}, examples.one(key), *DELETE_ERRORS),
    }


def asked_of(shape: Any, record: dict[str, Any], reader: Any) -> dict[str, Any]:
    """One record that has no version, asked for by `reader`'s query."""
    return {**shown_of(shape, record), **_query(reader)}


def shown_of(shape: Any, record: dict[str, Any]) -> dict[str, Any]:
    """One record that has no version."""
    return {
        "operation_class": Described,
        "responses": documents({200: Envelope[shape]}, examples.one(record), *RECORD_ERRORS),
    }


def done_of(shape: Any, record: dict[str, Any], *errors: int, status: int = 201) -> dict[str, Any]:
    """A write that `?preview=true` tries: `status` when it is done, 200 when it was tried."""
    good = dict.fromkeys(sorted({200, status}), Done[shape])
    answer = examples.one(record)
    return {
        **_query(preview_option),
        "operation_class": Described,
        "status_code": status,
        "responses": documents(good, answer, *(errors or (*WRITE_ERRORS, 404))),
    }


def saved_of(shape: Any, record: dict[str, Any], *, status: int = 200) -> dict[str, Any]:
    """The same of a record with an ETag: made (201), or changed."""
    errors = UPDATE_ERRORS if status == 200 else (*WRITE_ERRORS, 404)
    described = done_of(shape, record, *errors, status=status)
    return {**described, "operation_class": Versioned, **_query(trial_option)}


def dropped_of(shape: Any, key: dict[str, Any]) -> dict[str, Any]:
    """A deletion that `?preview=true` tries, answered by the key of what is gone."""
    return {**done_of(shape, key, *DELETE_ERRORS, status=200), **_query(trial_option)}


def _query(reader: Any) -> dict[str, Any]:
    return {
        "dependencies": {FILTERS: Provide(reader, sync_to_thread=False)},
        "opt": {FILTERS: reader},
    }
