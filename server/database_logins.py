"""Logins of BI tools: made, given a password, and cut off, from the command line's side."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from psycopg.conninfo import conninfo_to_dict

from db.calls import Connection, call, transaction
from db.settings import Settings


def make_login(
    connection: Connection,
    login: str,
    role: str,
    *,
    name: str | None = None,
    funds: Sequence[str] = (),
    companies: Sequence[str] = (),
) -> None:
    """A login that reads as `role`, narrowed to these; it has no password yet."""
    call(
        connection,
        "security.add_database_login",
        p_login=login,
        p_group_role=role,
        p_display_name=name,
        p_funds=_array(funds),
        p_companies=_array(companies),
    )


def new_password(settings: Settings, login: str) -> str:
    """On the embedded server the one that the home keeps, so that `psql --as` finds it."""
    return secrets.token_urlsafe(18) if settings.external else settings.secret(login)


def set_password(connection: Connection, login: str, password: str) -> None:
    """Hashed here, so that no log of the server can hold it."""
    verifier = connection.pgconn.encrypt_password(
        password.encode(), login.encode(), b"scram-sha-256"
    )
    call(connection, "security.set_login_password", p_login=login, p_password=verifier.decode())


def close_sessions(settings: Settings, login: str) -> None:
    """Once more after the commit that ended a login: somebody may have come in just before it."""
    with transaction(settings.dsn(), owner=True) as connection:
        call(connection, "security.end_database_sessions", p_login=login)


def url(settings: Settings, login: str, password: str) -> str:
    """What a BI tool is given: the database of this platform, as this login."""
    given = conninfo_to_dict(settings.dsn())
    host, port = given.get("host", "localhost"), given.get("port", 5432)
    more = {key: given[key] for key in ("sslmode",) if key in given}
    query = f"?{urlencode(more)}" if more else ""
    return f"postgresql://{login}:{quote(password, safe='')}@{host}:{port}/{given['dbname']}{query}"


def _array(names: Sequence[str]) -> str:
    """As PostgreSQL writes an array of texts; a list would become JSON."""
    quoted = (name.replace("\\", "\\\\").replace('"', '\\"') for name in names)
    return "{" + ",".join(f'"{name}"' for name in quoted) + "}"
