"""matrix.csv is what the catalog says: a right comes or goes only with a line of the file."""

from __future__ import annotations

import csv
import difflib
import os
from collections.abc import Iterator

import pytest

from tests.access.matrix import FILE, ROLES, matrix
from tests.access.write_matrix import REWRITE
from tests.conftest import DEPLOYED, Connection, TestServer, clone


@pytest.fixture(scope="module")
def deployed(server: TestServer) -> Iterator[Connection]:
    with clone(server, DEPLOYED) as database, database.connect("postgres", autocommit=True) as conn:
        yield conn


def test_matrix_is_what_the_catalog_says(deployed: Connection) -> None:
    actual = matrix(deployed)
    if os.environ.get(REWRITE):
        FILE.write_text(actual, encoding="utf-8")
    expected = FILE.read_text(encoding="utf-8")
    changes = difflib.unified_diff(
        expected.splitlines(), actual.splitlines(), "matrix.csv", "the catalog", lineterm="", n=0
    )
    assert actual == expected, "\n".join(
        [*changes, "If every change is meant: python -m tests.access.write_matrix"]
    )


@pytest.mark.parametrize(
    ("grant", "cell"),
    [
        ("grant delete on fx.rate to qb_editor", "select delete"),
        ("grant update (name) on fx.currency to qb_viewer", "select update(name)"),
        ("grant execute on function ops.readiness() to qb_submitter", "execute"),
        ("grant select on fund.fund to public", "select"),
        ("create role stranger; grant usage on schema fx to stranger", "usage"),
    ],
)
def test_a_right_more_shows_in_the_matrix(deployed: Connection, grant: str, cell: str) -> None:
    before = set(matrix(deployed).splitlines())
    with deployed.transaction(force_rollback=True):
        deployed.execute(grant.encode())
        after = matrix(deployed).splitlines()
    new = [line for line in after if line not in before]
    assert any(cell in row for row in csv.reader(new))


def test_an_investor_has_no_right_in_the_company_room() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["schema"] == "company"]
    assert rows
    assert {row["qb_investor"] for row in rows} == {""}


def test_nobody_but_administrators_and_editors_writes_tables() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] in {"table", "view"}]
    readers = set(ROLES) - {"qb_admin", "qb_editor", "qb_editor_scoped", "qb_submitter"}
    words = {cell.split("(")[0] for row in rows for role in readers for cell in row[role].split()}
    assert not words & {"insert", "update", "delete"}
