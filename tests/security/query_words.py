"""What random queries are made of, in SQL's sense: unknown, nulls, sums, order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from tests.security.oracle_rows import Row

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
}


def both(a: bool | None, b: bool | None) -> bool | None:
    return False if a is False or b is False else None if a is None or b is None else True


def either(a: bool | None, b: bool | None) -> bool | None:
    return True if a or b else None if a is None or b is None else False


def opposite(a: bool | None) -> bool | None:
    return None if a is None else not a


def cast(name: str) -> str:
    return "::text" if name == "fund_id" else ""


def listed(alias: str, names: Iterable[str], *, cast: bool = True) -> str:
    return ", ".join(
        f"{alias}.{name}::text" if cast and name == "fund_id" else f"{alias}.{name}"
        for name in names
    )


def pick(row: Row, names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def by_company(rows: Iterable[Row]) -> dict[str, list[Row]]:
    groups = defaultdict(list)
    for row in rows:
        groups[row["company_id"]].append(row)
    return groups


def best(of: Callable[[list[Any]], Any], values: Iterable[Any]) -> Any:
    known = [value for value in values if value is not None]
    return of(known) if known else None


def summary(group: list[Row], number: str, column: str, total: str) -> tuple[Any, ...]:
    known = [row[number] for row in group if row[number] is not None]
    summed = len(known) if total == "count" else sum(known, Decimal(0)) if known else None
    distinct = {row[column] for row in group} - {None}
    return len(group), summed, best(min, known), best(max, known), len(distinct)


def order(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """As PostgreSQL sorts: nulls last."""
    return tuple((value is None, 0 if value is None else value) for value in row)
