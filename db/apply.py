"""Deploying: `apply` and its rehearsal, `check`. db/README.md says how to use it, and why so."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from db import catalog, history, logins, proofs, record, session
from db.catalog import Facts
from db.drift import audit, differences, drift, is_deployed
from db.plan import LOCK_TIMEOUT, Plan, Source, plan
from db.record import Record
from db.repair import paths_to_repeat, secure_rows
from db.replace import Replacement
from db.rollback import rollback
from db.session import Connection, Echo
from db.settings import ROOT
from db.sqltext import statements

__all__ = ["apply", "audit", "drift", "is_deployed", "plan", "rollback"]


def apply(
    dsn: str,
    *,
    root: Path = ROOT,
    rehearse: bool = False,
    repair: bool = False,
    echo: Echo = print,
    lock_timeout: float = LOCK_TIMEOUT,
) -> bool:
    """Brings the database to what the checkout says, in one transaction, or leaves it as it is.

    `rehearse` does everything and rolls back; `repair` also runs the files whose objects were
    changed by hand. True if anything had to change. Raises UserError.
    """
    started = time.monotonic()
    source = Source.read(root)
    with session.deployment(dsn) as conn:
        session.wait_for_turn(conn, echo)
        alone = _run_alone(conn, source, rehearse, echo)
        with conn.transaction(force_rollback=rehearse):
            session.require_roles(conn, root)
            session.become_owner(conn, lock_timeout)
            before = catalog.facts(conn)
            known = record.prepare(conn, Path(__file__).parent)
            todo = source.compare(conn, known)
            if rehearse:
                todo.pending = [m for m in todo.pending if m.id not in alone]
            secured = repair and _repair(conn, source, known, todo, before, echo)
            if todo.empty and not secured:
                logins.align(conn, echo, only_if_needed=True)
                echo("nothing to do" if not alone else "nothing else to do")
                return bool(alone)
            for line in todo.lines():
                echo(line)
            _carry_out(conn, source, known, todo, before, echo)
    echo("rehearsed, rolled back" if rehearse else f"applied in {time.monotonic() - started:.1f} s")
    return True


def _repair(
    conn: Connection,
    source: Source,
    known: Record,
    todo: Plan,
    before: Mapping[str, Facts],
    echo: Echo,
) -> bool:
    """Adds the files that put hand-made changes right; true if row security was switched on."""
    by_hand = differences(known, before)
    for path in sorted(paths_to_repeat(conn, by_hand, source.files)):
        todo.changed.setdefault(path, "repair")
    return secure_rows(conn, by_hand, echo)


def _carry_out(
    conn: Connection,
    source: Source,
    known: Record,
    todo: Plan,
    before: Mapping[str, Facts],
    echo: Echo,
) -> None:
    for old, new in todo.moved.items():
        known.objects[new] = known.objects.pop(old)
        conn.execute("update ops.deployed_object set path = %s where path = %s", [new, old])
    promised = proofs.published(known.facts)
    work = Replacement(conn, source.files, known, echo)
    work.todo |= set(todo.changed)
    tables = work.tables()
    for migration in todo.pending:
        work.migrate(migration)
    if todo.pending:
        work.heal(tables)
    work.run_files()
    work.drop_gone(todo.gone, f"{', '.join(todo.gone)}: gone")
    work.run_files()
    work.refresh()
    logins.align(conn, echo)
    record.forget(conn, todo.gone)
    commit = record.git_commit(source.root)
    record.store_run(conn, known, before, work.ran.values(), todo.pending, commit)
    proofs.validate_functions(conn, known.paths)
    broken = proofs.broken_promises(promised, proofs.published(catalog.facts(conn)))
    proofs.run_lints(conn, source.root, broken)


def _run_alone(conn: Connection, source: Source, rehearse: bool, echo: Echo) -> list[str]:
    """Runs the `-- transactional: false` migrations that are next in line, one statement after
    the other, outside any transaction; one that waits for a transactional one runs with it."""
    row = conn.execute("select to_regnamespace('ops') is not null").fetchone()
    if not (row and row[0]):
        return []  # nothing was ever deployed here: there is nobody to spare
    # No lock timeout: building an index concurrently means to wait for others, and blocks nobody.
    session.become_owner(conn, 0, local=False)
    known = record.read(conn)
    alone: list[str] = []
    for migration in history.pending(source.migrations, history.applied(conn), known.texts):
        if migration.transactional:
            break
        alone.append(migration.id)
        if rehearse:
            echo(f"  not rehearsed (it runs alone, outside a transaction): {migration.id}")
            continue
        echo(f"  migrate  {migration.id} (alone, outside a transaction)")
        before = catalog.facts(conn)
        for statement in statements(migration.text):
            session.run_file(conn, migration.path, statement)
        with conn.transaction():
            history.mark(conn, migration)
            commit = record.git_commit(source.root)
            record.store_run(conn, known, before, [], [migration], commit)
        known = record.read(conn)
    conn.execute("reset role")
    conn.execute("reset all")
    return alone
