"""The rows that the matrix of routes is asked about, put back after each write that succeeded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg

from server.tokens import issue_token
from tests.access.routes import CALLERS, ROWS
from tests.fund.fund_life import FundLife
from tests.ledger.fund_books import cash_in
from tests.security.firm import OWNER

FUNDS = {"own": "Own Fund", "other": "Other Fund"}
# A row that nobody has: what is hidden must be answered as this is.
UNKNOWN = {
    "company_id": "unknown", "bare_company_id": "unknown", "id": str(UUID(int=99)),
    "valuation_round_id": str(UUID(int=99)), "user_id": str(UUID(int=99)),
    "fund_id": str(UUID(int=99)), "event_id": str(UUID(int=99)), "entry_id": str(UUID(int=99)),
    "call_id": str(UUID(int=99)), "distribution_id": str(UUID(int=99)), "investor": "unknown",
    "valid_from": "2000-01-01", "investor_id": str(UUID(int=99)), "contact_id": str(UUID(int=99)),
}  # fmt: skip
SEED = """
delete from company.metrics_input;
delete from company.valuation_round;
delete from security.user_company;
delete from company.company;
delete from fx.quarantine where source_id = 'ecb';
delete from fx.rate where source_id = 'ecb';
insert into company.company (company_id, name, reporting_currency, fund_id, year_end_date)
select r.id || b.suffix, 'Company', 'USD', f.fund_id, '2024-12-31'
from (values ('own', 'Own Fund'), ('other', 'Other Fund')) as r (id, fund)
inner join fund.fund as f on r.fund = f.name
cross join (values (''), ('-bare')) as b (suffix);
insert into company.metrics_input
    (id, company_id, fiscal_reporting_date, recurring_revenue, total_revenue)
values
    ('00000000-0000-0000-0000-000000000001', 'own', '2024-03-31', 10, 11),
    ('00000000-0000-0000-0000-000000000002', 'other', '2024-03-31', 20, 22);
insert into company.valuation_round
    (valuation_round_id, company_id, round_on, post_money_valuation, currency)
values
    ('00000000-0000-0000-0000-000000000001', 'own', '2024-02-01', 1, 'USD'),
    ('00000000-0000-0000-0000-000000000002', 'other', '2024-02-01', 2, 'USD');
insert into security.user_company (company_id, user_id)
select c.company_id, security.user_id_by_email('submitter@example.com')
from company.company as c where c.company_id like 'own%';
"""
FIXINGS = [
    {"date": "2024-05-14", "currency": "USD", "rate": "1.1"},
    {"date": "2024-05-15", "currency": "USD", "rate": "9"},  # a jump: it waits for a person
]


@dataclass
class Rows:
    """The database behind a running API, as its owner, and a client for each caller."""

    conn: psycopg.Connection[Any]
    clients: Mapping[str, httpx.Client]
    user_ids: Mapping[str, UUID]
    quarantine_id: int = field(default=0, init=False)
    of_funds: dict[str, dict[str, str]] = field(default_factory=dict, init=False)

    @classmethod
    def behind(cls, api: Any) -> Rows:
        conn: Any = psycopg.connect(api.dsn("qb_deploy"), autocommit=True, options=OWNER)
        roles = [caller for caller in CALLERS if caller != "nobody"]
        users = {role: make_user(conn, role, role) for role in roles}
        users["other"] = make_user(conn, "other", "viewer")
        clients = {role: client(api, issue_token(api, users[role])) for role in roles}
        clients["nobody"] = client(api)
        of_funds = {row: make_fund(conn, row, name) for row, name in FUNDS.items()}
        conn.execute(
            "insert into security.user_investor (user_id, investor_id)"
            " select %s, investor_id from fund.investor where investor_code = 'own'",
            [users["investor"]],
        )
        for role in ("editor_scoped", "viewer_scoped"):
            conn.execute(
                "insert into security.user_fund (user_id, fund_id)"
                " select %s, fund_id from fund.fund where name = %s",
                [users[role], FUNDS["own"]],
            )
        rows = cls(conn, clients, users)
        rows.of_funds = of_funds
        rows.restore()
        return rows

    def restore(self) -> None:
        with self.conn.transaction():
            self.conn.execute(SEED.encode())
            self.conn.execute("select fx.record_rates('ecb', %s)", [json.dumps(FIXINGS)])
        found = self.conn.execute("select max(quarantine_id) from fx.quarantine").fetchone()
        assert found is not None
        self.quarantine_id = found[0]

    def values(self, row: str, caller: str) -> dict[str, str]:
        """What fills the `{…}` of a request of this caller for this row."""
        shared = {
            "job": "fx_load", "setting": "fx_max_age_days", "file_path": "unknown",
            "path": "unknown", "new_email": f"{uuid4()}@example.com",
            "quarantine_id": str(self.quarantine_id),
        }  # fmt: skip
        if row not in ROWS:
            return shared | UNKNOWN
        place = ROWS.index(row) + 1
        user = self.user_ids["other" if row == "other" or caller == "nobody" else caller]
        return (
            shared
            | self.of_funds[row]
            | {
                "company_id": row,
                "bare_company_id": f"{row}-bare",
                "id": str(UUID(int=place)),
                "valuation_round_id": str(UUID(int=place)),
                "user_id": str(user),
            }
        )


def make_fund(conn: psycopg.Connection[Any], row: str, name: str) -> dict[str, str]:
    """A fund whose partner's code is the row's name, with one of everything."""
    life = FundLife.begun(conn, name, {})
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    life.close_on("2024-01-15", {row: 1000, f"{row}-2": 1000})
    entry = life.post(cash_in("2024-02-10", 5))
    call = life.issue("2024-03-01", 100)
    life.pay_all("2024-03-01")
    distribution = life.distribute("2024-03-02", 10)
    life.run("management_fee", {"from_on": "2024-01-15", "to_on": "2024-04-01"})
    unpaid = life.issue("2024-03-05", 100)
    life.run("nav", {"as_of": "2024-03-31", "fair_value": 0})
    ids = {
        "fund_id": life.fund_id,
        "event_id": unpaid["event_id"],
        "call_id": call["event_id"],
        "distribution_id": distribution["event_id"],
        "entry_id": entry["entry_id"],
        "investor_id": life.investor_id(row),
        "contact_id": life.value(
            "insert into fund.investor_contact (investor_id, name) select investor_id, 'Ann'"
            " from fund.investor where investor_code = %(code)s returning contact_id",
            code=row,
        ),
    }
    found = {key: str(value) for key, value in ids.items()}
    return found | {"investor": row, "valid_from": "2020-01-01"}


def make_user(conn: psycopg.Connection[Any], name: str, role: str) -> UUID:
    """Without a password, which would take time to hash."""
    query = "select security.add_user(%s, %s)"
    found = conn.execute(query, [f"{name}@example.com", role]).fetchone()
    assert found is not None
    return found[0]  # type: ignore[no-any-return]


def client(api: Any, token: str = "") -> httpx.Client:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(base_url=api.url, headers=headers, timeout=60)
