"""Random queries of a narrowed user, each with the answer that an oracle gives from the whole rows.

A query is SQL text, its values, and the rows that it must return, computed here from the rows that
are visible. Values in conditions come from all rows, so hidden companies are asked for by name.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.security.firm import Scope
from tests.security.oracle_rows import BY_COMPANY, BY_FUND, Books, Relation, Row
from tests.security.query_words import (
    COMPARISONS,
    best,
    both,
    by_company,
    cast,
    either,
    listed,
    opposite,
    order,
    pick,
    summary,
)

Test = Callable[[Row], bool | None]
Answer = list[tuple[Any, ...]]

LARGE = "bi.quarterly_metrics_tidy"  # joined to itself it would cost more than it proves


@dataclass(frozen=True)
class Query:
    sql: str
    values: list[Any]
    answer: Answer


class Dice:
    """Throws queries for one scope; the same seed throws the same ones."""

    def __init__(self, books: Books, scope: Scope, dice: random.Random) -> None:
        self.books, self.scope, self.dice = books, scope, dice
        self.values: list[Any] = []

    def query(self) -> Query:
        shapes = (
            self.rows, self.rows, self.groups, self.groups, self.joined, self.exists, self.windows,
            self.sets, self.scalars, self.lateral,
        )  # fmt: skip
        self.values = []
        sql, answer = self.dice.choice(shapes)()
        return Query(sql, self.values, answer)

    # What a query is made of.

    def relation(self, *, small: bool = False, by_company: bool = False) -> Relation:
        names = BY_COMPANY if by_company else (*BY_COMPANY, *BY_FUND)
        name = self.dice.choice([name for name in names if not (small and name == LARGE)])
        return self.books.relations[name]

    def seen(self, relation: Relation) -> list[Row]:
        return self.books.rows(relation.name, self.scope)

    def columns(self, relation: Relation, most: int = 4) -> list[str]:
        known = relation.columns()
        return self.dice.sample(known, self.dice.randint(1, min(most, len(known))))

    def column(self, relation: Relation, kind: str) -> str:
        return self.dice.choice(relation.columns(kind) or relation.columns())

    def condition(self, relation: Relation, alias: str = "t", depth: int = 2) -> tuple[str, Test]:
        """SQL and the same in Python: true, false, or None for SQL's unknown."""
        throw = self.dice.random()
        if depth and throw < 0.25:
            left, is_left = self.condition(relation, alias, depth - 1)
            right, is_right = self.condition(relation, alias, depth - 1)
            if self.dice.random() < 0.5:
                return f"({left} and {right})", lambda row: both(is_left(row), is_right(row))
            return f"({left} or {right})", lambda row: either(is_left(row), is_right(row))
        if depth and throw < 0.33:
            inner, is_inner = self.condition(relation, alias, depth - 1)
            return f"not {inner}", lambda row: opposite(is_inner(row))
        name = self.dice.choice(relation.columns())
        if throw < 0.43:
            return f"{alias}.{name} is null", lambda row: row[name] is None
        value = self.dice.choice(relation.rows)[name] if relation.rows else None
        if value is None:
            return f"{alias}.{name} is not null", lambda row: row[name] is not None
        word = self.dice.choice(list(COMPARISONS))
        compare = COMPARISONS[word]
        self.values.append(value)
        cast = "::text" if name == "fund_id" else ""
        return (
            f"{alias}.{name}{cast} {word} %s",
            lambda row: None if row[name] is None else compare(row[name], value),
        )

    def where(self, relation: Relation, alias: str = "t") -> tuple[str, list[Row]]:
        if self.dice.random() < 0.2:
            return "true", self.seen(relation)
        sql, test = self.condition(relation, alias)
        return sql, [row for row in self.seen(relation) if test(row)]

    # The shapes of a query.

    def rows(self) -> tuple[str, Answer]:
        relation = self.relation()
        names = self.columns(relation)
        where, rows = self.where(relation)
        found = sorted((pick(row, names) for row in rows), key=order)
        distinct = "distinct " if self.dice.random() < 0.2 else ""
        if distinct:
            found = sorted(set(found), key=order)
        sql = f"select {distinct}{listed('t', names)} from {relation.name} as t where {where}"
        if self.dice.random() < 0.4:
            limit, skip = self.dice.randint(0, 12), self.dice.choice([0, 0, 3])
            places = ", ".join(str(place) for place in range(1, len(names) + 1))
            sql += f" order by {places} limit {limit} offset {skip}"
            found = found[skip : skip + limit]
        return sql, found

    def groups(self) -> tuple[str, Answer]:
        relation = self.relation()
        by = self.columns(relation, 2)
        number, any_column = self.column(relation, "number"), self.column(relation, "text")
        total = "sum" if relation.kinds[number] == "number" else "count"
        where, rows = self.where(relation)
        least = self.dice.choice([0, 0, 1, 2])
        sql = (
            f"select {listed('t', by)}, count(*), {total}(t.{number}), min(t.{number}),"
            f" max(t.{number}), count(distinct t.{any_column}) from {relation.name} as t"
            f" where {where} group by {listed('t', by, cast=False)} having count(*) > {least}"
        )
        groups = defaultdict(list)
        for row in rows:
            groups[pick(row, by)].append(row)
        return sql, [
            (*key, *summary(group, number, any_column, total))
            for key, group in groups.items()
            if len(group) > least
        ]

    def joined(self) -> tuple[str, Answer]:
        left = self.relation(small=True, by_company=True)
        right = self.relation(small=True, by_company=True)
        names, more = self.columns(left, 2), self.columns(right, 2)
        where, rows = self.where(left)
        outer = self.dice.random() < 0.4
        sql = (
            f"select {listed('t', names)}, {listed('u', more)} from {left.name} as t"
            f" {'left' if outer else 'inner'} join {right.name} as u"
            f" on t.company_id = u.company_id where {where}"
        )
        partners = by_company(self.seen(right))
        nothing: list[Row] = [dict.fromkeys(more)] if outer else []
        return sql, [
            pick(row, names) + pick(partner, more)
            for row in rows
            for partner in partners.get(row["company_id"], nothing)
        ]

    def exists(self) -> tuple[str, Answer]:
        outside, inside = self.relation(by_company=True), self.relation(by_company=True)
        names = self.columns(outside)
        where, rows = self.where(inside, "u")
        companies = {row["company_id"] for row in rows}
        wanted = self.dice.random() < 0.5
        inner = f"from {inside.name} as u where {where}"
        test = (
            f"{'' if wanted else 'not '}exists (select {inner} and u.company_id = t.company_id)"
            if self.dice.random() < 0.6
            else f"t.company_id {'' if wanted else 'not '}in (select u.company_id {inner})"
        )
        sql = f"select {listed('t', names)} from {outside.name} as t where {test}"
        return sql, [
            pick(row, names)
            for row in self.seen(outside)
            if (row["company_id"] in companies) is wanted
        ]

    def windows(self) -> tuple[str, Answer]:
        relation = self.relation()
        names, [by] = self.columns(relation, 2), self.columns(relation, 1)
        number = self.column(relation, "number")
        where, rows = self.where(relation)
        part = f"over (partition by t.{by})"
        sql = (
            f"select {listed('t', names)}, count(*) {part}, max(t.{number}) {part},"
            f" count(*) over () from {relation.name} as t where {where}"
        )
        groups = defaultdict(list)
        for row in rows:
            groups[row[by]].append(row[number])
        return sql, [
            (*pick(row, names), len(groups[row[by]]), best(max, groups[row[by]]), len(rows))
            for row in rows
        ]

    def sets(self) -> tuple[str, Answer]:
        first, second = self.relation(by_company=True), self.relation(by_company=True)
        left, rows = self.where(first)
        right, others = self.where(second, "u")
        one, two = ({row["company_id"] for row in found} for found in (rows, others))
        word, found = self.dice.choice(
            [("union", one | two), ("except", one - two), ("intersect", one & two)]
        )
        return (
            f"select t.company_id from {first.name} as t where {left}"
            f" {word} select u.company_id from {second.name} as u where {right}",
            [(company_id,) for company_id in found],
        )

    def scalars(self) -> tuple[str, Answer]:
        first, second = self.relation(), self.relation()
        left, rows = self.where(first)
        right, others = self.where(second, "u")
        name = self.dice.choice(second.columns())
        return (
            f"select (select count(*) from {first.name} as t where {left}),"
            f" (select max(u.{name}{cast(name)}) from {second.name} as u where {right}),"
            f" exists (select from {first.name})",
            [(len(rows), best(max, [row[name] for row in others]), bool(self.seen(first)))],
        )

    def lateral(self) -> tuple[str, Answer]:
        outside = self.relation(small=True, by_company=True)
        inside = self.relation(small=True, by_company=True)
        name = self.dice.choice(inside.columns())
        where, rows = self.where(outside)
        sql = (
            f"with w as materialized (select company_id from {outside.name} as t where {where})"
            " select w.company_id, l.n, l.best from w cross join lateral (select count(*) as n,"
            f" min(u.{name}{cast(name)}) as best from {inside.name} as u"
            " where u.company_id = w.company_id) as l"
        )
        partners = by_company(self.seen(inside))
        found = ((row["company_id"], partners.get(row["company_id"], [])) for row in rows)
        return sql, [(c, len(group), best(min, [row[name] for row in group])) for c, group in found]
