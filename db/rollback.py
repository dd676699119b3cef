"""Going back: the migrations after a point are taken back, and all code with them."""

from __future__ import annotations

from pathlib import Path

from db import catalog, history, record, session
from db.history import Migration
from db.plan import LOCK_TIMEOUT, Source
from db.replace import Replacement
from db.session import Echo
from db.settings import ROOT, UserError


def rollback(
    dsn: str,
    to: str,
    root: Path = ROOT,
    echo: Echo = print,
    lock_timeout: float = LOCK_TIMEOUT,
) -> bool:
    """Takes back every migration after `to` (an id, or its number; 0: all), in one transaction.

    Functions, views, triggers and policies go too: the next `apply`, of the code one goes back to,
    makes them again. True if there was anything to take back. Raises UserError.
    """
    source = Source.read(root)
    with session.deployment(dsn) as conn:
        session.wait_for_turn(conn, echo)
        with conn.transaction():
            session.become_owner(conn, lock_timeout)
            before = catalog.facts(conn)
            known = record.prepare(conn, Path(__file__).parent)
            history.pending(source.migrations, history.applied(conn), known.texts)
            newer = _newer(source, history.applied(conn), to)
            if not newer:
                echo("nothing to roll back")
                return False
            work = Replacement(conn, {}, known, echo)
            work.drop_gone(known.repeatable_paths(), "Rolling back drops all code")
            record.forget(conn, record.read(conn).repeatable_paths())
            for migration in newer:
                echo(f"  undo     {migration.id}")
                session.run_file(
                    conn, migration.path.replace(".sql", ".rollback.sql"), migration.undo
                )
                history.unmark(conn, migration)
            record.store_run(conn, known, before, [], newer, None)
            record.forget(conn, [migration.path for migration in newer])
    echo("rolled back; now apply the code that belongs to it")
    return True


def _newer(source: Source, done: list[str], to: str) -> list[Migration]:
    """The applied migrations after `to`, newest first."""
    names = [name for name in source.migrations if name in done]
    if to != "0":
        found = [place for place, name in enumerate(names) if to in (name, name.split(".")[0])]
        if len(found) != 1:
            raise UserError(f"No applied migration is called {to}.")
        names = names[found[0] + 1 :]
    newer = [source.migrations[name] for name in reversed(names)]
    if missing := [migration.path for migration in newer if migration.rollback is None]:
        raise UserError(f"There is no .rollback.sql for {', '.join(missing)}: nothing was changed.")
    return newer
