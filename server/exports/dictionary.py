"""The published views as bi.dictionary describes them: the one source of every export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from db.settings import UserError

# "One row per company and quarter: company_id, calendar_year, calendar_quarter. More words."
_GRAIN = re.compile(r"One row per [^:.]+: ([a-z0-9_, ]+)\.")


@dataclass(frozen=True)
class Column:
    """One column. `unit` and `additivity` are the words of bi.dictionary."""

    name: str
    data_type: str
    unit: str
    additivity: str
    description: str


@dataclass(frozen=True)
class View:
    """One view of schema bi: its columns in order, and the columns that tell its rows apart."""

    name: str
    description: str
    grain: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def key(self) -> str | None:
        """The one column that identifies a row: the grain's only one, or a leading `…_key`."""
        if len(self.grain) == 1:
            return self.grain[0]
        first = self.columns[0]
        return first.name if first.unit == "key" and first.name.endswith("_key") else None

    @property
    def currency(self) -> str | None:
        """The column that says which currency the amounts of a row are in."""
        return "currency" if self.has("currency") else None

    @property
    def period(self) -> str | None:
        """The column that tells periods apart, when the rows are of periods."""
        if self.is_quarterly:
            return "quarter_sort"
        dates = [c.name for c in self.columns if c.unit == "date" and c.name in self.grain]
        return dates[0] if dates else None

    @property
    def is_quarterly(self) -> bool:
        """Whether the rows are of reporting quarters, which all companies have in common."""
        return {"calendar_year", "calendar_quarter"} <= set(self.grain) and self.has("quarter_sort")

    def has(self, name: str) -> bool:
        return any(column.name == name for column in self.columns)


def views_of(rows: Iterable[Mapping[str, Any]]) -> list[View]:
    """The views that the rows of bi.dictionary describe, by name.

    Raises `UserError` for a view that does not name the columns of its grain.
    """
    ordered = sorted(rows, key=lambda row: (row["view_name"], row["column_position"]))
    columns: dict[str, list[Column]] = {}
    words: dict[str, str] = {}
    for row in ordered:
        name = row["view_name"]
        words[name] = row["view_description"] or ""
        columns.setdefault(name, []).append(
            Column(
                name=row["column_name"],
                data_type=row["data_type"],
                unit=row["unit"] or "",
                additivity=row["additivity"] or "",
                description=row["description"] or "",
            )
        )
    return [
        View(name, words[name], _grain(name, words[name], found), tuple(found))
        for name, found in columns.items()
    ]


def _grain(view: str, description: str, columns: Iterable[Column]) -> tuple[str, ...]:
    stated = _GRAIN.match(description)
    names = tuple(re.split(r", and |, | and ", stated[1])) if stated else ()
    if not names or not set(names) <= {column.name for column in columns}:
        raise UserError(
            f"The comment of bi.{view} does not name the columns of its grain:"
            ' it begins "One row per …: column, column."'
        )
    return names
