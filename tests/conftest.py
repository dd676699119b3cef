"""One PostgreSQL for the whole run, and a database of its own for each test that asks.

The process that starts the run starts the server; pytest-xdist's workers find it through the
environment. Two template databases are made once, by whichever worker needs them first: one with
db/bootstrap.sql only, one with everything deployed and no demo data. A test gets a clone (0.1 s).
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Composed
from pytest_postgresql.janitor import DatabaseJanitor

from db.apply import apply
from db.embedded import EmbeddedServer
from db.settings import HOST, LOGIN_VARIABLES, ROOT, SUPERUSER, locked
from tests.memory import roomy_memory

Connection = psycopg.Connection[tuple[Any, ...]]

_SERVER = "QUARTERBASE_TEST_SERVER"
BARE = "quarterbase_bare"
DEPLOYED = "quarterbase_deployed"
_started: list[EmbeddedServer] = []

# No test asks a publisher of rates outside this machine; those that ask one here say so.
os.environ["QUARTERBASE_FX_OFFLINE"] = "1"


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Before pytest-xdist starts its workers, which inherit the environment."""
    if _SERVER in os.environ or session.config.option.collectonly:
        return
    folder = Path(tempfile.mkdtemp(prefix="quarterbase-tests-", dir=roomy_memory()))
    folder.chmod(0o711)  # as root, the server runs as another user
    password = secrets.token_urlsafe(18)
    server = EmbeddedServer(folder, superuser_password=password, durable=False)
    _started.append(server)
    server.start()
    os.environ[_SERVER] = f"{server.port} {password} {folder}"


def pytest_unconfigure() -> None:
    while _started:
        server = _started.pop()
        server.remove()
        shutil.rmtree(server.directory, ignore_errors=True)
        os.environ.pop(_SERVER, None)


class Janitor(DatabaseJanitor):
    """pytest-postgresql's maker and remover of one database, for templates of a few megabytes:
    copied file by file, a clone costs a third less than page by page through the log."""

    def _build_create_database_sql(self) -> Composed:
        return super()._build_create_database_sql() + SQL(" strategy = file_copy")


@dataclass(frozen=True)
class TestServer:
    """The run's server; every login has the same password."""

    __test__ = False

    port: int
    password: str
    folder: Path

    @classmethod
    def current(cls) -> TestServer:
        port, password, folder = os.environ[_SERVER].split(" ", 2)
        return cls(int(port), password, Path(folder))

    def dsn(self, login: str, database: str) -> str:
        return f"postgresql://{login}:{self.password}@{HOST}:{self.port}/{database}"

    def janitor(self, name: str, template: str | None = None) -> Janitor:
        return Janitor(
            user=SUPERUSER,
            host=HOST,
            port=self.port,
            dbname=name,
            template_dbname=template,
            password=self.password,
        )

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Roles belong to the whole server: one worker at a time changes them."""
        with locked(self.folder / "tests.lock"):
            yield

    def bootstrap(self, name: str) -> None:
        """A clone has neither the grants on its database nor its settings: they are made again."""
        text = (ROOT / "db" / "bootstrap.sql").read_bytes()
        with self.alone(), psycopg.connect(self.dsn(SUPERUSER, name)) as conn:
            conn.execute(text)

    def template(self, name: str) -> str:
        """Makes a template database if no worker has made it yet."""
        if name == DEPLOYED:
            self.template(BARE)
        with locked(self.folder / f"{name}.lock"):
            admin: Connection
            with psycopg.connect(self.dsn(SUPERUSER, "postgres"), autocommit=True) as admin:
                known = "select true from pg_database where datname = %s"
                if admin.execute(known, [name]).fetchone():
                    return name
                draft = f"{name}_draft"
                with self.janitor(draft, BARE if name == DEPLOYED else None) as janitor:
                    self.bootstrap(draft)
                    if name == DEPLOYED:
                        apply(self.dsn("qb_deploy", draft), echo=lambda line: None)
                    else:
                        # A connection is made thousands of times; nobody guesses this password.
                        admin.execute("set scram_iterations = 1")
                        for login in LOGIN_VARIABLES:
                            admin.execute(f"alter role {login} password '{self.password}'".encode())
                    # Renamed when it is complete; the janitor then finds nothing to remove.
                    admin.execute(f"alter database {janitor.dbname} rename to {name}".encode())
        return name


@dataclass(frozen=True)
class Database:
    """A test's own database."""

    server: TestServer
    name: str

    def dsn(self, login: str = "qb_deploy") -> str:
        """Logins: qb_deploy, qb_api, qb_jobs, postgres, and any that was given this password."""
        return self.server.dsn(login, self.name)

    def connect(self, login: str = "qb_deploy", **settings: Any) -> Connection:
        return psycopg.connect(self.dsn(login), **settings)


@pytest.fixture(scope="session")
def server() -> TestServer:
    return TestServer.current()


@contextmanager
def clone(server: TestServer, template: str) -> Iterator[Database]:
    name = f"test_{uuid4().hex[:12]}"
    with server.janitor(name, server.template(template)):
        server.bootstrap(name)
        yield Database(server, name)


@pytest.fixture
def bare_database(server: TestServer) -> Iterator[Database]:
    """A database that has seen db/bootstrap.sql and nothing else."""
    with clone(server, BARE) as database:
        yield database


@pytest.fixture
def database(server: TestServer) -> Iterator[Database]:
    """A database with everything deployed; no exchange rates, no demo data, no users."""
    with clone(server, DEPLOYED) as database:
        yield database


@pytest.fixture
def owner(database: Database) -> Iterator[Connection]:
    """A connection that works as qb_owner, every statement its own transaction."""
    with database.connect(autocommit=True, options="-c role=qb_owner") as conn:
        yield conn


@pytest.fixture
def as_role(database: Database, owner: Connection) -> Iterator[Callable[..., Connection]]:
    """`as_role("editor")`: a connection in the middle of a request of a user with that role.

    The role lasts until the transaction ends, as in the API. `email` names one of several users.
    """
    with ExitStack() as stack:

        def open_request(role: str, email: str = "") -> Connection:
            email = email or f"{role}@example.com"
            row = owner.execute(
                "select coalesce(security.user_id_by_email(%(email)s),"
                " security.add_user(%(email)s, %(role)s, %(email)s, null))",
                {"email": email, "role": role},
            ).fetchone()
            conn = stack.enter_context(database.connect("qb_api"))
            conn.execute("select security.begin_request(%s)", row)
            return conn

        yield open_request
