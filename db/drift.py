"""What somebody changed in the database by hand since it was deployed."""

from __future__ import annotations

from pathlib import Path

from db import catalog, record, session
from db.settings import ROOT


def drift(dsn: str, root: Path = ROOT) -> list[str]:
    """One line per object that is changed, missing or not ours; empty when all is as deployed."""
    del root  # what was deployed stands in the database; files are the plan's matter
    with session.deployment(dsn) as conn, conn.transaction():
        conn.execute("set transaction read only")
        session.become_owner(conn, lock_timeout=10)
        known = record.read(conn)
        now = catalog.fingerprints(conn)
    recorded = {
        name: (path, seen)
        for path, names in known.objects.items()
        for name, seen in names.items()
        if seen is not None
    }
    lines = []
    for name, (path, seen) in sorted(recorded.items()):
        if now.get(name) != seen:
            word = "changed" if name in now else "missing"
            lines.append(f"{word:<8} {name}  ({path})")
    lines += [f"not ours {name}" for name in sorted(set(now) - set(recorded))]
    return lines
