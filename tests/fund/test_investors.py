"""Investors: who they are in whatever funds, and who keeps them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.company.books import refused
from tests.conftest import Connection
from tests.fund.asking import ask, count, data, narrow

Open = Callable[..., Connection]
INVESTOR = {
    "investor_code": "LP-03",
    "name": "Pension Fund of the North",
    "investor_type": "pension_fund",
    "country": "NO",
}
NOBODY = "00000000-0000-0000-0000-000000000099"


def make_fund(conn: Connection, name: str) -> str:
    return str(data(conn, "create_fund", {"name": name, "currency": "USD"})["fund_id"])


def admit(conn: Connection, fund_id: str, investor_id: str) -> None:
    conn.execute(
        "insert into fund.commitment (fund_id, investor_id) values (%s, %s)", [fund_id, investor_id]
    )


def codes(conn: Connection, *values: Any) -> list[str]:
    return [investor["investor_code"] for investor in data(conn, "list_investors", *values)]


def test_an_investor_is_made_and_found(conn: Connection) -> None:
    status, etag, made = ask(conn, "create_investor", INVESTOR)
    assert (status, etag) == (201, '"1"')
    assert {name: made[name] for name in INVESTOR} == INVESTOR
    assert made["funds"] == []
    assert ask(conn, "get_investor", made["investor_id"]) == (200, '"1"', made)


def test_what_is_not_said_has_its_default_and_a_country_has_names(conn: Connection) -> None:
    made = data(conn, "create_investor", {"investor_code": "a", "name": " A "})
    assert (made["name"], made["investor_type"], made["country"]) == ("A", "other", None)
    changed = data(conn, "update_investor", made["investor_id"], {"country": "switzerland"})
    assert changed["country"] == "CH"


def test_what_is_absent_stays_and_null_clears(conn: Connection) -> None:
    made = data(conn, "create_investor", INVESTOR)
    change = {"country": None, "investor_type": None}
    _, etag, changed = ask(conn, "update_investor", made["investor_id"], change, '"1"')
    assert (etag, changed["country"], changed["investor_type"]) == ('"2"', None, "other")
    assert (changed["name"], changed["investor_code"]) == (made["name"], "LP-03")


@pytest.mark.parametrize(
    ("change", "sqlstate", "rule"),
    [
        ({"name": None}, "QB400", "required"),
        ({"investor_code": None}, "QB400", "required"),
        ({"name": "  "}, "23514", "investor_name_not_blank"),
        ({"investor_code": "LP 3"}, "23514", "investor_code_is_plain"),
        ({"investor_code": "LP-04"}, "23505", "investor_code_unique"),
        ({"investor_type": "friend"}, "23514", "investor_type_known"),
        ({"country": "Atlantis"}, "QB400", "country_unknown"),
        ({"email": "a@example.com"}, "QB400", "unknown_field"),
        ({"investor_id": NOBODY}, "QB400", "unknown_field"),
    ],
)
def test_a_wrong_investor_is_refused_and_nothing_changes(
    conn: Connection, change: dict[str, Any], sqlstate: str, rule: str
) -> None:
    data(conn, "create_investor", {"investor_code": "LP-04", "name": "Another"})
    with refused(conn, sqlstate, rule):
        ask(conn, "create_investor", INVESTOR | change)
    made = data(conn, "create_investor", INVESTOR)
    with refused(conn, sqlstate, rule):
        ask(conn, "update_investor", made["investor_id"], change)
    assert data(conn, "get_investor", made["investor_id"]) == made
    assert count(conn, "fund.investor") == 2


def test_an_unknown_investor_and_a_stale_version_are_refused(conn: Connection) -> None:
    made = data(conn, "create_investor", INVESTOR)
    with refused(conn, "QB412", "stale_version"):
        ask(conn, "update_investor", made["investor_id"], {"name": "B"}, '"7"')
    with refused(conn, "QB404", "investor_not_found"):
        ask(conn, "update_investor", NOBODY, {"name": "B"})
    with refused(conn, "QB404", "investor_not_found"):
        ask(conn, "get_investor", NOBODY)


def test_a_partner_keeps_its_code(conn: Connection) -> None:
    made = data(conn, "create_investor", INVESTOR)
    investor_id = made["investor_id"]
    assert data(conn, "update_investor", investor_id, {"investor_code": "LP-7"})["name"]
    admit(conn, make_fund(conn, "Fund I"), investor_id)
    with refused(conn, "QB409", "investor_keeps_its_code"):
        ask(conn, "update_investor", investor_id, {"investor_code": "LP-8"})
    with refused(conn, "QB409", "investor_keeps_its_code"):  # whoever asks
        conn.execute("update fund.investor set investor_code = 'LP-8'")
    renamed = data(conn, "update_investor", investor_id, {"investor_code": "LP-7", "name": "B"})
    assert (renamed["investor_code"], renamed["name"]) == ("LP-7", "B")


def test_investors_are_listed_by_what_they_are(conn: Connection) -> None:
    fund_id = make_fund(conn, "Fund I")
    for code, kind, country in (("b", "bank", "CH"), ("a", "bank", "US"), ("c", "other", "US")):
        sent = {"investor_code": code, "name": code, "investor_type": kind, "country": country}
        made = data(conn, "create_investor", sent)
        if code != "a":
            admit(conn, fund_id, made["investor_id"])
    assert codes(conn) == ["a", "b", "c"]
    assert codes(conn, "b") == ["b"]
    assert codes(conn, None, "bank") == ["a", "b"]
    assert codes(conn, None, "bank", "US") == ["a"]
    assert codes(conn, None, None, None, "Fund I") == ["b", "c"]
    assert codes(conn, None, None, None, fund_id, "-investor_code", 1) == ["c"]
    assert data(conn, "list_investors", "b")[0]["funds"] == [{"fund_id": fund_id, "name": "Fund I"}]
    with refused(conn, "QB400", "sort_unknown"):
        codes(conn, None, None, None, None, "email")


@pytest.mark.parametrize("role", ["admin", "editor"])
def test_editors_keep_investors(as_role: Open, role: str) -> None:
    conn = as_role(role)
    made = data(conn, "create_investor", INVESTOR)
    changed = data(conn, "update_investor", made["investor_id"], {"name": "B"})
    assert (changed["created_by"], changed["last_updated_by"]) == (f"{role}@example.com",) * 2


@pytest.mark.parametrize("role", ["viewer", "auditor", "viewer_scoped", "submitter", "investor"])
def test_readers_change_none(as_role: Open, owner: Connection, role: str) -> None:
    investor_id = data(owner, "create_investor", INVESTOR)["investor_id"]
    conn = as_role(role)
    for function, values in (
        ("create_investor", ({"investor_code": "x", "name": "X"},)),
        ("update_investor", (investor_id, {"name": "X"})),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(conn, function, *values)


@pytest.mark.parametrize("role", ["viewer", "auditor"])
def test_the_firm_reads_every_investor(as_role: Open, owner: Connection, role: str) -> None:
    made = data(owner, "create_investor", INVESTOR)
    assert data(as_role(role), "list_investors") == [made]


def test_a_submitter_reads_none(as_role: Open) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        codes(as_role("submitter"))


@pytest.fixture
def narrowed(as_role: Open, owner: Connection) -> tuple[str, str]:
    """Two funds with a partner each and one in both; narrowed users are given the first."""
    own, hidden = make_fund(owner, "Own"), make_fund(owner, "Hidden")
    for code, funds in (("own", [own]), ("hidden", [hidden]), ("both", [own, hidden])):
        made = data(owner, "create_investor", {"investor_code": code, "name": code.title()})
        for fund_id in funds:
            admit(owner, fund_id, made["investor_id"])
    for role in ("editor_scoped", "viewer_scoped"):
        as_role(role).rollback()
        narrow(owner, own, f"{role}@example.com")
    return own, hidden


def investor_id(owner: Connection, code: str) -> str:
    [found] = data(owner, "list_investors", code)
    return str(found["investor_id"])


@pytest.mark.parametrize("role", ["editor_scoped", "viewer_scoped"])
def test_a_narrowed_user_meets_the_partners_of_his_funds(
    as_role: Open, owner: Connection, narrowed: tuple[str, str], role: str
) -> None:
    conn = as_role(role)
    assert codes(conn) == ["both", "own"]
    assert codes(conn, None, None, None, "Hidden") == []
    [both] = data(conn, "list_investors", "both")
    assert both["funds"] == [{"fund_id": narrowed[0], "name": "Own"}]
    with refused(conn, "QB404", "investor_not_found"):
        ask(conn, "get_investor", investor_id(owner, "hidden"))


@pytest.mark.usefixtures("narrowed")
def test_a_narrowed_editor_changes_no_investor_that_others_keep(
    as_role: Open, owner: Connection
) -> None:
    conn = as_role("editor_scoped")
    for code in ("own", "both"):
        with refused(conn, "QB409", "investor_kept_by_the_firm"):
            ask(conn, "update_investor", investor_id(owner, code), {"name": "X"})
    with refused(conn, "QB404", "investor_not_found"):
        ask(conn, "update_investor", investor_id(owner, "hidden"), {"name": "X"})
    assert conn.execute("update fund.investor set name = 'X'").rowcount == 0


def test_a_narrowed_editor_enters_an_investor_and_keeps_it_while_it_is_his(
    as_role: Open, owner: Connection, narrowed: tuple[str, str]
) -> None:
    own, hidden = narrowed
    conn = as_role("editor_scoped")
    made = data(conn, "create_investor", INVESTOR)
    conn.commit()
    conn = as_role("editor_scoped")
    assert data(conn, "update_investor", made["investor_id"], {"name": "B"})["name"] == "B"
    assert codes(conn) == ["LP-03", "both", "own"]
    assert codes(as_role("viewer_scoped")) == ["both", "own"]
    assert codes(as_role("editor_scoped", "other@example.com")) == []
    conn.commit()

    admit(owner, own, made["investor_id"])
    conn = as_role("editor_scoped")
    assert data(conn, "update_investor", made["investor_id"], {"name": "C"})["name"] == "C"
    conn.commit()
    admit(owner, hidden, made["investor_id"])
    conn = as_role("editor_scoped")
    with refused(conn, "QB409", "investor_kept_by_the_firm"):
        ask(conn, "update_investor", made["investor_id"], {"name": "D"})
    # A code that is taken unseen is a code that is taken.
    with refused(conn, "23505", "investor_code_unique"):
        ask(conn, "create_investor", {"investor_code": "hidden", "name": "X"})
