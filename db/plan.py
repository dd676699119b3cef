"""What a deployment would do, found by comparing texts alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from db import catalog, history, record, repeatables, session
from db.history import Migration
from db.record import Record
from db.repeatables import Phase, Repeatable
from db.session import Connection, Echo
from db.settings import ROOT

LOCK_TIMEOUT = 10.0


@dataclass
class Plan:
    """What a deployment would do, from comparing texts alone."""

    pending: list[Migration]
    moved: dict[str, str] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not (self.pending or self.moved or self.changed or self.gone)

    def lines(self) -> Iterator[str]:
        yield from (f"  migrate  {migration.id}" for migration in self.pending)
        yield from (f"  move     {old} -> {new}" for old, new in self.moved.items())
        yield from (f"  {verb:<8} {path}" for path, verb in self.changed.items())
        yield from (f"  drop     {path} (the file is gone)" for path in self.gone)


@dataclass(frozen=True)
class Source:
    """What a checkout holds."""

    root: Path
    migrations: dict[str, Migration]
    files: dict[str, Repeatable]

    @classmethod
    def read(cls, root: Path) -> Source:
        return cls(root, history.read(root), repeatables.read(root))

    def compare(self, conn: Connection, known: Record) -> Plan:
        todo = Plan(history.pending(self.migrations, history.applied(conn), known.texts))
        present = catalog.objects(conn)
        new = {
            (file.phase, file.address): path
            for path, file in self.files.items()
            if path not in known.objects
        }
        for path in [path for path in known.repeatable_paths() if path not in self.files]:
            file = repeatables.describe(path)
            if (there := new.get((file.phase, file.address))) is not None:
                todo.moved[path] = there
            else:
                todo.gone.append(path)
        origin = {there: path for path, there in todo.moved.items()}
        for path, file in self.files.items():
            old = origin.get(path, path)
            if old not in known.objects:
                todo.changed[path] = "seed" if file.phase == Phase.SEED else "create"
            elif known.texts[old] != file.sha256:
                todo.changed[path] = "seed" if file.phase == Phase.SEED else "replace"
            elif known.lost(old, present):
                todo.changed[path] = "restore"
        return todo


def plan(dsn: str, root: Path = ROOT, echo: Echo = print) -> bool:
    """Prints what `apply` would do, from texts alone, locking nothing. True if anything."""
    source = Source.read(root)
    with session.deployment(dsn) as conn, conn.transaction():
        conn.execute("set transaction read only")
        row = conn.execute("select to_regrole('qb_owner') is not null").fetchone()
        if row and row[0]:
            session.become_owner(conn, LOCK_TIMEOUT)
        known = record.read(conn)
        todo = source.compare(conn, known)
        for line in todo.lines():
            echo(line)
        for path, verb in todo.changed.items():
            if verb == "replace" and source.files[path].phase == Phase.VIEW:
                _print_dependents(conn, known, path, echo)
    if todo.empty:
        echo("nothing to do")
    return not todo.empty


def _print_dependents(conn: Connection, known: Record, path: str, echo: Echo) -> None:
    present = catalog.objects(conn)
    own = known.objects[path]
    roots = [present[name].node for name in own if name in present]
    for found in catalog.removal_order(conn, roots):
        if found.identity not in own:
            ours = found.identity in known.paths
            note = "" if ours else ", which is not ours: stops if the columns change"
            echo(f"  note     {path} is used by {found.identity}{note}")
