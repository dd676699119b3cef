"""Every function that a narrowed role may call, called for what it may not see.

The functions come from the catalog: a new one is attacked on the day it is granted. Nothing of a
hidden company comes back, in rows or in errors, and nothing of it changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import psycopg
import pytest

from tests.conftest import Connection
from tests.security.firm import COMPANIES, FUNDS, SCOPES, Firm, Scope, investor_of

SCOPE = SCOPES["fund"]
NARROWED = ("viewer_scoped", "editor_scoped", "submitter", "investor")
VICTIM = "c-04"  # of Fund IV, with dated rounds; not the thief's
GRANTED = (
    "select p.oid::regproc::text, p.proargnames::text[], p.pronargs,"
    " array(select format_type(t, null) from unnest(p.proargtypes) with ordinality as x (t, n)"
    "  order by n)"
    " from pg_proc as p join pg_namespace as n on p.pronamespace = n.oid"
    " where n.nspowner = 'qb_owner'::regrole and has_function_privilege(%s, p.oid, 'execute')"
    " order by 1"
)


class Function(NamedTuple):
    name: str
    arguments: dict[str, str]

    def call(self, victim: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        values = {
            name: victim.get(f"{name} {kind}", victim.get(name, victim[kind]))
            for name, kind in self.arguments.items()
        }
        named = ", ".join(
            f"{name} => %({name})s::{kind}"
            if kind not in RECORDS
            else f"{name} => (select r from"
            f" jsonb_populate_record(null::{kind}, %({name})s::jsonb) as r)"
            for name, kind in self.arguments.items()
        )
        return f"select * from {self.name}({named})", values


RECORDS = (
    "company.company", "company.metrics_input", "company.valuation_round", "fund.fund",
    "fund.terms", "fund.investor", "fund.investor_contact",
)  # fmt: skip


@pytest.fixture(scope="module")
def victim(firm: Firm) -> dict[str, Any]:
    """Values for arguments, by name or else by type, all of a company that is hidden."""
    [input_id] = firm.one(
        "select id from company.metrics_input where company_id = %s order by id limit 1", VICTIM
    )
    [round_id] = firm.one(
        "select valuation_round_id from company.valuation_round where company_id = %s limit 1",
        VICTIM,
    )
    [fund_id] = firm.one("select fund_id from fund.fund where name = %s", COMPANIES[VICTIM])
    [entry_id] = firm.one(
        "select entry_id from ledger.journal_entry where fund_id = %s limit 1", fund_id
    )
    [event_id, investor_id, contact_id] = firm.one(
        "select l.event_id, l.investor_id, c.contact_id from fund.capital_call_line as l"
        " join fund.investor_contact as c on l.investor_id = c.investor_id"
        " where l.fund_id = %s order by l.line_number limit 1",
        fund_id,
    )
    payload = (
        f'{{"company_id": "{VICTIM}", "company_name": "Stolen", "name": "Stolen", "fund": "Fund I",'
        f' "total_revenue": 1, "post_money_valuation": 1, "round_on": "2024-12-01",'
        f' "amount_unit": "units", "currency": "USD", "reporting_currency": "USD",'
        f' "fund_id": "{fund_id}", "id": "{input_id}", "valuation_round_id": "{round_id}"}}'
    )
    by_type = {
        "text": VICTIM, "uuid": input_id, "integer": 1, "bigint": 1, "numeric": 1,
        "date": "2024-12-31", "boolean": True, "bytea": b"x", "jsonb": payload, "json": payload,
        "text[]": [VICTIM], "uuid[]": [fund_id], "date[]": ["2024-12-31"], "integer[]": [1],
        "numeric[]": [1], "boolean[]": [True],
        "regclass": "company.metrics_record", "timestamp with time zone": "2024-12-31",
        "timestamp without time zone": "2024-12-31", **dict.fromkeys(RECORDS, payload),
    }  # fmt: skip
    by_name = {
        "p_valuation_round_id": round_id, "p_company_id": VICTIM, "p_year": 2024, "p_quarter": 4,
        "p_reporting_year": None, "p_reporting_quarter": None, "p_currency": None, "p_limit": 100,
        "p_offset": 0, "p_link": "/?", "p_sort": None, "p_fund": COMPANIES[VICTIM],
        "p_start_reporting_date": None, "p_end_reporting_date": None, "p_if_match": None,
        "p_metric": "arr", "p_name": COMPANIES[VICTIM], "p_old_fund_id": fund_id,
        "p_new_fund_id": fund_id, "p_status": 200, "p_fund_id": fund_id, "p_entry_id": entry_id,
        "p_receivable_as": "asset", "p_first_on": "2024-01-01", "p_event_id": event_id,
        "p_investor_id": investor_id, "p_contact_id": contact_id, "p_valid_from": "2024-01-01",
        "p_kind": "capital_call", "p_investor_code": None, "p_investor_type": None,
        "p_country": None, "p_as_of": "2024-12-31",
        "p_request jsonb": '{"notice_on": "2024-06-01", "capital_amount": 5}',
        "p_call jsonb": '{"notice_on": "2024-06-01", "capital_amount": 5}',
        "p_fund jsonb": '{"name": "Stolen", "currency": "USD"}',
        "p_terms jsonb": '{"valid_from": "2024-06-01"}',
        "p_investor jsonb": '{"name": "Stolen"}', "p_contact jsonb": '{"name": "Stolen"}',
    }  # fmt: skip
    return {**by_type, **by_name}


def secrets(firm: Firm, role: str) -> re.Pattern[str]:
    """Words and amounts that only hidden companies, books and partners have."""
    found = {f"{word} of {company}" for company in SCOPE.hidden for word in ("Name", "Round")}
    funds = set(FUNDS) - SCOPE.funds
    words = ("Memo", "Cash", "Partner", "Rival", "Purpose")
    found |= {f"{word} of {fund}" for fund in funds for word in words}
    if role == "investor":
        # Of its own fund an investor is told when it is to pay what, and not who else is.
        found |= {f"{word} of {fund}" for fund in SCOPE.funds for word in ("Memo", "Cash", "Rival")}
    elif role == "viewer_scoped":
        found.add("Contact of Partner")
    query = (
        "select trunc(x)::bigint::text from company.metrics_input,"
        " unnest(array[total_revenue, net_income, cash_balance, ebitda, gross_profit]) as x"
        " where company_id = any(%s) and x is not null"
    )
    found |= {row[0] for row in firm.owner.execute(query.encode(), [list(SCOPE.hidden)])}
    return re.compile(rf"\b({'|'.join(sorted(found))})\b")


def hidden_rows(firm: Firm) -> list[tuple[Any, ...]]:
    """Everything stored of hidden companies and funds: no attack changes it."""
    tables = (
        "company", "metrics_input", "valuation_round", "quarterly_reporting_financials",
        "quarterly_reporting_metrics",
    )  # fmt: skip
    parts = " union all ".join(
        f"select to_jsonb(t)::text from company.{table} as t where company_id = any(%(hidden)s)"
        for table in tables
    )
    # A narrowed editor may rename his fund.
    parts += " union all select to_jsonb(f)::text from fund.fund as f where name = any(%(others)s)"
    books = "book", "account", "period", "journal_entry", "journal_line", "period_balance"
    capital = "terms", "fee_step", "event", "commitment", "commitment_line", "capital_call_line"
    of_funds = [f"ledger.{table}" for table in books] + [f"fund.{table}" for table in capital]
    parts += "".join(
        f" union all select to_jsonb(t)::text from {table} as t join fund.fund as f"
        " on t.fund_id = f.fund_id where f.name = any(%(others)s)"
        for table in of_funds
    )
    parts += "".join(
        f" union all select to_jsonb(t)::text from fund.{table} as t"
        " join fund.commitment as c on t.investor_id = c.investor_id"
        " join fund.fund as f on c.fund_id = f.fund_id where f.name = any(%(others)s)"
        for table in ("investor", "investor_contact")
    )
    hidden = {"hidden": list(SCOPE.hidden), "others": [*(set(FUNDS) - SCOPE.funds)]}
    return firm.owner.execute(f"{parts} order by 1".encode(), hidden).fetchall()


@contextmanager
def session(firm: Firm, role: str) -> Iterator[Connection]:
    """The narrowed BI login; for the other roles the middle of an API request."""
    if role == "viewer_scoped":
        with firm.connect("fund") as conn:
            conn.execute("set default_transaction_read_only = off")
            yield conn
    else:
        user = firm.user(role, thief(role))
        if role == "investor":
            acts = "select security.replace_user_scope(%s, null, null, %s)"
            firm.one(acts, user, [investor_of("Fund I")])
        with firm.request(user) as conn:
            yield conn


def thief(role: str) -> Scope:
    alone = {"submitter": Scope.of("c-01"), "investor": Scope.of()}
    return alone.get(role, SCOPE)


def leaks(firm: Firm, role: str, victim: dict[str, Any], only: str = "") -> list[str]:
    """What functions of this role, or only the one of this name, gave away."""
    functions = [
        Function(name, dict(zip(names or [], types, strict=False)))
        for name, names, _, types in firm.owner.execute(GRANTED.encode(), [f"qb_{role}"])
        if name == only or not only
    ]
    assert functions
    told, found = secrets(firm, role), []
    with session(firm, role) as conn:
        for function in functions:
            for values in (victim, {**victim, "p_company_id": None}, dict.fromkeys(victim)):
                statement, given = function.call(values)
                words = answer(conn, statement, given)
                found += [f"{statement}: {match}" for match in told.findall(words)]
        if role != "viewer_scoped":
            conn.commit()
    return found


@pytest.mark.parametrize("role", NARROWED)
def test_no_granted_function_gives_away_what_is_hidden(
    firm: Firm, victim: dict[str, Any], role: str
) -> None:
    before = hidden_rows(firm)
    assert leaks(firm, role, victim) == []
    assert hidden_rows(firm) == before


@pytest.mark.parametrize(
    ("role", "key", "table"),
    [
        ("viewer_scoped", "p_company_id text", "company.company"),
        ("investor", "p_investor_id uuid", "fund.investor"),
    ],
)
def test_a_function_that_gives_away_too_much_is_found(
    firm: Firm, victim: dict[str, Any], role: str, key: str, table: str
) -> None:
    name, kind = "fund.too_generous", key.split()[1]
    argument = key.split()[0]
    firm.owner.execute(
        f"create function {name}({key}) returns setof {table} language sql"
        f" security definer set search_path = '' as $$ select t.* from {table} as t"
        f" where t.{argument.removeprefix('p_')} = {argument} $$;"
        f" grant execute on function {name}({kind}) to qb_{role}".encode()
    )
    try:
        assert leaks(firm, role, victim, only=name)
    finally:
        firm.owner.execute(f"drop function {name}({kind})".encode())


def answer(conn: Connection, statement: str, values: dict[str, Any]) -> str:
    """All that comes back, rows or error. A call that fails undoes itself, no other does."""
    try:
        with conn.transaction():
            return str(conn.execute(statement.encode(), values).fetchall())
    except psycopg.Error as error:
        # A call that is wrong itself would prove nothing.
        assert error.diag.context or error.sqlstate not in ("42883", "42601", "42P02"), error
        return f"{error} {error.diag.message_detail} {error.diag.message_hint}"


@pytest.mark.parametrize("role", NARROWED)
def test_no_table_or_view_that_can_be_read_gives_away_what_is_hidden(firm: Firm, role: str) -> None:
    told = secrets(firm, role)
    query = (
        "select c.oid::regclass::text from pg_class as c join pg_namespace as n"
        " on c.relnamespace = n.oid where n.nspowner = 'qb_owner'::regrole"
        " and c.relkind in ('r', 'v', 'm', 'p') and has_any_column_privilege(%s, c.oid, 'select')"
    )
    relations = [row[0] for row in firm.owner.execute(query.encode(), [f"qb_{role}"])]
    assert len(relations) > 5
    with session(firm, role) as conn:
        for relation in relations:
            words = answer(conn, f"select * from {relation}", {})
            assert not told.search(words), relation
            assert not thief(role).secret.search(words), relation
