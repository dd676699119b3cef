"""Lets a child process end with its supervisor, even when that is killed without a last word.

The supervisor keeps the writing end of a pipe and never writes; the system closes it when the
supervisor ends, however it ends, and the child, waiting at the other end, sees the end of file.
"""

from __future__ import annotations

import os
import threading

VARIABLE = "QUARTERBASE_LIFELINE"


class Lifeline:
    """The supervisor's side: hand `fd` to each child, by `pass_fds`, with `environment`."""

    def __init__(self) -> None:
        self.fd, self._held = os.pipe()

    @property
    def environment(self) -> dict[str, str]:
        return {VARIABLE: str(self.fd)}

    def close(self) -> None:
        os.close(self._held)
        os.close(self.fd)


def watch() -> None:
    """The child's side, called first thing: ends this process when the supervisor is gone.

    Without a supervisor (the variable is not there) it does nothing.
    """
    given = os.environ.pop(VARIABLE, None)
    if given is not None:
        threading.Thread(target=_wait, args=(int(given),), daemon=True, name="lifeline").start()


def _wait(fd: int) -> None:
    while os.read(fd, 1):
        pass
    # Nobody is left to tidy up for: open transactions roll back by themselves.
    os._exit(1)
