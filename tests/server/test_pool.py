"""The API's connections notice that the other end is gone, also while they wait for an answer."""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import Any

import pytest

from server.db import Database


@pytest.mark.skipif(sys.platform != "linux", reason="names of the options are the system's")
def test_a_silent_server_is_missed_within_half_a_minute(database: Any) -> None:
    async def ask() -> int:
        async with (
            Database(database.dsn("qb_api"), pool_size=1) as db,
            db._pool.connection() as connection,
        ):
            with socket.socket(fileno=connection.fileno()) as line:
                try:
                    assert line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
                    idle, interval, count = (
                        line.getsockopt(socket.IPPROTO_TCP, option)
                        for option in (
                            socket.TCP_KEEPIDLE,
                            socket.TCP_KEEPINTVL,
                            socket.TCP_KEEPCNT,
                        )
                    )
                finally:
                    line.detach()
            return idle + interval * count

    assert asyncio.run(ask()) <= 30
