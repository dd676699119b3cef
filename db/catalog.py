"""What the database holds: our objects, what needs what, what is said of each. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from db.session import Connection

# A catalog row: the table it stands in, and its oid there.
Node = tuple[int, int]
# What the catalog says of an object, by names a person understands: db/queries/facts.sql.
Facts = dict[str, str]

# What comes from migrations; everything else comes from repeatable files.
STORED_KINDS = frozenset({"table", "sequence", "type", "schema"})


@dataclass(frozen=True)
class CatalogObject:
    """`name` of a trigger, policy or attached default or constraint is its table's; `version`
    changes with every replacement; `removal` is the statement that drops it."""

    identity: str
    kind: str
    room: str
    name: str
    class_id: int
    oid: int
    version: str | None
    removal: str

    @property
    def node(self) -> Node:
        return self.class_id, self.oid

    @property
    def address(self) -> str:
        return f"{self.room}.{self.name}"


@dataclass(frozen=True)
class Dependent:
    """Something that needs another object; not droppable: a table, its index and the like."""

    identity: str
    droppable: bool


@cache
def query(name: str) -> bytes:
    """A query that stands in a file of its own in db/queries."""
    return (Path(__file__).parent / "queries" / f"{name}.sql").read_bytes()


def objects(conn: Connection) -> dict[str, CatalogObject]:
    """Everything in our schemas by identity, such as `view bi.company`."""
    return {row[0]: CatalogObject(*row) for row in conn.execute(query("objects"))}


def facts(conn: Connection) -> dict[str, Facts]:
    """identity → all that is said of it at this moment: definition, owner, privileges, comments."""
    known: dict[Node, Facts] = defaultdict(dict)
    for name in ("facts", "function_facts", "relation_facts", "type_facts"):
        for class_id, oid, found in conn.execute(query(name)):
            known[class_id, oid] |= found
    return {
        identity: known[found.node]
        for identity, found in objects(conn).items()
        if found.node in known
    }


def fingerprints(conn: Connection) -> dict[str, str]:
    """identity → the hash that deployments recorded before they recorded facts."""
    hashes = {(row[0], row[1]): row[2] for row in conn.execute(query("fingerprints"))}
    return {
        identity: hashes[found.node]
        for identity, found in objects(conn).items()
        if found.node in hashes
    }


def removal_order(conn: Connection, roots: Iterable[Node]) -> list[Dependent]:
    """What has to go, deepest first, so that the roots can: what needs them at any distance, and
    the roots themselves. A root that is a table stays; only what needs it has to go."""
    needed_by: dict[Node, list[tuple[Node, bool, bool]]] = defaultdict(list)
    for class_id, oid, needed_class_id, needed_oid, blocks, droppable in conn.execute(
        query("dependencies")
    ):
        needed_by[needed_class_id, needed_oid].append(((class_id, oid), blocks, droppable))
    seen: set[Node] = set()
    order: list[tuple[Node, bool]] = []

    def visit(node: Node) -> None:
        if node in seen:
            return
        seen.add(node)
        for child, blocks, droppable in needed_by[node]:
            if droppable:
                visit(child)
            elif blocks and child not in seen:
                seen.add(child)
                order.append((child, False))
        order.append((node, True))

    for root in roots:
        if _is_table(conn, root):
            for child, _, droppable in needed_by[root]:
                if droppable:
                    visit(child)
        else:
            visit(root)
    return [Dependent(_identity(conn, node), droppable) for node, droppable in order]


def tables_named(conn: Connection, names: Iterable[str]) -> list[Node]:
    """The tables (or views) that exist among these names."""
    rows = conn.execute(
        "select 'pg_class'::regclass::oid, to_regclass(name)::oid from unnest(%s::text[]) as name"
        " where to_regclass(name) is not null",
        [list(names)],
    )
    return [(row[0], row[1]) for row in rows]


def clearing_statements(conn: Connection, nodes: Iterable[Node]) -> list[str]:
    """What takes these functions and relations back to no grants and no comments."""
    wanted = set(nodes)
    return [row[2] for row in conn.execute(query("clearing")) if (row[0], row[1]) in wanted]


def schema_revocations(conn: Connection, room: str) -> list[str]:
    """What takes a room's schema back to its owner alone."""
    return [
        row[0]
        for row in conn.execute(
            "select distinct format('revoke all on schema %%I from %%s', n.nspname,"
            " case when i.grantee = 0 then 'public' else i.grantee::regrole::text end)"
            " from pg_namespace as n cross join lateral aclexplode(n.nspacl) as i"
            " where n.nspname = %s and i.grantee <> n.nspowner",
            [room],
        )
    ]


def _is_table(conn: Connection, node: Node) -> bool:
    row = conn.execute(
        "select exists (select from pg_class where %s = 'pg_class'::regclass::oid and oid = %s"
        " and relkind in ('r', 'p', 'f'))",
        node,
    ).fetchone()
    return bool(row and row[0])


def _identity(conn: Connection, node: Node) -> str:
    row = conn.execute("select type, identity from pg_identify_object(%s, %s, 0)", node).fetchone()
    return f"{row[0]} {row[1]}" if row else ""
