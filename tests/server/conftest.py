"""A real API process on a free port, in front of a database of its own; one for each test file."""

from __future__ import annotations

import json
import os
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from server.passwords import hash_password
from server.tokens import issue_token
from tests.server.forked import Served

PASSWORD = "correct horse"
# Nobody here speaks HTTPS: without it each client would read all authorities, 20 ms.
NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass
class Api:
    """A running API: its address, its database, its home, and what it wrote to its log."""

    url: str
    home: Path
    log: Path
    process: Served
    dsn: Callable[[str], str]
    users: dict[str, UUID] = field(default_factory=dict)

    def run(self, statement: str, *values: object, login: str = "qb_deploy") -> Any:
        """The first value that a statement returns, as the owner of everything."""
        owner = "-c role=qb_owner" if login == "qb_deploy" else ""
        with psycopg.connect(self.dsn(login), autocommit=True, options=owner) as connection:
            cursor = connection.execute(statement.encode(), values)
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    def user(self, role: str, email: str = "") -> UUID:
        """The user with this e-mail (`<role>@example.com`), made when missing."""
        email = email or f"{role}@example.com"
        if email not in self.users:
            self.users[email] = self.run(
                "select security.add_user(%s, %s, %s, %s)",
                email,
                role,
                role.title(),
                hash_password(PASSWORD),
            )
        return self.users[email]

    def token(self, role: str, email: str = "") -> str:
        return issue_token(self, self.user(role, email))

    def log_lines(self, request_id: str) -> list[dict[str, Any]]:
        """What was logged for one request; its last line is written after the answer."""
        deadline = time.monotonic() + 5
        while True:
            lines = [json.loads(line) for line in self.log.read_text().splitlines()]
            lines = [line for line in lines if line["request_id"] == request_id]
            if any(line["logger"] == "quarterbase.access" for line in lines):
                return lines
            if time.monotonic() > deadline:
                raise TimeoutError(f"no log line for {request_id}")
            time.sleep(0.02)

    def client(self, role: str | None = None) -> httpx.Client:
        """A client that sends a token of this role; without a role, none."""
        headers = {"Authorization": f"Bearer {self.token(role)}"} if role else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=20, verify=NO_AUTHORITIES)


@pytest.fixture(scope="module")
def api(server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A database shared by the tests of a file: they use ids of their own."""
    name = f"test_{uuid4().hex[:12]}"
    with ExitStack() as stack:
        stack.enter_context(server.janitor(name, server.template("quarterbase_deployed")))
        server.bootstrap(name)
        running = start_api(lambda login: server.dsn(login, name), tmp_path_factory.mktemp("api"))
        stack.callback(stop_api, running)
        yield running


@pytest.fixture
def second_api(api: Api, tmp_path: Path) -> Iterator[Api]:
    """Another process in front of the same database, for a test that ends it."""
    running = start_api(api.dsn, tmp_path)
    yield running
    stop_api(running)


@pytest.fixture
def editor(api: Api) -> Iterator[httpx.Client]:
    with api.client("editor") as client:
        yield client


@pytest.fixture
def anyone(api: Api) -> Iterator[httpx.Client]:
    with api.client() as client:
        yield client


def start_api(dsn: Callable[[str], str], home: Path, **more: str) -> Api:
    """An API in its own process; `more` is environment."""
    port, log = _free_port(), home / "api.log"
    environment = {
        **os.environ,
        "QUARTERBASE_HOME": str(home),
        "QUARTERBASE_PORT": str(port),
        "QUARTERBASE_API_DSN": dsn("qb_api"),
        **more,
    }
    process = Served(environment, log)
    api = Api(f"http://127.0.0.1:{port}", home, log, process, dsn)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{api.url}/health/live", verify=NO_AUTHORITIES)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return api
    stop_api(api)
    raise RuntimeError(f"the API did not start: {log.read_text()}")


def stop_api(api: Api) -> int:
    api.process.terminate()
    return api.process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
