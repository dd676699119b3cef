"""Who sets the terms of a fund, and who reads them."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from tests.company.books import refused
from tests.conftest import Connection
from tests.fund.asking import ask, count, data, narrow
from tests.fund.term_words import FIRST, FUND, versions

Open = Callable[..., Connection]


@pytest.mark.parametrize("role", ["admin", "editor"])
def test_editors_set_terms(as_role: Open, role: str) -> None:
    conn = as_role(role)
    fund_id = data(conn, "create_fund", FUND)["fund_id"]
    assert data(conn, "set_terms", fund_id, FIRST)["created_by"] == f"{role}@example.com"
    ask(conn, "set_terms", fund_id, {"valid_from": "2024-01-01"})
    assert ask(conn, "delete_terms", fund_id, "2024-01-01")[0] == 200


@pytest.mark.parametrize("role", ["viewer", "auditor", "viewer_scoped", "submitter", "investor"])
def test_readers_set_none(as_role: Open, owner: Connection, role: str) -> None:
    fund_id = data(owner, "create_fund", FUND)["fund_id"]
    conn = as_role(role)
    for function, values in (
        ("set_terms", (fund_id, FIRST)),
        ("delete_terms", (fund_id, "2021-01-01")),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(conn, function, *values)


def test_a_narrowed_editor_sets_the_terms_of_his_funds_and_sees_no_others(
    as_role: Open, owner: Connection
) -> None:
    own, hidden = (
        data(owner, "create_fund", FUND | {"name": name})["fund_id"] for name in ("A", "B")
    )
    ask(owner, "set_terms", hidden, FIRST)
    as_role("editor_scoped").rollback()
    narrow(owner, own, "editor_scoped@example.com")
    conn = as_role("editor_scoped")
    ask(conn, "set_terms", own, FIRST)
    assert versions(conn, own) == [("2021-01-01", None)]
    assert (count(conn, "fund.terms"), count(conn, "fund.fee_step")) == (1, 3)
    for function, values in (
        ("set_terms", (hidden, FIRST)),
        ("list_terms", (hidden,)),
        ("delete_terms", (hidden, "2021-01-01")),
    ):
        with refused(conn, "QB404", "fund_not_found"):
            ask(conn, function, *values)
    with refused(conn, "QB404", "terms_not_found"):
        ask(conn, "get_terms", hidden, "2021-01-01")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
        conn.execute(
            "insert into fund.terms (fund_id, valid_from) values (%s, '1990-01-01')", [hidden]
        )
    assert conn.execute("delete from fund.fee_step").rowcount == 3


def test_an_investor_reads_no_terms(as_role: Open, owner: Connection) -> None:
    fund_id = data(owner, "create_fund", FUND)["fund_id"]
    ask(owner, "set_terms", fund_id, FIRST)
    conn = as_role("investor")
    for function, values in (("list_terms", (fund_id,)), ("get_terms", (fund_id, "2021-01-01"))):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(conn, function, *values)
