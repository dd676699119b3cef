"""What an investor sees: itself, its own lines, and of what all partners share the days only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, NamedTuple

import psycopg
import pytest

from tests.company.books import refused
from tests.conftest import DEPLOYED, Connection, Database, TestServer, clone
from tests.fund.asking import ask, count, data
from tests.fund.fund_life import FundLife

OF_PARTNERS = (
    "commitment", "commitment_line", "capital_call_line", "payment", "payment_line",
    "late_interest", "partner_default", "true_up_interest", "fee_line", "fee_segment",
    "distribution_line", "nav_line",
)  # fmt: skip
OF_THE_FIRM = (
    "fee_step", "event", "close", "transfer", "fee_adjustment", "fee_payment",
    "portfolio_quarter_total",
)  # fmt: skip
# What all partners share, with columns that would tell of the others.
SHARED = {
    "capital_call": ("capital_amount", "fee_amount"),
    "distribution": ("amount", "recallable_amount"),
    "fee_run": ("gross_amount", "net_amount", "offset_carried_forward"),
    "nav": ("fair_value", "nav_amount", "memo"),
    "terms": ("true_up_rate", "late_interest_rate", "fee_free_classes"),
}
FIRST = {"LP-01": 50_000_000, "LP-02": 30_000_000, "LP-03": 20_000_000}


class World(NamedTuple):
    database: Database
    owner: Connection
    life: FundLife
    other: FundLife

    def investor(self, *codes: str, email: str = "lp@example.com") -> str:
        """A user with the role investor who acts for these and no others."""
        row = self.owner.execute(
            "select coalesce(security.user_id_by_email(%(email)s),"
            " security.add_user(%(email)s, 'investor'))",
            {"email": email},
        ).fetchone()
        assert row
        self.owner.execute(
            "select security.replace_user_scope(%s, null, null, %s)", [row[0], list(codes)]
        )
        return str(row[0])


@pytest.fixture(scope="module")
def world(server: TestServer) -> Iterator[World]:
    """A fund in which everything has happened to every partner, and one that LP-01 is not in."""
    with (
        clone(server, DEPLOYED) as database,
        database.connect(autocommit=True, options="-c role=qb_owner") as owner,
    ):
        life = FundLife.begun(owner, commitments={}, late_interest_rate="0.1")
        life.set_fee("*", "2020-01-01", "0.02", "committed")
        other = FundLife.begun(owner, "Fund II", {"LP-02": 5_000_000, "LP-09": 5_000_000})
        live(life)
        other.issue("2024-02-01", 1_000_000)
        yield World(database, owner, life, other)


def live(life: FundLife) -> None:
    life.close_on("2024-01-15", FIRST)
    life.issue("2024-02-01", 10_000_000, due_on="2024-02-15")
    life.pay("LP-01", "2024-02-15", 5_000_000)
    life.pay("LP-02", "2024-03-15", 3_000_000)
    life.pay("LP-03", "2024-03-16", 2_000_000)
    life.close_on("2024-03-20", {"LP-04": 10_000_000})
    life.pay_all("2024-03-25")
    life.run("management_fee", {"from_on": "2024-01-15", "to_on": "2024-04-01"})
    life.distribute("2024-05-01", 1_000_000, recallable_amount=500_000)
    life.run("nav", {"as_of": "2024-06-30", "fair_value": 1_000_000})
    life.issue("2024-07-01", 1_000_000)
    for code in ("LP-01", "LP-03"):
        life.run("default", {"investor": code, "declared_on": "2024-08-01"})


@pytest.fixture
def request_of(world: World) -> Iterator[Callable[[str], Connection]]:
    """The middle of a request of a user."""
    with ExitStack() as stack:

        def begin(user_id: str) -> Connection:
            conn = stack.enter_context(world.database.connect("qb_api"))
            stack.callback(conn.rollback)
            conn.execute("select security.begin_request(%s)", [user_id])
            return conn

        yield begin


Begin = Callable[[str], Connection]


def investors_in(conn: Connection, table: str) -> set[Any]:
    found = conn.execute(f"select distinct investor_id from fund.{table}".encode())
    return {investor_id for (investor_id,) in found}


def values(conn: Connection, query: str) -> set[Any]:
    return {value for (value,) in conn.execute(query.encode())}


@pytest.mark.parametrize("table", OF_PARTNERS)
def test_an_investor_sees_its_own_lines_and_all_of_them(
    world: World, request_of: Begin, table: str
) -> None:
    conn = request_of(world.investor("LP-03"))
    own = world.life.investor_id("LP-03")
    rows = world.owner.execute(
        f"select count(*) filter (where investor_id = %s), count(*) from fund.{table}".encode(),
        [own],
    ).fetchone()
    assert rows and 0 < rows[0] < rows[1]  # there is something to hide
    assert investors_in(conn, table) == {own}
    assert count(conn, f"fund.{table}") == rows[0]


def test_an_investor_is_who_it_acts_for(world: World, request_of: Begin) -> None:
    both = {world.life.investor_id(code) for code in ("LP-02", "LP-03")}
    user = world.investor("LP-02", "LP-03")
    conn = request_of(user)
    assert {i["investor_code"] for i in data(conn, "list_investors")} == {"LP-02", "LP-03"}
    assert investors_in(conn, "capital_call_line") == both
    assert count(conn, "fund.fund") == 2
    conn.rollback()
    world.investor()
    conn = request_of(user)
    for table in (*OF_PARTNERS, "fund", "investor"):
        assert count(conn, f"fund.{table}") == 0, table


def test_a_user_who_ended_or_is_none_sees_nothing(world: World) -> None:
    user = world.investor("LP-03", email="ended@example.com")
    world.owner.execute("update security.app_user set is_active = false where user_id = %s", [user])
    with world.database.connect("qb_api") as conn:
        for setting in (user, ""):
            conn.execute("select set_config('qb.user_id', %s, true)", [setting])
            conn.execute("set local role qb_investor")
            for table in (*OF_PARTNERS, "fund", "investor", "investor_contact"):
                assert count(conn, f"fund.{table}") == 0, table
            conn.rollback()


def test_whoever_is_somebody_else_here_does_not_become_an_investor(world: World) -> None:
    """The setting that names a user counts where nobody can type SQL, and nowhere else."""
    user = world.investor("LP-03")
    with world.database.connect("postgres") as conn:
        conn.execute("select set_config('qb.user_id', %s, true)", [user])
        conn.execute("set local role qb_investor")
        assert count(conn, "fund.capital_call_line") == 0


def test_an_investor_sees_the_funds_that_it_is_a_partner_of(
    world: World, request_of: Begin
) -> None:
    conn = request_of(world.investor("LP-03"))
    assert values(conn, "select name from fund.fund") == {"Fund I"}
    fund = data(conn, "get_fund", str(world.life.fund_id))
    assert (fund["name"], fund["currency"]) == ("Fund I", "USD")
    assert (fund["books_first_on"], fund["created_by"]) == (None, "The firm")
    with refused(conn, "QB404", "fund_not_found"):
        ask(conn, "get_fund", str(world.other.fund_id))


def test_an_investor_sees_itself_and_its_own_people(world: World, request_of: Begin) -> None:
    own, other = (str(world.life.investor_id(code)) for code in ("LP-03", "LP-02"))
    for investor_id in (own, other):
        ask(world.owner, "add_contact", investor_id, {"name": f"Somebody of {investor_id}"})
    conn = request_of(world.investor("LP-03"))
    [found] = data(conn, "list_investors")
    assert (found["investor_code"], found["created_by"]) == ("LP-03", "The firm")
    assert [fund["name"] for fund in found["funds"]] == ["Fund I"]
    assert {c["name"] for c in data(conn, "list_contacts", own)} == {f"Somebody of {own}"}
    assert investors_in(conn, "investor_contact") == {world.life.investor_id("LP-03")}
    for function in ("get_investor", "list_contacts"):
        with refused(conn, "QB404", "investor_not_found"):
            ask(conn, function, other)
    for function, more in (("add_contact", ({"name": "X"},)), ("update_investor", ({},))):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
            ask(conn, function, own, *more)


def test_an_investor_sees_no_people_but_itself(world: World, request_of: Begin) -> None:
    user = world.investor("LP-03")
    world.investor("LP-02", email="another@example.com")
    conn = request_of(user)
    assert values(conn, "select user_id::text from security.person") == {user}
    with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
        conn.execute("select email from security.person")
    for table in ("app_user", "user_investor"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
            count(conn, f"security.{table}")


@pytest.mark.parametrize("table", SHARED)
def test_of_what_all_share_an_investor_reads_the_days(
    world: World, request_of: Begin, table: str
) -> None:
    conn = request_of(world.investor("LP-03"))
    assert values(conn, f"select fund_id from fund.{table}") == {world.life.fund_id}
    for column in SHARED[table]:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
            conn.execute(f"select {column} from fund.{table}".encode())


@pytest.mark.parametrize("table", OF_THE_FIRM)
def test_what_is_the_firms_is_not_the_investors(
    world: World, request_of: Begin, table: str
) -> None:
    conn = request_of(world.investor("LP-03"))
    with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
        count(conn, f"fund.{table}")


def test_an_investor_writes_nothing(world: World, request_of: Begin) -> None:
    conn = request_of(world.investor("LP-03"))
    tables = values(
        conn,
        "select c.relname::text from pg_class as c where c.relkind = 'r'"
        " and c.relnamespace in ('fund'::regnamespace, 'ledger'::regnamespace)",
    )
    assert tables > set(OF_PARTNERS)
    granted = conn.execute(
        "select c.oid::regclass::text from pg_class as c"
        " join pg_namespace as n on c.relnamespace = n.oid"
        " where n.nspname in ('fund', 'ledger', 'security') and c.relkind in ('r', 'v')"
        " and (has_any_column_privilege(c.oid, 'insert, update')"
        " or has_table_privilege(c.oid, 'delete, truncate'))"
    ).fetchall()
    assert granted == []
    with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
        world.life.on(conn).issue("2024-09-01", 1)
