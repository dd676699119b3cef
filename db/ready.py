"""Brings a database to the point where the applier can work: reached, new enough, with roles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import sql

from db.binaries import check_version
from db.calls import connect
from db.cluster import data_directory
from db.embedded import EmbeddedServer
from db.settings import DATABASE, LOGIN_VARIABLES, ROOT, SUPERUSER, Settings, UserError

# Two starts at once must not alter the same roles; any number will do.
BOOTSTRAP_LOCK = 7_217_001


def embedded_server(settings: Settings) -> EmbeddedServer:
    return EmbeddedServer(settings.home, superuser_password=settings.secret(SUPERUSER))


@contextmanager
def database(
    settings: Settings, *, bootstrap: bool = False, from_nothing: bool = False
) -> Iterator[None]:
    """The platform's database, for the length of one command.

    A home without one is refused, and nothing is made in it, unless it may start `from_nothing`.

    The embedded server is started if nobody runs it, and stopped by the last who uses it.
    `bootstrap` brings roles and passwords up to date even when the server was running already.
    """
    if settings.external:
        check_external(settings)
        yield
        return
    if not from_nothing:
        require_home(settings)
    server = embedded_server(settings)
    server.start()
    try:
        if bootstrap or server.started_here:
            database_ready(settings, server)
        yield
    finally:
        server.leave()


def require_home(settings: Settings) -> None:
    """Somebody who mistypes a home wants to be told, not to be given an empty platform."""
    if not settings.external and not (data_directory(settings.home) / "PG_VERSION").exists():
        raise UserError(
            f"There is no Quarterbase in {settings.home}: `quarterbase up` makes one;"
            " another home is named with --home or QUARTERBASE_HOME."
        )


def check_external(settings: Settings) -> None:
    """The server behind QUARTERBASE_DSN answers, and is new enough."""
    try:
        connection = connect(settings.dsn())
    except UserError as error:
        raise UserError(f"QUARTERBASE_DSN leads nowhere: {error}") from None
    with connection:
        number = connection.info.server_version
        check_version(f"{number // 10000}.{number % 10000}", "behind QUARTERBASE_DSN")


def database_ready(settings: Settings, server: EmbeddedServer) -> None:
    """Creates the database, runs bootstrap.sql and sets the logins' passwords; idempotent."""
    with connect(server.superuser_dsn(), autocommit=True) as connection:
        known = connection.execute(
            "select from pg_catalog.pg_database as d where d.datname = %s", (DATABASE,)
        ).fetchone()
        if known is None:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
        # The server is ours alone: who has a login for one database has nothing to do in these.
        connection.execute("revoke connect on database postgres, template1 from public")
    with connect(server.superuser_dsn(DATABASE)) as connection:
        connection.execute("select pg_catalog.pg_advisory_xact_lock(%s)", (BOOTSTRAP_LOCK,))
        connection.execute((ROOT / "db" / "bootstrap.sql").read_bytes())
        for login in LOGIN_VARIABLES:
            # Hashed here, so that no log of the server can hold the password.
            hashed = connection.pgconn.encrypt_password(
                settings.secret(login).encode(), login.encode(), b"scram-sha-256"
            )
            connection.execute(
                sql.SQL("alter role {} password {}").format(
                    sql.Identifier(login), sql.Literal(hashed.decode())
                )
            )
