"""Accounts of an identity provider: who they are here, and what their claims are worth."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.conftest import Connection, Database

ISSUER = "https://login.example.com/tenant/v2.0"


class Door:
    def __init__(self, database: Database, owner: Connection) -> None:
        self.database, self.owner = database, owner

    def map(self, claim: str, value: str, role: str, priority: int = 100) -> None:
        self.owner.execute(
            "insert into security.claim_role (issuer, claim, value, group_role, priority)"
            " values (%s, %s, %s, %s, %s)",
            [ISSUER, claim, value, f"qb_{role}", priority],
        )

    def begin(self, subject: str = "s1", issuer: str = ISSUER, **claims: Any) -> tuple[str, str]:
        """Role and user of a request with these claims, committed."""
        with self.database.connect("qb_api") as conn:
            conn.execute(
                "select security.begin_external_request(%s, %s, %s)",
                [issuer, subject, Jsonb(claims)],
            )
            row = conn.execute("select current_user, current_setting('qb.user_id')").fetchone()
        assert row
        return row[0], row[1]

    def refusal(self, subject: str = "s1", issuer: str = ISSUER, **claims: Any) -> tuple[Any, Any]:
        with pytest.raises(psycopg.Error) as caught:
            self.begin(subject, issuer, **claims)
        return caught.value.sqlstate, caught.value.diag.constraint_name

    def person(self, user: str) -> tuple[Any, ...]:
        row = self.owner.execute(
            "select email, display_name from security.person where user_id = %s", [user]
        ).fetchone()
        assert row
        return row


@pytest.fixture
def door(database: Database, owner: Connection) -> Iterator[Door]:
    yield Door(database, owner)


NO_ROLE = ("QB403", "external_identity_has_no_role")


def test_without_a_matching_row_there_is_no_role_and_no_user(door: Door) -> None:
    door.map("roles", "Editors", "editor")
    before = door.owner.execute("select count(*) from security.app_user").fetchone()
    assert door.refusal() == NO_ROLE
    assert door.refusal(roles=["Others"]) == NO_ROLE
    assert door.refusal(roles={"Editors": 1}) == NO_ROLE
    assert door.refusal(issuer="https://elsewhere", roles=["Editors"]) == NO_ROLE
    assert door.owner.execute("select count(*) from security.app_user").fetchone() == before


def test_a_matching_claim_makes_the_user_once(door: Door) -> None:
    door.map("roles", "Editors", "editor")
    role, user = door.begin(roles=["x", "Editors"], name="Ann", email="ann@example.com")
    assert role == "qb_editor"
    assert door.begin(roles="Editors") == (role, user)
    assert door.begin("s2", roles=["Editors"])[1] != user
    assert door.person(user) == (f"{user}@external.invalid", "Ann")  # nobody verified the address


def test_a_claim_may_be_nested_and_a_name_may_hold_dots(door: Door) -> None:
    door.map("realm_access.roles", "reader", "viewer")
    door.map("https://example.com/roles", "boss", "admin")
    dotted: dict[str, Any] = {"https://example.com/roles": ["boss"]}
    assert door.begin(realm_access={"roles": ["reader"]})[0] == "qb_viewer"
    assert door.begin("s2", **dotted)[0] == "qb_admin"


def test_the_lowest_priority_decides(door: Door) -> None:
    door.map("groups", "a", "viewer", 2)
    door.map("groups", "b", "auditor", 1)
    assert door.begin(groups=["a", "b"])[0] == "qb_auditor"


def test_a_change_at_the_provider_acts_on_the_next_request(door: Door) -> None:
    door.map("groups", "a", "viewer")
    door.map("groups", "b", "editor")
    _, user = door.begin(groups=["b"])
    assert door.begin(groups=["a"]) == ("qb_viewer", user)
    stored = door.owner.execute(
        "select group_role from security.app_user where user_id = %s", [user]
    )
    assert stored.fetchone() == ("qb_viewer",)
    assert door.refusal(groups=[]) == NO_ROLE  # taken out of the group: no access left
    assert door.begin(groups=["b"]) == ("qb_editor", user)


def test_an_account_linked_by_hand_keeps_the_role_of_its_user(door: Door) -> None:
    door.map("groups", "a", "viewer")
    row = door.owner.execute("select security.add_user('e@example.com', 'editor')").fetchone()
    assert row
    link = "insert into security.external_identity values (%s, 's1', %s, false)"
    door.owner.execute(link.encode(), [ISSUER, row[0]])
    assert door.begin() == ("qb_editor", str(row[0]))
    assert door.begin(groups=["a"]) == ("qb_editor", str(row[0]))


def test_an_ended_user_is_refused(door: Door) -> None:
    door.map("groups", "a", "viewer")
    _, user = door.begin(groups=["a"])
    end = "update security.app_user set is_active = false where user_id = %s"
    door.owner.execute(end.encode(), [user])
    assert door.refusal(groups=["a"]) == ("QB401", "token_user_unknown")


def test_an_address_never_links_to_the_user_who_has_it(door: Door) -> None:
    door.map("groups", "a", "viewer")
    row = door.owner.execute("select security.add_user('ann@example.com', 'admin')").fetchone()
    assert row
    role, user = door.begin(groups=["a"], email="ANN@example.com", email_verified=True)
    assert (role, user == str(row[0])) == ("qb_viewer", False)
    assert door.person(user)[0].endswith("@external.invalid")


def test_a_verified_address_is_kept_with_the_person_only(door: Door) -> None:
    door.map("groups", "a", "viewer")
    claims: dict[str, Any] = {
        "email": "Bea@example.com",
        "email_verified": True,
        "preferred_username": "bea",
    }
    _, user = door.begin(groups=["a"], **claims)
    assert door.person(user) == ("Bea@example.com", "bea")
    tables = ("app_user", "external_identity", "claim_role")
    for table in tables:
        text = door.owner.execute(f"select t::text from security.{table} as t".encode()).fetchall()
        assert "bea" not in str(text).lower()


@pytest.mark.parametrize("email", ["x", "a@" + "b" * 4000, ["a@b.c"], 7, None])
def test_claims_that_are_no_address_do_no_harm(door: Door, email: object) -> None:
    door.map("groups", "a", "viewer")
    _, user = door.begin(groups=["a"], email=email, email_verified=True, name="n" * 5000)
    email_kept, name = door.person(user)
    assert len(name) == 200
    assert email_kept.endswith("@external.invalid") or len(email_kept) < 320


def test_first_requests_at_once_make_one_user(door: Door) -> None:
    door.map("groups", "a", "viewer")
    found: list[str] = []
    gate = threading.Barrier(6)

    def race() -> None:
        gate.wait()
        found.append(door.begin(groups=["a"])[1])

    threads = [threading.Thread(target=race) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found))) == (6, 1)


def test_the_role_ends_with_the_transaction(door: Door) -> None:
    door.map("groups", "a", "viewer")
    with door.database.connect("qb_api") as conn:
        begin = "select security.begin_external_request(%s, 's', %s)"
        conn.execute(begin.encode(), [ISSUER, Jsonb({"groups": ["a"]})])
        conn.commit()
        row = conn.execute("select current_user, current_setting('qb.user_id', true)").fetchone()
    assert row == ("qb_api", "")


def test_administrators_map_claims_and_nobody_else(as_role: Any) -> None:
    statement = b"insert into security.claim_role values ('i', 'c', 'v', 'qb_viewer', 1)"
    as_role("admin").execute(statement)
    for role in ("editor", "viewer", "auditor"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_role(role).execute(statement)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ("('i', 'c', 'v', 'postgres')", "claim_role_group_role_known"),
        ("('i', '', 'v', 'qb_viewer')", "claim_role_names_claim"),
    ],
)
def test_a_mapping_names_a_claim_and_a_role_of_ours(
    owner: Connection, values: str, rule: str
) -> None:
    with pytest.raises(psycopg.errors.CheckViolation) as caught:
        insert = "insert into security.claim_role (issuer, claim, value, group_role) values"
        owner.execute(f"{insert} {values}".encode())
    assert caught.value.diag.constraint_name == rule
