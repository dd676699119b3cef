"""Where the run's server keeps its files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  (what is made in it has a name nobody can guess)
# Its log of changes alone may grow to 1 GB; the rest is the machine's.
NEEDED = 6 * 1024**3


def roomy_memory() -> str | None:
    """A file system in memory, on which a database is cloned six times as fast as on a disk.

    None where there is none (macOS), or little of it (a container's usual 64 MB).
    """
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return None
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    roomy = min(free, shutil.disk_usage(MEMORY).free) > NEEDED
    return str(MEMORY) if roomy else None
