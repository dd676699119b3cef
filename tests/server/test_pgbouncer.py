"""The API behind PgBouncer in transaction mode: any connection serves any request of anybody."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.server.conftest import Api, start_api, stop_api

PROGRAM = shutil.which("pgbouncer", path=f"{os.defpath}:/usr/sbin:/usr/local/sbin")
SETTINGS = """
[databases]
* = host={host} port={port} auth_user=qb_api
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
auth_type = plain
auth_file = {folder}/users.txt
pool_mode = transaction
default_pool_size = 2
max_client_conn = 100
unix_socket_dir =
logfile = {folder}/pgbouncer.log
"""

pytestmark = pytest.mark.skipif(
    PROGRAM is None or not sys.platform.startswith("linux"),
    reason="PgBouncer is not installed (Debian: apt install pgbouncer)",
)


@pytest.fixture(scope="module")
def pooled(api: Api, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A second API, whose ten connections share two of the server's."""
    assert PROGRAM
    folder = tmp_path_factory.mktemp("pgbouncer")
    where = urlsplit(api.dsn("qb_api"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        listen = probe.getsockname()[1]
    (folder / "users.txt").write_text(f'"qb_api" "{where.password}"\n')
    settings = SETTINGS.format(host=where.hostname, port=where.port, listen=listen, folder=folder)
    (folder / "pgbouncer.ini").write_text(settings)
    account: dict[str, Any] = {}
    if os.geteuid() == 0:  # it refuses to run as root
        for path in (folder, *folder.parents[:3]):
            if path.owner() == "root" and path != Path("/tmp"):  # noqa: S108
                path.chmod(path.stat().st_mode | 0o711)
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, "nobody")
        account = {"user": "nobody"}
    pooler = subprocess.Popen([PROGRAM, str(folder / "pgbouncer.ini")], cwd="/", **account)
    try:
        _wait(listen, pooler)

        def dsn(login: str) -> str:
            direct = api.dsn(login)
            return direct.replace(f":{where.port}/", f":{listen}/") if login == "qb_api" else direct

        home = tmp_path_factory.mktemp("pooled_api")
        running = start_api(dsn, home, QUARTERBASE_API_PREPARE="off")
        yield running
        stop_api(running)
    finally:
        pooler.terminate()
        pooler.wait(10)


def _wait(port: int, pooler: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and pooler.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("PgBouncer did not start")


def test_writes_and_reads_of_different_people_share_connections(pooled: Api) -> None:
    def one(number: int) -> set[int]:
        company = f"pooled{number}"
        with pooled.client("editor") as editor, pooled.client("viewer") as viewer:
            body = {"company_id": company, "company_name": company, "reporting_currency": "USD"}
            key = {"Idempotency-Key": company}
            made = [editor.post("/v1/company/", json=body, headers=key) for _ in range(2)]
            assert made[0].text == made[1].text
            quarter = {"company_id": company, "fiscal_reporting_date": "2024-03-31"}
            return {
                made[0].status_code,
                editor.post("/v1/input/", json=quarter).status_code,
                viewer.get("/v1/metrics/", params={"company_id": company}).status_code,
                viewer.post("/v1/company/", json=body).status_code,
                editor.get(f"/v1/company/{company}-none").status_code,
            }

    for role in ("editor", "viewer"):
        pooled.user(role)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, range(24))) == [{201, 200, 403, 404}] * 24


def test_nothing_of_a_request_stays_on_a_connection(pooled: Api) -> None:
    with pooled.client("editor") as editor:
        for _ in range(20):
            assert editor.get("/v1/company/").status_code == 200
    # As nobody: the login itself may read nothing.
    left = pooled.run(
        "select count(*) from pg_stat_activity where usename = 'qb_api' and state <> 'idle'",
        login="qb_deploy",
    )
    assert left == 0
    assert httpx.get(f"{pooled.url}/v1/company/").status_code == 401
