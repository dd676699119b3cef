"""Migrations: their files (yoyo's format), what is released, what this database has had.

yoyo's own `apply` runs each migration on a second connection and marks it in a third transaction,
so it can neither be rehearsed nor survive a kill in between. Its files, order and tables are kept.
"""

from __future__ import annotations

import re
import socket
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from db.repeatables import in_order, sha256
from db.session import Connection
from db.settings import UserError
from db.sqltext import controls_transaction, without_comments

FOLDER = "db/migrations"
_DIRECTIVE = re.compile(r"^\s*--\s*(transactional|depends)\s*:\s*(.*?)\s*$", re.MULTILINE)
CONCURRENTLY = re.compile(r"\bconcurrently\b", re.IGNORECASE)
_TABLE = re.compile(
    r"\b(?:alter|drop|create)\s+table\s+(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?"
    r"([\w.]+(?:\s*,\s*[\w.]+)*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Migration:
    """One .sql file of db/migrations; `id` is its name without the ending, as yoyo has it."""

    id: str
    text: str
    rollback: str | None
    transactional: bool
    depends: tuple[str, ...]

    @property
    def path(self) -> str:
        return f"{FOLDER}/{self.id}.sql"

    @property
    def sha256(self) -> str:
        return sha256(self.text)

    @property
    def undo(self) -> str:
        """The rollback file, without what cannot run inside a transaction."""
        return CONCURRENTLY.sub("", self.rollback or "")

    @property
    def tables(self) -> set[str]:
        """The tables it creates, alters or drops."""
        found = _TABLE.findall(without_comments(self.text))
        return {name for names in found for name in re.split(r"\s*,\s*", names)}


def read(root: Path) -> dict[str, Migration]:
    """Every migration by id, in order; refuses released ones that were edited or are missing."""
    folder = root / FOLDER
    _check_frozen(folder)
    found: dict[str, Migration] = {}
    for path in sorted(folder.glob("*")):
        if path.suffix == ".py":
            raise UserError(f"{FOLDER}/{path.name}: a migration is an .sql file here.")
        if path.suffix != ".sql" or path.name.endswith(".rollback.sql"):
            continue
        text = path.read_text(encoding="utf-8")
        undo = path.with_suffix(".rollback.sql")
        undo_text = undo.read_text(encoding="utf-8") if undo.exists() else None
        for name, content in ((path.name, text), (undo.name, undo_text or "")):
            if controls_transaction(content):
                raise UserError(
                    f"{FOLDER}/{name} begins or ends a transaction: the deployment is one."
                )
        directives = dict(_DIRECTIVE.findall(text))
        found[path.stem] = Migration(
            path.stem,
            text,
            undo_text,
            transactional=directives.get("transactional", "true").lower() != "false",
            depends=tuple(directives.get("depends", "").split()),
        )
    for migration in found.values():
        for needed in set(migration.depends) - set(found):
            raise UserError(f"{migration.path} depends on {needed}, which does not exist.")
    needs = {name: set(migration.depends) for name, migration in found.items()}
    return {name: found[name] for name in in_order(needs, {name: name for name in found})}


def _check_frozen(folder: Path) -> None:
    """db/migrations/frozen.txt: the output of `sha256sum` for what has been released."""
    frozen = folder / "frozen.txt"
    for line in frozen.read_text(encoding="utf-8").splitlines() if frozen.exists() else []:
        if not line.strip() or line.startswith("#"):
            continue
        digest, _, name = line.partition(" ")
        path = folder / name.strip(" *")
        if not path.exists():
            raise UserError(f"{FOLDER}/{path.name} is released and missing: restore it.")
        if sha256(path.read_text(encoding="utf-8")) != digest:
            raise UserError(
                f"{FOLDER}/{path.name} was edited after its release:"
                " restore it and write a new migration."
            )


def applied(conn: Connection) -> list[str]:
    """The ids that yoyo's table holds, in the order of their application."""
    row = conn.execute("select to_regclass('ops._yoyo_migration') is not null").fetchone()
    if not (row and row[0]):
        return []
    rows = conn.execute(
        "select migration_id from ops._yoyo_migration order by applied_at_utc, migration_id"
    )
    return [name for (name,) in rows]


def pending(
    files: Mapping[str, Migration], done: list[str], hashes: Mapping[str, str]
) -> list[Migration]:
    """What is still to run. `hashes`: the sha256 each applied migration (by path) had."""
    for name in done:
        if name not in files:
            raise UserError(
                f"This database has had the migration {name}, which is not in {FOLDER}:"
                " deploy the code that has it, or roll back with that code first."
            )
        if hashes.get(files[name].path, files[name].sha256) != files[name].sha256:
            raise UserError(
                f"{files[name].path} was edited after it was applied to this database:"
                " restore it and write a new migration, or roll back to before it first."
            )
    return [migration for name, migration in files.items() if name not in done]


def mark(conn: Connection, migration: Migration) -> None:
    """Records an applied migration as yoyo would."""
    conn.execute(
        "insert into ops._yoyo_migration (migration_hash, migration_id, applied_at_utc)"
        " values (%s, %s, clock_timestamp() at time zone 'UTC')",
        [sha256(migration.id), migration.id],
    )
    _log(conn, migration, "apply")


def unmark(conn: Connection, migration: Migration) -> None:
    """Records a migration as rolled back, as yoyo would."""
    conn.execute(
        "delete from ops._yoyo_migration where migration_hash = %s", [sha256(migration.id)]
    )
    _log(conn, migration, "rollback")


def _log(conn: Connection, migration: Migration, operation: str) -> None:
    conn.execute(
        "insert into ops._yoyo_log (id, migration_hash, migration_id, operation, username,"
        " hostname, created_at_utc)"
        " values (%s, %s, %s, %s, session_user, %s, clock_timestamp() at time zone 'UTC')",
        [str(uuid.uuid4()), sha256(migration.id), migration.id, operation, socket.gethostname()],
    )
