"""What every answer looks like from outside."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from msgspec import UNSET, Struct, UnsetType, field

T = TypeVar("T")


class Meta(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a page stands in its list. `total_records` is exact."""

    total_records: int
    current_page: int
    next_page: int | None
    previous_page: int | None
    limit: int
    offset: int


class Links(Struct, frozen=True, forbid_unknown_fields=True):
    """This page and its neighbours, ready to follow; null at either end."""

    this: str = field(name="self")
    next: str | None
    previous: str | None


class Envelope(Struct, Generic[T], frozen=True, forbid_unknown_fields=True):
    """One record, or the outcome of a write."""

    status: Literal["success"]
    code: int
    message: str
    data: T
    meta: dict[str, str]
    links: dict[str, str]


class Preview(Struct, frozen=True, forbid_unknown_fields=True):
    """`preview`: nothing was changed, and the answer is what would have been."""

    preview: bool | UnsetType = UNSET


class Done(Struct, Generic[T], frozen=True, forbid_unknown_fields=True):
    """What a write that can be previewed has done, or would do."""

    status: Literal["success"]
    code: int
    message: str
    data: T
    meta: Preview
    links: dict[str, str]


class Page(Struct, Generic[T], frozen=True, forbid_unknown_fields=True):
    """A list of records, a page at a time."""

    status: Literal["success"]
    code: int
    message: str
    data: list[T]
    meta: Meta
    links: Links
