"""Whose funds are whose to change: by role, by scope, and never by what is sent."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from tests.company.books import refused
from tests.conftest import Connection, Database
from tests.fund.asking import narrow
from tests.fund.fund_life import FundLife

Open = Callable[..., Connection]
CALL = ("2024-02-01", 1_000_000)


@pytest.fixture
def funds(as_role: Open, owner: Connection) -> tuple[FundLife, FundLife]:
    """Two funds; narrowed users are given the first."""
    own, hidden = FundLife.begun(owner), FundLife.begun(owner, "Fund II")
    for role in ("editor_scoped", "viewer_scoped"):
        as_role(role).rollback()
        narrow(owner, own.fund_id, f"{role}@example.com")
    return own, hidden


def can_write(conn: Connection, life: FundLife) -> bool:
    row = conn.execute("select security.can_write_fund(%s)", [life.fund_id]).fetchone()
    assert row
    return bool(row[0])


@pytest.mark.parametrize(
    ("role", "expected"),
    [("admin", (True, True)), ("editor", (True, True)), ("editor_scoped", (True, False))],
)
def test_who_may_write_to_which_fund(
    as_role: Open, funds: tuple[FundLife, FundLife], role: str, expected: tuple[bool, bool]
) -> None:
    conn = as_role(role)
    assert tuple(can_write(conn, life) for life in funds) == expected
    for life, allowed in zip(funds, expected, strict=True):
        there = life.on(conn)
        if allowed:
            assert there.issue(*CALL)["event_number"] == 2
            continue
        before = life.everything()
        with refused(conn, "QB404", "fund_not_found"):
            there.issue(*CALL)
        with refused(conn, "QB404", "fund_not_found"):
            there.run("capital_call", {"notice_on": "2024-02-01"}, preview=True)
        assert life.everything() == before


@pytest.mark.parametrize("role", ["viewer", "auditor", "submitter", "investor", "viewer_scoped"])
def test_whoever_reads_records_nothing(
    as_role: Open, funds: tuple[FundLife, FundLife], role: str
) -> None:
    conn = as_role(role)
    for life in funds:
        before = life.everything()
        with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
            can_write(conn, life)
        with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
            life.on(conn).issue(*CALL)
        assert life.everything() == before


def test_who_ended_writes_nothing(
    as_role: Open, owner: Connection, funds: tuple[FundLife, FundLife]
) -> None:
    conn = as_role("editor")
    owner.execute(
        "update security.app_user set is_active = false"
        " where user_id = security.user_id_by_email('editor@example.com')"
    )
    with refused(conn, "QB404", "fund_not_found"):
        funds[0].on(conn).issue(*CALL)


def test_the_role_that_is_set_counts_for_nothing_without_its_user(
    database: Database, as_role: Open, owner: Connection, funds: tuple[FundLife, FundLife]
) -> None:
    """A narrowed editor's session that takes an editor's role is still the narrowed editor."""
    conn = as_role("editor_scoped")
    conn.execute("set local role qb_editor")
    assert [can_write(conn, life) for life in funds] == [True, False]
    with refused(conn, "QB404", "fund_not_found"):
        funds[1].on(conn).issue(*CALL)
    conn.rollback()
    with database.connect("qb_api") as nobody:
        nobody.execute("set role qb_editor")
        assert [can_write(nobody, life) for life in funds] == [False, False]
    assert [can_write(owner, life) for life in funds] == [True, True]


def test_an_unknown_fund_is_as_a_hidden_one(
    as_role: Open, funds: tuple[FundLife, FundLife]
) -> None:
    for role in ("editor", "editor_scoped"):
        conn = as_role(role)
        unknown = FundLife(conn, funds[0].investor_id("LP-01"))
        with refused(conn, "QB404", "fund_not_found"):
            unknown.issue(*CALL)
        conn.rollback()


def test_a_narrowed_editor_admits_only_whom_he_meets(
    as_role: Open, owner: Connection, funds: tuple[FundLife, FundLife]
) -> None:
    own, hidden = funds
    hidden.close_on("2024-03-01", {"LP-77": 1_000_000})
    conn = as_role("editor_scoped")
    there = own.on(conn)
    for investor in ("LP-77", str(own.investor_id("LP-77")), "LP-99"):
        lines = [{"investor": investor, "amount": 1}]
        with refused(conn, "QB400", "investor_unknown"):
            there.run("close", {"closed_on": "2024-03-01", "commitments": lines}, preview=True)
    there.rows('select fund.create_investor(\'{"investor_code": "NEW", "name": "New"}\')')
    lines = [{"investor": "NEW", "amount": 1_000_000}]
    done = there.run("close", {"closed_on": "2024-03-01", "commitments": lines})
    assert done["event_number"] == 2
