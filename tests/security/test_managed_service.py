"""A managed service gives nobody a superuser: its admin makes roles and owns the database."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.types.json import Jsonb

from db.apply import apply
from db.embedded import EmbeddedServer
from db.settings import LOGIN_VARIABLES, ROOT
from tests.conftest import TestServer

ADMIN = "cloud_admin"
DATABASE = "portfolio"


@pytest.fixture(scope="module")
def service() -> Iterator[TestServer]:
    """A server of its own: the roles of the others were made by a superuser."""
    folder = Path(tempfile.mkdtemp(prefix="quarterbase-managed-"))
    folder.chmod(0o711)
    server = EmbeddedServer(folder, superuser_password=secrets.token_hex(9), durable=False)
    server.start()
    try:
        with psycopg.connect(server.superuser_dsn(), autocommit=True) as conn:
            password = secrets.token_hex(9)
            make = f"create role {ADMIN} login createrole createdb password '{password}'"
            conn.execute(make.encode())
        yield TestServer(server.port, password, folder)
    finally:
        server.remove()
        shutil.rmtree(folder, ignore_errors=True)


def test_an_admin_who_is_no_superuser_bootstraps_and_deploys_and_logins_come_and_go(
    service: TestServer,
) -> None:
    with psycopg.connect(service.dsn(ADMIN, "postgres"), autocommit=True) as conn:
        conn.execute(f"create database {DATABASE}".encode())
    bootstrap = (ROOT / "db" / "bootstrap.sql").read_bytes()
    admin = psycopg.connect(service.dsn(ADMIN, DATABASE), autocommit=True)
    for _ in range(2):
        admin.execute(bootstrap)
    for login in LOGIN_VARIABLES:
        admin.execute(f"alter role {login} password '{service.password}'".encode())
    assert apply(service.dsn("qb_deploy", DATABASE), echo=lambda line: None)

    dsn = service.dsn("qb_deploy", DATABASE)
    owner = psycopg.connect(dsn, autocommit=True, options="-c role=qb_owner")
    owner.execute("insert into fund.fund (name) values ('Fund One')")
    added = owner.execute("select security.add_database_login('ann', 'viewer')").fetchone()
    owner.execute("select security.set_login_password('ann', %s)", [service.password])
    admin.execute(bootstrap)  # again, by hand, with a login that is in

    def change(**what: object) -> None:
        owner.execute("select security.update_user(%s, %s)", [*(added or ()), Jsonb(what)])

    first = psycopg.connect(service.dsn("ann", DATABASE), autocommit=True)
    assert first.execute("select count(*) from bi.company").fetchone() == (0,)
    change(role="viewer_scoped", funds=["Fund One"])
    with pytest.raises(psycopg.OperationalError):
        first.execute("select 1")
    second = psycopg.connect(service.dsn("ann", DATABASE), autocommit=True)
    assert second.execute("select name from fund.fund").fetchall() == [("Fund One",)]
    change(active=False)
    with pytest.raises(psycopg.OperationalError):
        second.execute("select 1")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(service.dsn("ann", DATABASE))
    admin.close()
    owner.close()
