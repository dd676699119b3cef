"""What routes of one kind have in common, so that each handler says only what it reads or writes:
`@get("/company", **list_of(Company, examples.COMPANY, period_filters, "List companies"))`."""

from __future__ import annotations

from typing import Any

from litestar.di import Provide

from server import examples
from server.filters import FILTERS
from server.openapi import (
    DELETE_ERRORS,
    READ_ERRORS,
    RECORD_ERRORS,
    UPDATE_ERRORS,
    Versioned,
    documents,
)
from server.schemas.envelope import Envelope, Page


def list_of(shape: Any, record: dict[str, Any], reader: Any, *errors: int) -> dict[str, Any]:
    """A page of records; `reader` turns the query into arguments."""
    return {
        "dependencies": {"filters": Provide(reader, sync_to_thread=False)},
        "opt": {FILTERS: reader},
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
