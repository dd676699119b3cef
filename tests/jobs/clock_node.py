"""A real clock in a process of its own, with jobs that the tests can count: `clock_node.py`.

- `tick` writes down which slot it was run for, by the name of its session.
- `hang` stays in the database beyond any limit, `sleep` outside of it.
"""

from __future__ import annotations

import sys
import time
from types import ModuleType
from typing import Any

import psycopg

from jobs import scheduler


def tick(dsn: str) -> dict[str, Any]:
    with psycopg.connect(dsn) as connection:
        connection.execute(
            "insert into ops.executed (session) values (current_setting('application_name'))"
        )
    return {}


def hang(dsn: str) -> dict[str, Any]:
    with psycopg.connect(dsn) as connection:
        connection.execute("set statement_timeout = 0")
        connection.execute("select pg_sleep(60)")
    return {}


def sleep(dsn: str) -> dict[str, Any]:
    del dsn
    time.sleep(2)
    return {}


def modules() -> dict[str, ModuleType]:
    """By the names that the clock imports."""
    found = {}
    for run in (tick, hang, sleep):
        module = ModuleType(f"jobs.{run.__name__}")
        module.run = run  # type: ignore[attr-defined]
        found[module.__name__] = module
    return found


if __name__ == "__main__":
    sys.modules.update(modules())
    sys.exit(scheduler.main())
