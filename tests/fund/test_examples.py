"""Worked examples: each .sql prints, through psql, what its .out says."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from db.binaries import find_client
from tests.conftest import Database

EXAMPLES = sorted((Path(__file__).parent / "examples").glob("*.sql"))


@pytest.mark.parametrize("example", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_an_example_prints_what_it_says(database: Database, example: Path) -> None:
    done = subprocess.run(
        [find_client("psql"), "-X", "-v", "ON_ERROR_STOP=1", "-f", example, database.dsn()],
        env=os.environ | {"PGOPTIONS": "-c role=qb_owner"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    printed = example.with_suffix(".out")
    if os.environ.get("QUARTERBASE_WRITE_EXAMPLES"):
        printed.write_text(done.stdout, encoding="utf-8")
    assert done.stdout == printed.read_text(encoding="utf-8")
