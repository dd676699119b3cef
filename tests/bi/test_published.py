"""published.csv is what the catalog says: columns are added, and go only after a warning."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator

import pytest

from tests.bi.promises import FILE, broken, promises, published_text
from tests.bi.write_published import REWRITE
from tests.conftest import DEPLOYED, Connection, TestServer, clone


@pytest.fixture(scope="module")
def deployed(server: TestServer) -> Iterator[Connection]:
    with clone(server, DEPLOYED) as database, database.connect("postgres", autocommit=True) as conn:
        yield conn


def test_published_columns_are_what_the_catalog_says(deployed: Connection) -> None:
    actual = published_text(deployed)
    expected = FILE.read_text(encoding="utf-8") if FILE.exists() else "view,column,type,comment\n"
    assert broken(promises(expected), promises(actual)) == []
    if os.environ.get(REWRITE):
        FILE.write_text(actual, encoding="utf-8")
        return
    changes = difflib.unified_diff(
        expected.splitlines(), actual.splitlines(), "published.csv", "the catalog", lineterm="", n=0
    )
    assert actual == expected, "\n".join(
        [*changes, "If every change is meant: python -m tests.bi.write_published"]
    )


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ("drop view bi.portfolio_quarter", "bi.portfolio_quarter.fund is gone"),
        (
            "drop view bi.fund; create view bi.fund as select 1::bigint as fund_id",
            "bi.fund.fund_id was text, is bigint",
        ),
    ],
)
def test_a_broken_promise_is_named(deployed: Connection, change: str, complaint: str) -> None:
    before = promises(published_text(deployed))
    with deployed.transaction(force_rollback=True):
        deployed.execute(change.encode())
        after = promises(published_text(deployed))
    assert any(complaint in line for line in broken(before, after))


def test_a_column_may_be_added_or_go_after_a_release_of_warning() -> None:
    old = {("company", "fund"): ("text", "Deprecated: use fund_id. Name. [text; attribute]")}
    new = {("company", "fund_id"): ("text", "Key of the fund. [key; attribute]")}
    assert broken(old, new) == []
