"""How much memory a work takes: of the servers of this machine, beyond what they held before."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil

Found = TypeVar("Found")

_LOOK_SECONDS = 0.02


def peak_of(work: Callable[[], Found]) -> tuple[Found, int]:
    """What `work` found, and by how many bytes its processes grew at most while it ran.

    Looking takes time itself: not for a work that is being timed.
    """
    done = threading.Event()
    before = _held()
    peak = before

    def look() -> None:
        nonlocal peak
        while not done.wait(_LOOK_SECONDS):
            peak = max(peak, _held())

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        found = work()
    finally:
        peak = max(peak, _held())
        done.set()
        watcher.join()
    return found, peak - before


def _held() -> int:
    """Bytes of database servers and of the processes below this one, what they share left out."""
    family = {child.pid for child in psutil.Process().children(recursive=True)}
    return sum(
        _private(process)
        for process in psutil.process_iter(["name"])
        if process.info["name"] == "postgres" or process.pid in family
    )


def _private(process: psutil.Process) -> int:
    """Linux tells what is a process's own; elsewhere what it shares is counted too."""
    try:
        lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    except OSError:
        lines = []
    for line in lines:
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    if lines:
        return 0  # it has just ended
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0
