"""What the leading clock keeps up to date between its jobs: the portfolio's totals.

Not a job: a row for each run would be 86,000 a day, of which nearly all say that nothing changed.
Changes note themselves in the database; here they are looked for every second, and computed in
steps that each commit. A clock that is killed leaves what it did not get to noted, for the next
leader. A second clock that believes it leads waits for the first one's step, and finds less to do.
"""

from __future__ import annotations

import logging
import threading

import psycopg

from db.calls import Connection, call
from db.settings import UserError
from jobs.clock.node import Node

log = logging.getLogger("quarterbase.clock")

# How often changes are looked for, how long a step may take, and the pause after one that could not
# do all: together well below the 5 s after which a submitted quarter has to be in the totals.
_LOOK_SECONDS = 1.0
_STEP_SECONDS = 1.5
_LEFT_SECONDS = 0.1


class Upkeep:
    """A thread of the node that works while the node leads."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._leads = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def lead(self) -> None:
        self._leads.set()

    def rest(self) -> None:
        self._leads.clear()

    def wait(self, seconds: float) -> None:
        """Until the step that is being taken has ended; the node has been told to stop."""
        self._thread.join(seconds)

    def _run(self) -> None:
        said = ""
        while not self._node.stopping.is_set():
            if not self._leads.wait(_LOOK_SECONDS):
                continue
            try:
                with self._node.connect() as connection:
                    while self._leads.is_set() and not self._node.stopping.is_set():
                        pause = _step(connection)
                        said = ""
                        self._node.stopping.wait(pause)
            except (UserError, psycopg.Error) as error:
                if str(error) != said:  # once, not once a second
                    said = str(error)
                    log.warning("totals cannot be refreshed: %s", said)
                self._node.stopping.wait(_LOOK_SECONDS)


def _step(connection: Connection) -> float:
    """How long to wait before the next one. What is left is gone on with soon: those who submit
    have the other cores, and more of this one the busier the machine is."""
    [(_, left)] = call(connection, "fund.refresh_portfolio", p_seconds=_STEP_SECONDS)
    return _LEFT_SECONDS if left else _LOOK_SECONDS
