"""One connection for one deployment: opened, queued behind others, errors put into sentences."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from db.settings import UserError
from db.sqltext import line_of, without_comments

Connection = psycopg.Connection[tuple[Any, ...]]
Echo = Callable[[str], None]

OLDEST_SERVER = 17
# Any number will do, as long as every version of the applier uses the same one.
ADVISORY_LOCK = 7_105_110_017


def connect(dsn: str) -> Connection:
    """An autocommit connection to a server that is new enough."""
    try:
        conn = psycopg.connect(
            dsn,
            autocommit=True,
            prepare_threshold=None,
            client_encoding="utf8",
            connect_timeout=10,
            application_name="quarterbase deployment",
        )
    except psycopg.Error as error:
        raise UserError(f"PostgreSQL does not answer: {first_line(error)}") from None
    version = conn.info.server_version // 10_000
    if version < OLDEST_SERVER:
        conn.close()
        raise UserError(
            f"PostgreSQL {OLDEST_SERVER} or newer is needed, and this server is {version}."
        )
    return conn


@contextmanager
def deployment(dsn: str) -> Iterator[Connection]:
    """A connection whose loss, or any error no file explains, is one sentence."""
    conn = connect(dsn)
    try:
        with conn:
            yield conn
    except psycopg.Error as error:
        raise UserError(
            f"The deployment failed and nothing was changed: {first_line(error)}"
        ) from error


def wait_for_turn(conn: Connection, echo: Echo) -> None:
    """Takes the deployment lock for this session; the server frees it when the session ends.

    It asks again and again instead of waiting inside a statement: a waiting statement holds a
    snapshot, and an index that the other deployment builds concurrently would wait for that.
    """
    told = False
    while True:
        row = conn.execute("select pg_try_advisory_lock(%s)", [ADVISORY_LOCK]).fetchone()
        if row and row[0]:
            return
        if not told:
            echo("waiting for another deployment of this database to end")
            told = True
        time.sleep(0.1)


def require_roles(conn: Connection, root: Path) -> None:
    """Runs db/bootstrap.sql if this login may create roles, else insists on what it would make."""
    path = root / "db" / "bootstrap.sql"
    text = path.read_text(encoding="utf-8")
    row = conn.execute(
        "select rolsuper or rolcreaterole from pg_roles where rolname = current_user"
    ).fetchone()
    if row and row[0]:
        run_file(conn, "db/bootstrap.sql", text)
        return
    wanted = sorted(set(re.findall(r"\bqb_[a-z_]+\b", without_comments(text))))
    missing = conn.execute(
        "select name from unnest(%s::text[]) as name where to_regrole(name) is null", [wanted]
    ).fetchall()
    if missing:
        names = ", ".join(name for (name,) in missing)
        raise UserError(
            f"Roles are missing on this server ({names}):"
            " let an administrator run db/bootstrap.sql in this database once."
        )
    # An older version's bootstrap knew the roles already, and let logins in by them.
    row = conn.execute(
        "select has_database_privilege('qb_owner', current_database(), %s)",
        ["connect with grant option"],
    ).fetchone()
    if not (row and row[0]):
        raise UserError(
            "qb_owner may not let logins into this database yet:"
            " let an administrator run db/bootstrap.sql in this database once more."
        )


def become_owner(conn: Connection, lock_timeout: float, *, local: bool = True) -> None:
    """Works as qb_owner from here on, waits for a lock no longer than this, finds names only by
    their schema."""
    scope = "local" if local else "session"
    try:
        conn.execute(f"set {scope} role qb_owner".encode())
    except psycopg.Error:
        raise UserError(
            f"The login {conn.info.user} may not act as qb_owner: `grant qb_owner to"
            f" {conn.info.user}`, or deploy with qb_deploy."
        ) from None
    settings = {
        "lock_timeout": f"{int(lock_timeout * 1000)}ms",
        "statement_timeout": "0",
        "idle_in_transaction_session_timeout": "0",
        "search_path": "",
    }
    for name, value in settings.items():
        conn.execute("select set_config(%s, %s, %s)", [name, value, local])


def run_file(conn: Connection, path: str, text: str) -> None:
    """Runs all statements of a file; an error becomes a sentence that names file and line."""
    try:
        run(conn, text)
    except psycopg.Error as error:
        raise refusal(error, path, text) from None


def run(conn: Connection, text: str) -> None:
    # Bytes without parameters: many statements in one message, and `%` means itself.
    conn.execute(text.encode())


def refusal(error: psycopg.Error, path: str, text: str = "") -> UserError:
    """The sentence for an error that a file ran into."""
    if isinstance(error, psycopg.errors.LockNotAvailable):
        return UserError(
            f"{path} waited too long for a table that somebody is using:"
            " deploy at a quieter moment, or allow a longer lock timeout."
        )
    position = error.diag.statement_position
    where = f"{path}, line {line_of(text, int(position))}" if text and position else path
    words = [error.diag.message_primary or first_line(error)]
    words += [word for word in (error.diag.message_detail, error.diag.message_hint) if word]
    return UserError(f"{where}: " + " ".join(word.rstrip(".") + "." for word in words))


def first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
