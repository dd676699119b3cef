"""What a database holds, as text that can be compared."""

from __future__ import annotations

import re
import subprocess

from db.binaries import find_binaries
from tests.conftest import Database

# Recorded moments and random ids, which no two deployments share.
_CONTENTS = (
    "select path, identity, sha256, catalog_facts from ops.deployed_object order by 1, 2",
    "select migration_id from ops._yoyo_migration order by 1",
    "select operation, migration_id from ops._yoyo_log order by 1, 2",
)


def dump(database: Database, *options: str) -> str:
    """pg_dump's text, without the random key that newer versions write around it."""
    binaries = find_binaries(None)
    text = subprocess.run(
        [binaries.program("pg_dump"), *options, database.dsn("postgres")],
        env=binaries.environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return re.sub(r"^\\(un)?restrict .*\n", "", text, flags=re.MULTILINE)


def schema(database: Database) -> str:
    return dump(database, "--schema-only")


def state(database: Database) -> list[object]:
    """Everything that a deployment changes, bookkeeping included, moments left out."""
    with database.connect("postgres") as conn:
        if conn.execute("select to_regnamespace('ops') is null").fetchone() == (True,):
            return [schema(database)]
        rows = [conn.execute(query.encode()).fetchall() for query in _CONTENTS]
    return [schema(database), *rows]
