"""The demo with its exchange rates, and real database logins that read it as BI tools do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from db.settings import SUPERUSER
from jobs.fx.ecb_bundled import ARCHIVE, SOURCE, read_rates
from tests.bi.queries import views_of
from tests.company.worlds import DEMO, OWNER, ROLES, read_demo
from tests.conftest import DEPLOYED, Connection, Database, TestServer, clone
from tests.fund.fund_life import FundLife

FUND = "Fund V"
LOGINS = ("viewer", "viewer_scoped", "auditor")


@dataclass(frozen=True)
class Published:
    """A database with the demo, one user of each role, and one login of each reading role.

    Narrowed users see FUND. Nobody commits to it.
    """

    database: Database
    views: dict[str, str]
    """Each published view and what orders its rows: the column that names one."""

    def login(self, role: str) -> str:
        """Roles belong to the whole server: the name says whose database it is for."""
        prefix = "bi_demo" if role == "viewer_scoped" else f"bi_{role}"
        return f"{prefix}_{self.database.name}"

    def dsn(self, role: str = "viewer_scoped") -> str:
        return self.database.dsn(self.login(role))

    def connect(self, role: str = "viewer_scoped", **settings: Any) -> Connection:
        return self.database.connect(self.login(role), **settings)

    @contextmanager
    def request(self, role: str) -> Iterator[Connection]:
        """The middle of a request over HTTP of the user with that role."""
        with self.database.connect(options=OWNER) as conn:
            user = conn.execute("select security.user_id_by_email(%s)", [f"{role}@example.com"])
            found = user.fetchone()
        with self.database.connect("qb_api") as conn:
            conn.execute("select security.begin_request(%s)", found)
            yield conn
            conn.rollback()


@pytest.fixture(scope="session")
def published(server: TestServer) -> Iterator[Published]:
    logins: list[str] = []
    try:
        with clone(server, DEPLOYED) as database:
            with database.connect(options=OWNER) as conn:
                _fill(conn)
                published = Published(database, views_of(conn))
            logins += map(published.login, LOGINS)
            with server.alone(), database.connect(options=OWNER) as conn:
                _add_logins(conn, published)
            yield published
    finally:
        # After the database, in which they may have rights.
        admin: Connection
        with server.alone(), psycopg.connect(server.dsn(SUPERUSER, "postgres")) as admin:
            for login in logins:
                admin.execute(f"drop role if exists {login}".encode())


def _add_logins(conn: Connection, published: Published) -> None:
    for role in LOGINS:
        login = published.login(role)
        conn.execute("select security.add_database_login(%s, %s)", [login, role])
        password = [login, published.database.server.password]
        conn.execute("select security.set_login_password(%s, %s)", password)
    conn.execute(
        "insert into security.user_fund (fund_id, user_id) select f.fund_id, u.user_id"
        " from fund.fund as f, security.app_user as u"
        " where f.name = %s and u.group_role like '%%_scoped'",
        [FUND],
    )


def _fill(conn: Connection) -> None:
    """The demo and the rates it needs, a tenth of the archive."""
    kept = [
        row
        for row in read_rates((files("currency_converter") / ARCHIVE).read_bytes())
        if row["currency"] in {"USD", "CAD", "GBP"} and row["date"] >= "2007-10"
    ]
    conn.execute("select fx.record_rates(%s, %s)", [SOURCE, Jsonb(kept)])
    for file, function in DEMO.items():
        conn.execute(f"select company.{function}(%s)".encode(), [Jsonb(read_demo(file))])
    conn.execute("select fund.refresh_portfolio(60)")
    for name in (FUND, "Fund IV"):
        _fill_fund(conn, name)
    for role in ROLES:
        address = f"{role}@example.com"
        conn.execute("select security.add_user(%s, %s)", [address, role])


def _fill_fund(conn: Connection, name: str) -> None:
    """One of everything that happens to a fund's capital."""
    row = conn.execute("select fund_id from fund.fund where name = %s", [name]).fetchone()
    assert row
    life = FundLife(conn, row[0])
    if life.rows("select from ledger.book where fund_id = %(fund_id)s"):
        return  # the demo has said it
    life.rows("update fund.fund set currency = 'USD' where fund_id = %(fund_id)s")
    life.call("open_books", first_on="2024-01-01")
    life.set_terms("2020-01-01", late_interest_rate="0.1", term_ends_on="2033-12-31")
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    life.close_on("2024-01-15", {f"{name[-1]}-01": 600, f"{name[-1]}-02": 400})
    life.issue("2024-02-01", 100)
    life.pay_all("2024-03-01")
    life.close_on("2024-04-01", {f"{name[-1]}-03": 1000})
    life.pay_all("2024-04-01")
    life.run("management_fee", {"from_on": "2024-01-15", "to_on": "2024-04-01"})
    life.distribute("2024-05-01", 10, recallable_amount=5)
    life.run("nav", {"as_of": "2024-06-30", "fair_value": 20})


Rows = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def everything(published: Published) -> Iterator[Rows]:
    """Asks as the owner, who sees all rows; what the test changes is rolled back."""
    with psycopg.connect(published.database.dsn(), options=OWNER, row_factory=dict_row) as conn:

        def rows(query: str) -> list[dict[str, Any]]:
            cursor = conn.execute(query.encode())
            return cursor.fetchall() if cursor.description else []

        yield rows
        conn.rollback()
