"""The catalogs of procedures/ and views/ say what the files, and the database, say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from db import catalogs
from db.repeatables import Phase, read
from db.settings import ROOT, UserError
from tests.conftest import Connection

ENTRIES = {
    f"{entry.room}.{entry.name}": entry
    for file in read(ROOT).values()
    if file.phase in {Phase.FUNCTION, Phase.VIEW}
    for entry in [catalogs.describe(file)]
}


def test_catalogs_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogs.main(["--check"]) == 0, capsys.readouterr().err


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the repeatable files in which a test may change something."""
    for folder in ("procedures", "views"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("procedures/ops/today.sql", "Today in UTC", "The day in UTC"),
        ("procedures/ops/today.sql", "qb_admin, ", ""),
        ("procedures/fx/quarter_start.sql", "p_quarter_end_on", "p_quarter_ends_on"),
        ("views/bi/company.sql", "One row per company", "One row per portfolio company"),
        ("procedures/fx/triggers/rate.sql", "after delete", "after truncate"),
    ],
)
def test_a_changed_file_makes_its_catalog_stale(
    path: str, before: str, after: str, checkout: Path
) -> None:
    file = checkout / path
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    readme = checkout / path.split("/")[0] / "README.md"
    assert catalogs.catalogs(checkout)[readme] != readme.read_text(encoding="utf-8")


def test_a_readme_without_its_markers_is_refused(checkout: Path) -> None:
    (checkout / "views" / "README.md").write_text("# The answers\n", encoding="utf-8")
    with pytest.raises(UserError):
        catalogs.catalogs(checkout)


def test_the_database_says_the_same(deployed: Connection) -> None:
    """What is read from a file's text is what PostgreSQL made of it: comment and grants."""
    rows = deployed.execute(
        """
        select o.address, o.comment, array(
            select x.grantee::regrole::text
            from aclexplode(o.acl) as x
            where x.grantee <> o.owner and x.privilege_type in ('EXECUTE', 'SELECT')
        )
        from (
            select format('%s.%s', p.pronamespace::regnamespace, p.proname) as address,
                obj_description(p.oid, 'pg_proc') as comment, p.proacl as acl, p.proowner as owner
            from pg_proc as p
            union all
            select format('%s.%s', c.relnamespace::regnamespace, c.relname),
                obj_description(c.oid, 'pg_class'), c.relacl, c.relowner
            from pg_class as c
            where c.relkind in ('v', 'm')
        ) as o
        where o.owner = 'qb_owner'::regrole
        """
    ).fetchall()
    assert {address: (comment, set(roles)) for address, comment, roles in rows} == {
        address: (entry.comment, set(entry.roles)) for address, entry in ENTRIES.items()
    }
