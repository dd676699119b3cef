"""routes.csv is what the API answers: every route, every role, an own row and somebody else's."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.access.routes import (
    CALLERS,
    FILE,
    NARROWED,
    Line,
    cell,
    expected,
    lines,
    routes,
    rule,
    send,
    without_cells,
    written,
)
from tests.access.rows import Rows
from tests.access.write_routes import REWRITE

OPEN = {"/v1/auth/login", "/v1/auth/token"}


@pytest.fixture(scope="module")
def rows(api: Any) -> Iterator[Rows]:
    rows = Rows.behind(api)
    yield rows
    rows.conn.close()


def answer(rows: Rows, line: Line, caller: str, row: str = "") -> Any:
    """A write that succeeds is undone, so that no cell depends on another."""
    response = send(rows.clients[caller], line, rows.values(row or line.row or "own", caller))
    if line.method != "GET" and response.is_success:
        rows.restore()
    return response


def test_every_route_has_cells() -> None:
    if not os.environ.get(REWRITE):
        missing = without_cells(lines(routes()), expected())
        assert missing == [], (
            "Routes without cells in tests/access/routes.csv: say what they need in"
            " tests/access/routes.py, run python -m tests.access.write_routes, and read each cell."
        )
        assert set(expected()) <= set(lines(routes())), "routes.csv knows routes that are gone"


def test_a_route_without_cells_is_named() -> None:
    new = [*routes(), ("POST", "/v1/secret/{company_id:str}")]
    missing = ["POST /v1/secret/{company_id:str} own", "POST /v1/secret/{company_id:str} other"]
    assert without_cells(lines(new), expected()) == missing
    half = {line: {**cells, "investor": ""} for line, cells in expected().items()}
    assert len(without_cells(lines(routes()), half)) == len(half)


def test_routes_answer_as_the_matrix_says(rows: Rows) -> None:
    found = {
        line: {caller: cell(answer(rows, line, caller)) for caller in CALLERS}
        for line in lines(routes())
    }
    actual = written(found)
    if os.environ.get(REWRITE):
        FILE.write_text(actual, encoding="utf-8")
    known = FILE.read_text(encoding="utf-8")
    changes = difflib.unified_diff(
        known.splitlines(), actual.splitlines(), "routes.csv", "the API", lineterm="", n=0
    )
    assert actual == known, "\n".join(
        [*changes, "If every change is meant: python -m tests.access.write_routes"]
    )


@pytest.mark.parametrize("caller", NARROWED)
def test_what_is_hidden_is_answered_as_what_does_not_exist(rows: Rows, caller: str) -> None:
    for line in lines(routes()):
        # Creating is the exception: an id that exists unseen is a duplicate, as any other.
        if line.row == "other" and (line.method, line.path) != ("POST", "/v1/company"):
            hidden, unknown = (answer(rows, line, caller, row) for row in ("other", "unknown"))
            assert rule(hidden) == rule(unknown), line


def test_nothing_but_the_login_is_open_to_nobody() -> None:
    cells = {line: answers["nobody"] for line, answers in expected().items()}
    closed = {
        c for line, c in cells.items() if line.path.startswith("/v1/") and line.path not in OPEN
    }
    assert closed == {"401"}


def test_an_investor_gets_nothing_of_companies() -> None:
    for line, answers in expected().items():
        if line.row and not any(
            part in line.path for part in ("/users/", "/funds/", "/investors/")
        ):
            assert answers["investor"] == "403", line


def test_narrowed_callers_get_nothing_of_other_rows() -> None:
    for line, answers in expected().items():
        if line.row == "other":
            for caller in NARROWED:
                assert answers[caller] in ("200 empty", "400", "403", "404", "409"), line


def test_readers_write_nothing_and_submitters_only_quarters() -> None:
    for line, answers in expected().items():
        if line.method != "GET" and line.path not in OPEN:
            for caller in ("viewer", "auditor", "investor", "viewer_scoped"):
                assert answers[caller] in ("403", "404"), line
            if not answers["submitter"].startswith("4"):
                assert "/input" in line.path, line
                assert line.row == "own", line
