"""ops.deployed_object: which file made which object, from which text, and how it then looked."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from psycopg.types.json import Jsonb

from db import catalog
from db.catalog import Facts
from db.history import FOLDER, Migration
from db.repeatables import Repeatable, sha256
from db.session import Connection, run
from db.sqltext import without_comments

BOOKKEEPING = "db/bookkeeping.sql"


@dataclass
class Record:
    """What is recorded: path → identity → facts of the catalog; path → sha256 of the text.

    No facts at all (an empty dictionary): it was changed by hand before facts were recorded.
    """

    objects: dict[str, dict[str, Facts | None]] = field(default_factory=lambda: defaultdict(dict))
    texts: dict[str, str] = field(default_factory=dict)
    carried_over: list[tuple[str, str]] = field(default_factory=list)

    @property
    def paths(self) -> dict[str, str]:
        """The file of each recorded object."""
        return {name: path for path, names in self.objects.items() for name in names}

    @property
    def facts(self) -> dict[str, Facts | None]:
        """How each recorded object looked."""
        return {name: facts for names in self.objects.values() for name, facts in names.items()}

    def lost(self, path: str, present: Container[str]) -> bool:
        """Whether an object of this file is no longer in the catalog."""
        names = self.objects.get(path, ())
        return any(name not in present and not name.startswith("file ") for name in names)

    def repeatable_paths(self) -> list[str]:
        return [
            path
            for path in self.objects
            if path != BOOKKEEPING and path != FOLDER and not path.startswith(FOLDER + "/")
        ]


def no_object(path: str) -> str:
    """What is recorded for a file that makes rows or grants and no object."""
    return f"file {path}"


def read(conn: Connection) -> Record:
    """The record of this database; empty before its first deployment."""
    record = Record()
    row = conn.execute("select to_regclass('ops.deployed_object') is not null").fetchone()
    if not (row and row[0]):
        return record
    old: list[tuple[str, str, str]] = []
    for path, name, digest, seen, facts in conn.execute(
        # The column of the facts is younger than the table.
        "select o.path, o.identity, o.sha256, o.catalog_sha256, to_jsonb(o) -> 'catalog_facts'"
        " from ops.deployed_object as o order by 1, 2"
    ):
        record.texts[path] = digest
        if seen is not None and (facts is None or digest_of(facts) != seen):
            old.append((path, name, seen))
            facts = {}
        record.objects[path][name] = facts
    if old:  # recorded by code that knew hashes only
        now, hashes = catalog.facts(conn), catalog.fingerprints(conn)
        for path, name, seen in old:
            if hashes.get(name) == seen:
                record.objects[path][name] = now[name]
                record.carried_over.append((path, name))
    return record


def digest_of(facts: Facts) -> str:
    return sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False))


def prepare(conn: Connection, folder: Path) -> Record:
    """Makes the bookkeeping tables if they are not as db/bookkeeping.sql has them now."""
    record = read(conn)
    text = (folder / "bookkeeping.sql").read_text(encoding="utf-8")
    if record.texts.get(BOOKKEEPING) != sha256(text):
        run(conn, text)
        store(conn, BOOKKEEPING, sha256(text), {"bookkeeping": None}, None)
    for path, name in record.carried_over:
        _restore(conn, path, name, record.objects[path][name])
    return record


def store(
    conn: Connection,
    path: str,
    digest: str,
    objects: Mapping[str, Facts | None],
    commit: str | None,
) -> None:
    """Replaces what is recorded of one file."""
    forget(conn, [path])
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into ops.deployed_object (path, identity, sha256, catalog_sha256,"
            " catalog_facts, git_commit) values (%s, %s, %s, %s, %s, %s)",
            [(path, name, digest, *_columns(seen), commit) for name, seen in objects.items()],
        )


def _columns(facts: Facts | None) -> tuple[str | None, Jsonb | None]:
    return (None, None) if facts is None else (digest_of(facts), Jsonb(facts))


def _restore(conn: Connection, path: str, name: str, facts: Facts | None) -> None:
    conn.execute(
        "update ops.deployed_object set catalog_sha256 = %s, catalog_facts = %s"
        " where path = %s and identity = %s",
        [*_columns(facts), path, name],
    )


def forget(conn: Connection, paths: Iterable[str]) -> None:
    conn.execute("delete from ops.deployed_object where path = any (%s)", [list(paths)])


def store_run(
    conn: Connection,
    record: Record,
    before: Mapping[str, Facts],
    ran: Iterable[Repeatable],
    migrations: Iterable[Migration],
    commit: str | None,
) -> None:
    """Records how everything looks after a deployment.

    `before`: the facts at its start. What somebody had patched by hand by then and this
    deployment did not touch keeps its old record, so that drift goes on naming it; a table is
    taken as it is when a migration names it.
    """
    after = catalog.facts(conn)
    kinds = {name: found.kind for name, found in catalog.objects(conn).items()}
    history = list(migrations)
    named = "\n".join(without_comments(m.text + (m.rollback or "")) for m in history)
    for migration in history:
        store(conn, migration.path, migration.sha256, {f"migration {migration.id}": None}, commit)
    done = set()
    for file in ran:
        done.add(file.path)
        names = record.objects[file.path]
        store(conn, file.path, file.sha256, {name: after.get(name) for name in names}, commit)
    for path in set(record.repeatable_paths()) - done:
        for name, seen in record.objects[path].items():
            if seen == before.get(name) != after.get(name):
                _restore(conn, path, name, after.get(name))
    known = record.objects[FOLDER]
    stored = {name: seen for name, seen in after.items() if kinds[name] in catalog.STORED_KINDS}
    for name in set(known) | set(stored):
        untouched_by_hand = known.get(name) == before.get(name)
        if not untouched_by_hand and name.partition(" ")[2] not in named:
            continue
        conn.execute(
            "delete from ops.deployed_object where path = %s and identity = %s", [FOLDER, name]
        )
        if name in stored:
            conn.execute(
                "insert into ops.deployed_object (path, identity, sha256, catalog_sha256,"
                " catalog_facts, git_commit) values (%s, %s, %s, %s, %s, %s)",
                [FOLDER, name, digest_of(stored[name]), *_columns(stored[name]), commit],
            )


def git_commit(root: Path) -> str | None:
    """The checkout's commit, if it is a git checkout."""
    try:
        found = subprocess.run(
            ["git", "-C", str(root), "rev-parse", "HEAD"],
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.strip() or None
