"""The clock: runs the enabled rows of `ops.job` at their times. `python -m jobs.scheduler`.

Every node may run one. The parts are in `jobs/clock/`.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from types import FrameType

import psycopg
from psycopg.conninfo import conninfo_to_dict

from db import lifeline
from jobs.clock.leader import Clock
from jobs.clock.node import Node


def main() -> int:
    lifeline.watch()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    dsn = os.environ.get("QUARTERBASE_JOBS_DSN")
    if not dsn:
        print("quarterbase: QUARTERBASE_JOBS_DSN is not set.", file=sys.stderr)
        return 1
    try:
        conninfo_to_dict(dsn)
    except psycopg.Error:  # Its own words could repeat a password.
        print("quarterbase: QUARTERBASE_JOBS_DSN is no connection string.", file=sys.stderr)
        return 1
    node = Node(dsn)

    def stop(_number: int, _frame: FrameType | None) -> None:
        node.stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if not Clock(node).run():
        # A run that does not end would keep the process: it is recorded as given up.
        logging.shutdown()
        os._exit(0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
