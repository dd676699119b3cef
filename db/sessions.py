"""Connections that are held for long: they notice within seconds when the other end is gone, and so
does the server, which then frees what they hold.

They need the server itself: a pooler in transaction mode loses locks and notifications.
"""

from __future__ import annotations

from collections.abc import Iterator

from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from db.calls import Connection, connect

# Our end: silence of 5 s is asked about, and the connection given up after 6 s more.
_OUR_KEEPALIVES = {
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
# The server's end: the same, and a client that is gone is noticed in the middle of a statement.
_ITS_KEEPALIVES = {
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "10s",
    "client_connection_check_interval": "2s",
}


def named(dsn: str, application_name: str, **settings: str) -> str:
    """The connection string under a name that pg_stat_activity shows, with settings of its own."""
    given = conninfo_to_dict(dsn)
    options = [str(given.pop("options", "") or "")]
    options += [f"-c {name}={value}" for name, value in settings.items()]
    return make_conninfo(
        "", **given | {"application_name": application_name, "options": " ".join(options).strip()}
    )


def hold(dsn: str, application_name: str) -> Connection:
    """A connection to keep, every statement its own transaction; a UserError when there is none."""
    given = {**conninfo_to_dict(dsn), **_OUR_KEEPALIVES}
    return connect(
        named(make_conninfo("", **given), application_name, **_ITS_KEEPALIVES), autocommit=True
    )


def listen(connection: Connection, channel: str) -> None:
    connection.execute(sql.SQL("listen {}").format(sql.Identifier(channel)))


def heard(connection: Connection, seconds: float) -> Iterator[str]:
    """What was notified meanwhile, or within this time; it ends at the first."""
    for notify in connection.notifies(timeout=seconds, stop_after=1):
        yield notify.payload
