"""A platform of the bench's own: an embedded server with production's settings, all deployed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from db.apply import apply
from db.ready import database_ready, embedded_server
from db.settings import LOGIN_VARIABLES, Settings, UserError

Connection = psycopg.Connection[tuple[Any, ...]]

OWNER = "-c role=qb_owner"


@dataclass(frozen=True)
class Platform:
    """The database under test, and ways into it: both by login."""

    dsn: Callable[[str], str]
    password: Callable[[str], str]

    def connect(self, login: str = "qb_deploy", **options: Any) -> Connection:
        """Every statement its own transaction, planned anew each time as BI tools send them."""
        options = {"autocommit": True, "prepare_threshold": None} | options
        return psycopg.connect(self.dsn(login), **options)

    def owner(self) -> Connection:
        return self.connect(options=OWNER)

    def bi_login(self, login: str, role: str, *funds: str) -> Connection:
        """A BI tool's connection: a real login, made if need be."""
        with self.owner() as conn:
            conn.execute(
                "select security.add_database_login(%s, %s, p_funds => %s)",
                [login, role, list(funds) or None],
            )
            conn.execute(
                "select security.set_login_password(%s, %s)", [login, self.password(login)]
            )
        return self.connect(login)


@contextmanager
def platform(kept: Path | None) -> Iterator[Platform]:
    """Started, deployed, stopped at the end; `kept` is where a data set stays for the next run."""
    for variable in LOGIN_VARIABLES.values():
        if os.environ.get(variable):
            raise UserError(f"{variable} is set: the bench fills a server of its own only.")
    home = (kept or Path(tempfile.mkdtemp(prefix="quarterbase-bench-"))).absolute()
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o711)  # as root, the server runs as another user
    settings = Settings(home=home, port=8000, external=False)
    server = embedded_server(settings)
    try:
        server.start()
        database_ready(settings, server)
        apply(settings.dsn(), echo=lambda line: None)
        yield Platform(settings.dsn, settings.secret)
    finally:
        server.stop()
        if kept is None:
            server.remove()
            shutil.rmtree(home, ignore_errors=True)
