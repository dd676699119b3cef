"""API processes for tests, forked from one that has imported the server already: to import it takes
longer than most files of tests ask of it. tests/server/test_up.py starts `server.serve` itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_context = get_context("forkserver")
_context.set_forkserver_preload(["server.serve"])


class Served:
    """`python -m server.serve` with this environment, writing to `log`."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        # A daemon: should a test never stop it, it ends with the tests.
        self._process: ForkServerProcess = _context.Process(
            target=_serve, args=(dict(environment), str(log)), daemon=True
        )
        self._process.start()

    def poll(self) -> int | None:
        """None while it lives; then its status, or less than 0 the signal that ended it."""
        return self._process.exitcode

    def terminate(self) -> None:
        self._process.terminate()

    def wait(self, timeout: float) -> int:
        self._process.join(timeout)
        status = self.poll()
        if status is None:
            raise TimeoutError(f"the API has not ended in {timeout} s")
        return status


def _serve(environment: dict[str, str], log: str) -> None:
    from server.serve import main

    os.environ.clear()
    os.environ.update(environment)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for descriptor in (1, 2):
        os.dup2(out, descriptor)
    main()
