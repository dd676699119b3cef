"""yoyo's own command line works on what we deploy, for a DBA who knows it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from db.apply import apply
from tests.conftest import Database
from tests.db.mini_tree import first_release, second_release


def yoyo(database: Database, root: Path, command: str) -> str:
    dsn = database.dsn().replace("postgresql://", "postgresql+psycopg://")
    dsn += "?schema=ops&options=-crole%3Dqb_owner"
    folder = str(root / "db" / "migrations")
    return subprocess.run(
        [sys.executable, "-m", "yoyo", command, "--no-config-file", "--batch", "-d", dsn, folder],
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_yoyo_lists_what_is_applied_and_what_is_not(
    bare_database: Database, tmp_path: Path
) -> None:
    root = first_release(tmp_path)
    apply(bare_database.dsn(), root=root, echo=lambda line: None)
    second_release(tmp_path)
    listed = {
        name: status
        for status, name in re.findall(
            r"^([AU])\s+(\S+)", yoyo(bare_database, root, "list"), re.MULTILINE
        )
    }
    assert listed == {
        "0001.company-tables": "A",
        "0002.bi-and-fund": "A",
        "0003.company-wider-amounts": "U",
    }


def test_migration_applied_by_yoyo_is_not_applied_again(
    bare_database: Database, tmp_path: Path
) -> None:
    root = first_release(tmp_path)
    apply(bare_database.dsn(), root=root, echo=lambda line: None)
    migration = root / "db" / "migrations" / "0003.fund-fee.sql"
    migration.write_text("create table fund.fee (fee_id text);\n")
    yoyo(bare_database, root, "apply")
    assert "A" in yoyo(bare_database, root, "list")
    assert not apply(bare_database.dsn(), root=root, echo=lambda line: None)
