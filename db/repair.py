"""Takes hand-made changes back: what repeatable files say is said again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from db import catalog
from db.drift import Difference
from db.repeatables import Phase, Repeatable
from db.session import Connection, Echo, run_file

_GRANT = re.compile(r"(column \S+ )?grant ")


def paths_to_repeat(
    conn: Connection, found: Iterable[Difference], files: Mapping[str, Repeatable]
) -> set[str]:
    """The files that put these differences right when they run again."""
    rooms = {name: there.room for name, there in catalog.objects(conn).items()}
    policies = {file.room: path for path, file in files.items() if file.phase == Phase.POLICY}
    wanted: set[str] = set()
    for one in found:
        if one.fact == "owner":
            continue  # the owner alone may give it back
        if one.path in files:
            wanted.add(one.path)
        elif (one.path and _GRANT.match(one.fact)) or one.identity.startswith("policy "):
            # Who may do what with a table stands on its room's page.
            wanted |= {policies[room] for room in [rooms.get(one.identity)] if room in policies}
    return wanted


def secure_rows(conn: Connection, found: Iterable[Difference], echo: Echo) -> bool:
    """Row security that was switched off is the one thing of a table that needs no migration."""
    off = [one for one in found if (one.fact, one.words) == ("row security", "was on, is off")]
    for one in off:
        echo(f"  repair   {one.identity}: row security")
        run_file(conn, one.path, f"alter {one.identity} enable row level security")
    return bool(off)
