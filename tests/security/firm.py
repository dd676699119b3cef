"""A small firm to attack: four funds, companies without a fund, and logins that see a part of it.

Which company belongs to which fund stands here, in Python: what a login must see is worked out
from it, and never asked of the database. Every text and number of a company names the company, so
that one of them in the wrong answer is a leak that can be seen.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from db.settings import SUPERUSER, locked
from tests.company.books import FLOWS, Books, quarter_end
from tests.conftest import DEPLOYED, Connection, Database, TestServer, clone

TEMPLATE = "quarterbase_firm"
OWNER = "-c role=qb_owner"
FUNDS = ("Fund I", "Fund II", "Fund III", "Fund IV")
# c-01 … c-15: three companies a fund, and three of none.
COMPANIES: dict[str, str | None] = {
    f"c-{number:02}": (*FUNDS, None)[(number - 1) % 5] for number in range(1, 16)
}
CURRENCIES = ("USD", "EUR", "GBP")
QUARTERS = [(2024, 1), (2024, 2), (2024, 3), (2024, 4), (2025, 1)]


@dataclass(frozen=True)
class Scope:
    """What a narrowed user was given."""

    funds: frozenset[str] = field(default_factory=frozenset)
    companies: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, *names: str) -> Scope:
        return cls(frozenset(names) & set(FUNDS), frozenset(names) & set(COMPANIES))

    @property
    def visible(self) -> frozenset[str]:
        return self.companies | {c for c, fund in COMPANIES.items() if fund in self.funds}

    @property
    def hidden(self) -> frozenset[str]:
        return frozenset(COMPANIES) - self.visible

    @property
    def secret(self) -> re.Pattern[str]:
        """A hidden company's id, as a word of its own: an id's hex digits can spell `c-04` too."""
        return re.compile(rf"\b(?:{'|'.join(sorted(self.hidden))})\b")


SCOPES = {
    "fund": Scope.of("Fund I"),
    "funds": Scope.of("Fund II", "Fund III"),
    "company": Scope.of("c-01"),
    "companies": Scope.of("c-02", "c-07", "c-12", "c-05"),  # all of Fund II, one by one
    "mixed": Scope.of("Fund IV", "c-01", "c-10"),
    "none": Scope.of(),
}


def make_firm(books: Books) -> None:
    """Fifteen companies, up to five quarters each, in three currencies, with holes and nulls."""
    dice = random.Random(4)
    books.fix(date(2023, 12, 1), date(2025, 3, 31), {"USD": "1.10", "GBP": "0.85", "CAD": "1.50"})
    for number, (company_id, fund) in enumerate(COMPANIES.items(), 1):
        books.company(
            company_id,
            company_name=f"Name of {company_id}",
            reporting_currency=CURRENCIES[number % 3],
            reporting_status=f"Status of {company_id}",
            fund=fund,
            post_money_valuation=100 + number,
        )
        if number % 4 == 0:
            rounds = [(f"2024-0{number % 3 + 1}-15", 200 + number), ("2024-11-15", 300 + number)]
            for day, amount in rounds:
                books.call(
                    "company.add_valuation_round",
                    company_id=company_id,
                    round=Jsonb(
                        {
                            "round_on": day,
                            "round_name": f"Round of {company_id}",
                            "post_money_valuation": amount,
                            "amount_unit": "millions",
                            "currency": "USD",
                        }
                    ),
                )
        for year, quarter in QUARTERS:
            if dice.random() < 0.85 or quarter == 4:
                books.quarter(year, quarter, company_id, **numbers(number, dice))
    for fund in FUNDS:
        fund_id = books.value("select fund_id from fund.fund where name = %s", fund)
        open_ledger(books, fund_id, fund)
        raise_capital(books, fund_id, fund)
    books.rows("insert into fund.fund (name) values ('Fund without companies')")
    books.rows("select fund.refresh_portfolio(60)")


def open_ledger(books: Books, fund_id: object, fund: str) -> None:
    """A fund's books with one entry and an account that say whose they are."""
    books.call("ledger.open_books", fund_id=fund_id, first_on="2024-01-01")
    books.rows(
        "update ledger.account set name = %s where fund_id = %s and account_number = '1000'",
        *(f"Cash of {fund}", fund_id),
    )
    sent = {"entry_on": "2024-12-31", "kind": "income", "memo": f"Memo of {fund}"}
    lines = [("1000", "debit"), ("4200", "credit")]
    found = [{"account": number, "currency": "USD", side: 5} for number, side in lines]
    books.call("ledger.post_entry", fund_id=fund_id, entry=Jsonb({**sent, "lines": found}))


def raise_capital(books: Books, fund_id: object, fund: str) -> None:
    """Two partners, their people, terms, a close and a call, all of which say whose they are."""
    books.rows("update fund.fund set currency = 'USD' where fund_id = %s", fund_id)
    steps = [{"fee_rate": 0.02, "fee_base": "committed"}]
    terms = {"valid_from": "2024-01-01", "fee_schedule": steps}
    books.call("fund.set_terms", fund_id=fund_id, terms=Jsonb(terms))
    lines = []
    for who in ("Partner", "Rival"):
        code, name = f"{who}-{fund.split()[1]}", f"{who} of {fund}"
        made = books.call("fund.create_investor", investor=Jsonb(
            {"investor_code": code, "name": name}
        ))["body"]["data"]  # fmt: skip
        contact = Jsonb({"name": f"Contact of {name}", "email": f"{code}@example.com"})
        books.call("fund.add_contact", investor_id=made["investor_id"], contact=contact)
        lines.append({"investor": code, "amount": 1000})
    memo = {"memo": f"Memo of {fund}", "closed_on": "2024-01-15", "commitments": lines}
    events = [
        ("close", memo),
        ("capital_call", {
            "notice_on": "2024-02-01", "capital_amount": 100, "purpose": f"Purpose of {fund}",
        }),
        ("payment", {"investor": lines[0]["investor"], "received_on": "2024-02-10", "amount": 50}),
    ]  # fmt: skip
    for kind, request in events:
        books.call("fund.run_event", fund_id=fund_id, kind=kind, request=Jsonb(request))


def investor_of(fund: str) -> str:
    """Code of the partner of a fund that somebody with the role investor acts for."""
    return f"Partner-{fund.split()[1]}"


def numbers(company: int, dice: random.Random) -> dict[str, int | None]:
    """Amounts that begin with the company's number, some of them missing."""
    found: dict[str, int | None] = {
        name: company * 1_000_000 + dice.randrange(1000, 9999) for name in FLOWS
    }
    found["cash_burn"] = -dice.randrange(1, 9) * 1000 - company
    found["cash_balance"] = company * 10_000_000 + dice.randrange(1000)
    found["debt_outstanding"] = dice.choice([None, company * 100_000])
    found["employees"] = dice.choice([None, company * 10])
    found["customers"] = dice.choice([None, company])
    found["recurring_revenue"] = dice.choice([None, company * 1_000_000])
    return found


def firm_template(server: TestServer) -> str:
    """Made once for all workers; clones of it cost 0.1 s."""
    with locked(server.folder / f"{TEMPLATE}.lock"):
        admin: Connection
        with psycopg.connect(server.dsn(SUPERUSER, "postgres"), autocommit=True) as admin:
            known = "select from pg_database where datname = %s"
            if not admin.execute(known, [TEMPLATE]).rowcount:
                with clone(server, DEPLOYED) as database:
                    with database.connect(options=OWNER) as conn:
                        make_firm(Books(conn))
                    with database.connect(SUPERUSER, autocommit=True) as conn:
                        conn.execute("vacuum analyze")
                    admin.execute(f"alter database {database.name} rename to {TEMPLATE}".encode())
    return TEMPLATE


def set_scope(owner: Connection, user_id: object, scope: Scope) -> None:
    """Gives a narrowed user exactly this."""
    values = {"user": user_id, "funds": list(scope.funds), "companies": list(scope.companies)}
    with owner.transaction():
        for statement in (
            "delete from security.user_fund where user_id = %(user)s",
            "delete from security.user_company where user_id = %(user)s",
            "insert into security.user_fund (user_id, fund_id)"
            " select %(user)s, fund_id from fund.fund where name = any(%(funds)s)",
            "insert into security.user_company (user_id, company_id)"
            " select %(user)s, unnest(%(companies)s::text[])",
        ):
            owner.execute(statement.encode(), values)


@dataclass(frozen=True)
class Firm:
    """A clone of the firm; `.owner` works as qb_owner, every statement its own transaction."""

    database: Database
    owner: Connection
    logins: dict[str, str] = field(default_factory=dict)

    def login_name(self, name: str) -> str:
        """Roles belong to the whole server: the database's name makes a login's name its own."""
        return f"bi_{name}_{self.database.name.removeprefix('test_')}"

    def add_login(self, name: str, role: str = "viewer_scoped", scope: Scope | None = None) -> str:
        """A BI login with a password, made as an administrator makes one."""
        login = self.login_name(name)
        server = self.database.server
        with server.alone():
            [user_id] = self.one("select security.add_database_login(%s, %s)", login, role)
            self.one("select security.set_login_password(%s, %s)", login, server.password)
        if scope is not None:
            set_scope(self.owner, user_id, scope)
        self.logins[name] = login
        return login

    def rescope(self, name: str, scope: Scope) -> None:
        query = "select user_id from security.database_login where login = %s"
        set_scope(self.owner, self.one(query, self.logins[name])[0], scope)

    def user(self, role: str, scope: Scope | None = None, email: str = "") -> Any:
        """A user of the API with this role, narrowed to this scope."""
        email = email or f"{role}@example.com"
        [user_id] = self.one(
            "select coalesce(security.user_id_by_email(%s), security.add_user(%s, %s))",
            email, email, role,
        )  # fmt: skip
        if scope is not None:
            set_scope(self.owner, user_id, scope)
        return user_id

    def one(self, statement: str, *values: object) -> tuple[Any, ...]:
        found = self.owner.execute(statement.encode(), values or None).fetchone()
        assert found is not None
        return found

    def connect(self, name: str, **settings: Any) -> Connection:
        """A real connection of a BI login: a session of its own, nothing set by us."""
        return self.database.connect(self.logins[name], **{"autocommit": True, **settings})

    @contextmanager
    def request(self, user_id: object) -> Iterator[Connection]:
        """The middle of an API request of this user."""
        with self.database.connect("qb_api") as conn:
            conn.execute("select security.begin_request(%s)", [user_id])
            yield conn
            conn.rollback()


@contextmanager
def open_firm(server: TestServer, *, logins: bool = True) -> Iterator[Firm]:
    """A clone with one narrowed BI login for each of SCOPES; all of it is gone afterwards."""
    with ExitStack() as stack:
        made: dict[str, str] = {}
        stack.callback(drop_logins, server, made)
        database = stack.enter_context(clone(server, firm_template(server)))
        owner = stack.enter_context(database.connect(autocommit=True, options=OWNER))
        firm = Firm(database, owner, made)
        for name, scope in SCOPES.items() if logins else ():
            firm.add_login(name, scope=scope)
        yield firm


def drop_logins(server: TestServer, logins: dict[str, str]) -> None:
    conn: Connection
    with (
        server.alone(),
        psycopg.connect(server.dsn(SUPERUSER, "postgres"), autocommit=True) as conn,
    ):
        for login in logins.values():
            conn.execute(f"drop role if exists {login}".encode())


def seen(conn: Connection, relation: str = "company.company") -> set[str]:
    return {row[0] for row in conn.execute(f"select company_id from {relation}".encode())}


__all__ = [
    "COMPANIES", "CURRENCIES", "FUNDS", "OWNER", "QUARTERS", "SCOPES", "Firm", "Scope", "open_firm",
    "quarter_end", "seen", "set_scope",
]  # fmt: skip
