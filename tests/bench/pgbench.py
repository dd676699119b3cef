"""pgbench as a peer: what the database does of a request, asked in the fastest way there is."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from uuid import UUID

from db.binaries import find_binaries
from db.settings import HOST
from tests.bench.measure import Took
from tests.bench.server import Platform

# The API's four statements, prepared. Not in a pipeline: pgbench prepares all of one before it runs
# the first, and the call is only allowed once the user's role is taken.
SCRIPT = """begin;
select security.begin_request('{user}');
select status, etag, body from {call};
commit;
"""
_RATE = re.compile(r"tps = ([0-9.]+) \(without initial connection time\)")


class Pgbench:
    """One call, again and again, on some connections of the API's login."""

    def __init__(self, platform: Platform, user: UUID, call: str, *, clients: int) -> None:
        self._clients = clients
        self._program = find_binaries(None).program("pgbench")
        self._dsn = platform.dsn("qb_api")
        with tempfile.NamedTemporaryFile("w", suffix=".sql", delete=False) as script:
            script.write(SCRIPT.format(user=user, call=call))
        self._script = Path(script.name)

    def close(self) -> None:
        self._script.unlink(missing_ok=True)

    def run(self, each: int, found: object) -> Took:
        """`each` calls on every connection; the time without that of connecting."""
        command = [self._program, "-n", "-M", "prepared", "-f", str(self._script), self._dsn]
        command += ["-c", str(self._clients), "-j", "2", "-t", str(each)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
        rate = _RATE.search(done.stdout)
        if rate is None or HOST not in self._dsn:
            raise RuntimeError(f"pgbench said: {done.stdout}{done.stderr}")
        return Took(each * self._clients / float(rate[1]) * 1000, found)
