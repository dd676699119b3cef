"""However a database got to a release, it is the same database."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from db.apply import apply, drift, rollback
from db.settings import ROOT
from tests.conftest import BARE, Database, TestServer, clone
from tests.db.mini_tree import first_release, second_release
from tests.db.snapshots import schema


def silent(line: str) -> None:
    del line


def test_upgraded_is_fresh(bare_database: Database, server: TestServer, tmp_path: Path) -> None:
    apply(bare_database.dsn(), root=first_release(tmp_path), echo=silent)
    root = second_release(tmp_path)
    apply(bare_database.dsn(), root=root, echo=silent)
    with clone(server, BARE) as fresh:
        apply(fresh.dsn(), root=root, echo=silent)
        assert schema(bare_database) == schema(fresh)


def test_platform_migrated_step_by_step_is_fresh(
    bare_database: Database, database: Database, tmp_path: Path
) -> None:
    """Each migration in a deployment of its own, then the code: as after a single deployment."""
    shutil.copytree(ROOT / "db", tmp_path / "db", ignore=shutil.ignore_patterns("migrations"))
    shutil.rmtree(tmp_path / "db" / "policies")
    shutil.rmtree(tmp_path / "db" / "reference")
    (tmp_path / "db" / "migrations").mkdir()
    for migration in sorted((ROOT / "db" / "migrations").glob("*.sql")):
        shutil.copy(migration, tmp_path / "db" / "migrations")
        if not migration.name.endswith(".rollback.sql"):
            apply(bare_database.dsn(), root=tmp_path, echo=silent)
    apply(bare_database.dsn(), echo=silent)
    assert schema(bare_database) == schema(database)
    assert drift(bare_database.dsn()) == []


@pytest.mark.parametrize("to", ["0002", "0002.bi-and-fund", "0001", "0"])
def test_rolled_back_and_applied_again_is_the_same(
    bare_database: Database, tmp_path: Path, to: str
) -> None:
    root = second_release(tmp_path)
    apply(bare_database.dsn(), root=root, echo=silent)
    before = schema(bare_database)
    assert rollback(bare_database.dsn(), to, root, silent)
    assert schema(bare_database) != before
    apply(bare_database.dsn(), root=root, echo=silent)
    assert schema(bare_database) == before
    assert drift(bare_database.dsn()) == []


def test_rollback_leads_back_to_the_release_before(
    bare_database: Database, server: TestServer, tmp_path: Path
) -> None:
    root = second_release(tmp_path / "new")
    apply(bare_database.dsn(), root=root, echo=silent)
    assert rollback(bare_database.dsn(), "0002", root, silent)
    old = first_release(tmp_path / "old")
    apply(bare_database.dsn(), root=old, echo=silent)
    with clone(server, BARE) as fresh:
        apply(fresh.dsn(), root=old, echo=silent)
        assert schema(bare_database) == schema(fresh)


def test_platform_rolled_back_and_applied_again_is_the_same(database: Database) -> None:
    before = schema(database)
    assert rollback(database.dsn(), "0", echo=silent)
    with database.connect("postgres") as conn:
        row = conn.execute(
            "select string_agg(nspname, ' ') from pg_namespace"
            " where nspowner = to_regrole('qb_owner')"
        ).fetchone()
    assert row == ("ops",)
    apply(database.dsn(), echo=silent)
    assert schema(database) == before
    assert drift(database.dsn()) == []
