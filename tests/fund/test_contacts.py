"""The people at investors: personal data, for those who write to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.company.books import refused
from tests.conftest import Connection
from tests.fund.asking import ask, count, data, narrow

Open = Callable[..., Connection]
ANN = {"name": "Ann Berg", "email": "ann.berg@example.com", "phone": "+47 555", "is_primary": True}
NOBODY = "00000000-0000-0000-0000-000000000099"


def make_investor(conn: Connection, code: str = "LP-1") -> str:
    sent = {"investor_code": code, "name": "An investor"}
    return str(data(conn, "create_investor", sent)["investor_id"])


def test_a_contact_is_added_changed_and_forgotten(conn: Connection) -> None:
    investor = make_investor(conn)
    status, etag, ann = ask(conn, "add_contact", investor, ANN)
    assert (status, etag) == (201, '"1"')
    assert {name: ann[name] for name in ANN} == ANN
    _, etag, changed = ask(conn, "update_contact", investor, ann["contact_id"], {"phone": " "})
    assert (etag, changed["phone"], changed["email"]) == ('"2"', None, ANN["email"])
    assert ask(conn, "get_contact", investor, ann["contact_id"]) == (200, '"2"', changed)
    with refused(conn, "QB412", "stale_version"):
        ask(conn, "delete_contact", investor, ann["contact_id"], '"1"')
    assert ask(conn, "delete_contact", investor, ann["contact_id"], '"2"')[0] == 200
    assert data(conn, "list_contacts", investor) == []
    with refused(conn, "QB404", "contact_not_found"):
        ask(conn, "get_contact", investor, ann["contact_id"])


def test_an_investor_has_one_first_contact(conn: Connection) -> None:
    investor = make_investor(conn)
    other = make_investor(conn, "LP-2")
    ask(conn, "add_contact", other, ANN)
    ask(conn, "add_contact", investor, ANN)
    bob = data(conn, "add_contact", investor, {"name": "Bob", "is_primary": True})
    ask(conn, "add_contact", investor, {"name": "Aaron"})
    names = [(c["name"], c["is_primary"]) for c in data(conn, "list_contacts", investor)]
    assert names == [("Bob", True), ("Aaron", False), ("Ann Berg", False)]
    ann = data(conn, "list_contacts", investor)[2]
    ask(conn, "update_contact", investor, ann["contact_id"], {"is_primary": True})
    assert not data(conn, "get_contact", investor, bob["contact_id"])["is_primary"]
    assert data(conn, "list_contacts", other)[0]["is_primary"]


@pytest.mark.parametrize(
    ("change", "sqlstate", "rule"),
    [
        ({"name": None}, "QB400", "required"),
        ({"name": " "}, "23514", "contact_name_not_blank"),
        ({"email": "ann"}, "23514", "contact_email_is_an_address"),
        ({"email": "a n@example.com"}, "23514", "contact_email_is_an_address"),
        ({"title": "Dr"}, "QB400", "unknown_field"),
    ],
)
def test_a_wrong_contact_is_refused_and_nothing_changes(
    conn: Connection, change: dict[str, Any], sqlstate: str, rule: str
) -> None:
    investor = make_investor(conn)
    with refused(conn, sqlstate, rule):
        ask(conn, "add_contact", investor, ANN | change)
    ann = data(conn, "add_contact", investor, ANN)
    with refused(conn, sqlstate, rule):
        ask(conn, "update_contact", investor, ann["contact_id"], change)
    assert data(conn, "list_contacts", investor) == [ann]


def test_an_unknown_investor_or_contact_is_refused(conn: Connection) -> None:
    investor = make_investor(conn)
    ann = data(conn, "add_contact", investor, ANN)
    other = make_investor(conn, "LP-2")
    for function, more in (
        ("get_contact", ()),
        ("update_contact", ({"name": "X"},)),
        ("delete_contact", ()),
    ):
        with refused(conn, "QB404", "contact_not_found"):
            ask(conn, function, other, ann["contact_id"], *more)
        with refused(conn, "QB404", "investor_not_found"):
            ask(conn, function, NOBODY, ann["contact_id"], *more)
    for function, values in (("add_contact", (ANN,)), ("list_contacts", ())):
        with refused(conn, "QB404", "investor_not_found"):
            ask(conn, function, NOBODY, *values)
    with refused(conn, "QB400", "sort_unknown"):
        ask(conn, "list_contacts", investor, "birthday")


@pytest.mark.parametrize("role", ["admin", "editor"])
def test_editors_keep_contacts(as_role: Open, role: str) -> None:
    conn = as_role(role)
    investor = make_investor(conn)
    ann = data(conn, "add_contact", investor, ANN)
    ask(conn, "update_contact", investor, ann["contact_id"], {"name": "Anna"})
    assert data(conn, "list_contacts", investor)[0]["name"] == "Anna"
    ask(conn, "delete_contact", investor, ann["contact_id"])


@pytest.mark.parametrize("role", ["viewer", "auditor", "viewer_scoped", "submitter"])
def test_who_only_reads_sees_no_contacts(as_role: Open, owner: Connection, role: str) -> None:
    investor = make_investor(owner)
    ann = data(owner, "add_contact", investor, ANN)
    conn = as_role(role)
    for function, values in (
        ("list_contacts", ()),
        ("get_contact", (ann["contact_id"],)),
        ("add_contact", (ANN,)),
        ("update_contact", (ann["contact_id"], {})),
        ("delete_contact", (ann["contact_id"],)),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
            ask(conn, function, investor, *values)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
        conn.execute("select name from fund.investor_contact")


def test_a_narrowed_editor_keeps_the_contacts_of_his_funds_partners(
    as_role: Open, owner: Connection
) -> None:
    partners = []
    for code in ("own", "hidden"):
        investor = make_investor(owner, code)
        fund_id = data(owner, "create_fund", {"name": code, "currency": "USD"})["fund_id"]
        owner.execute("insert into fund.commitment values (%s, %s)", [fund_id, investor])
        partners.append((fund_id, investor, data(owner, "add_contact", investor, ANN)))
    (fund_id, own, ann), (_, hidden, _) = partners
    as_role("editor_scoped").rollback()
    narrow(owner, fund_id, "editor_scoped@example.com")

    conn = as_role("editor_scoped")
    assert count(conn, "fund.investor_contact") == 1
    ask(conn, "add_contact", own, {"name": "Bob"})
    ask(conn, "update_contact", own, ann["contact_id"], {"name": "Anna"})
    assert [c["name"] for c in data(conn, "list_contacts", own)] == ["Anna", "Bob"]
    ask(conn, "delete_contact", own, ann["contact_id"])
    for function, values in (("list_contacts", ()), ("add_contact", (ANN,))):
        with refused(conn, "QB404", "investor_not_found"):
            ask(conn, function, hidden, *values)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
        conn.execute(
            "insert into fund.investor_contact (investor_id, name) values (%s, 'X')", [hidden]
        )


def test_no_published_view_and_no_other_table_has_contacts(conn: Connection) -> None:
    investor = make_investor(conn)
    ask(conn, "add_contact", investor, ANN)
    views = conn.execute(
        "select distinct r.ev_class::regclass::text from pg_depend as d"
        " join pg_rewrite as r on d.objid = r.oid"
        " where d.refobjid = 'fund.investor_contact'::regclass"
        " and r.ev_class <> 'fund.investor_contact'::regclass"
    ).fetchall()
    assert views == [("fund.contact_record",)]
    tables = conn.execute(
        "select c.oid::regclass::text from pg_class as c"
        " join pg_namespace as n on c.relnamespace = n.oid"
        " where n.nspowner = 'qb_owner'::regrole and c.relkind in ('r', 'p')"
    ).fetchall()
    hits = [
        table
        for (table,) in tables
        if count(conn, f"{table} as t where t::text ilike %s", "%ann.berg%")
    ]
    assert hits == ["fund.investor_contact"]
