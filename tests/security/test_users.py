"""Looking after users: what an administrator may do to whom, and what never happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.conftest import Connection
from tests.security.user_words import NIL, ask, create, refusal

Open = Callable[..., Connection]
pytestmark = pytest.mark.usefixtures("portfolio", "investors")


def test_a_narrowed_user_is_made_with_funds_by_name_or_id_and_companies(as_role: Open) -> None:
    admin = as_role("admin")
    row = admin.execute("select fund_id from fund.fund where name = 'Fund Two'").fetchone()
    assert row
    made = create(
        admin,
        " Vera@Example.com ",
        "viewer_scoped",
        display_name="Vera",
        funds=["Fund One", str(row[0]).upper(), "Fund One"],
        companies=["c"],
    )
    assert made["email"] == "Vera@Example.com"
    assert [fund["name"] for fund in made["funds"]] == ["Fund One", "Fund Two"]
    assert (made["companies"], made["active"], made["row_version"]) == (["c"], True, 1)
    assert ask(admin, "get_user", made["user_id"]) == (200, '"1"', made)


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ({"role": "viewer_scoped"}, "scope_required"),
        ({"role": "editor_scoped", "funds": [], "companies": []}, "scope_required"),
        ({"role": "submitter"}, "scope_required"),
        ({"role": "submitter", "funds": ["Fund One"], "companies": ["a"]}, "role_has_no_scope"),
        ({"role": "viewer", "funds": ["Fund One"]}, "role_has_no_scope"),
        ({"role": "admin", "companies": ["a"]}, "role_has_no_scope"),
        ({"role": "investor", "companies": ["a"]}, "role_has_no_scope"),
        ({"role": "investor", "funds": ["Fund One"]}, "role_has_no_scope"),
        ({"role": "investor", "investors": ["LP-1", "LP-9"]}, "investor_unknown"),
        ({"role": "viewer", "investors": ["LP-1"]}, "role_has_no_scope"),
        ({"role": "submitter", "companies": ["a"], "investors": ["LP-1"]}, "role_has_no_scope"),
        ({"role": "viewer_scoped", "funds": ["Fund Nine"]}, "fund_unknown"),
        ({"role": "viewer_scoped", "companies": ["a", "z"]}, "company_unknown"),
        ({"role": "owner"}, "role_unknown"),
        ({}, "role_unknown"),
    ],
)
def test_role_and_scope_have_to_fit(as_role: Open, user: dict[str, Any], expected: str) -> None:
    admin = as_role("admin")
    given = {"email": "x@example.com", **user}
    assert refusal(admin, "create_user", given) == ("QB400", expected)
    assert ask(admin, "list_users", None, "x@example.com")[2] == []


def test_the_hint_names_the_scoped_twin(as_role: Open) -> None:
    with pytest.raises(psycopg.Error) as caught:
        create(as_role("admin"), "x@example.com", "editor", funds=["Fund One"])
    diag = caught.value.diag
    assert (diag.column_name, diag.message_hint) == ("funds", "Use role editor_scoped.")


def test_an_address_is_had_once(as_role: Open) -> None:
    admin = as_role("admin")
    made = create(admin, "ann@example.com", "viewer")
    again = {"email": "ANN@example.com", "role": "viewer"}
    assert refusal(admin, "create_user", again) == ("QB409", "person_email_key")
    taken = {"email": "ADMIN@example.com"}
    assert refusal(admin, "update_user", made["user_id"], taken) == ("QB409", "person_email_key")
    own = ask(admin, "update_user", made["user_id"], {"email": "Ann@example.com"})
    assert own[2]["email"] == "Ann@example.com"


def test_what_is_absent_stays_and_every_change_is_another_version(
    as_role: Open, owner: Connection
) -> None:
    admin = as_role("admin")
    made = create(admin, "v@example.com", "viewer_scoped", funds=["Fund One"], companies=["c"])
    admin.commit()
    versions = [made["row_version"]]
    changes: tuple[dict[str, Any], ...] = (
        {"email": "w@example.com"},
        {"display_name": "W"},
        {"funds": ["Fund Two"]},
        {"companies": []},
        {"active": False},
        {"active": True},
    )
    for change in changes:
        admin = as_role("admin")
        _, etag, user = ask(admin, "update_user", made["user_id"], change)
        admin.commit()
        versions.append(user["row_version"])
        assert etag == f'"{user["row_version"]}"'
        made |= user
    admin = as_role("admin")
    ask(admin, "update_user", made["user_id"], {}, "hash")
    admin.commit()
    for statement in (
        "insert into security.user_company (company_id, user_id) values ('a', %s)",
        "delete from security.user_company where user_id = %s",
        "update security.person set display_name = 'X' where user_id = %s",
    ):
        owner.execute(statement.encode(), [made["user_id"]])
        versions.append(ask(owner, "get_user", made["user_id"])[2]["row_version"])
    assert versions == sorted(set(versions))
    assert (made["email"], made["display_name"], made["companies"]) == ("w@example.com", "W", [])
    assert [fund["name"] for fund in made["funds"]] == ["Fund Two"]


def test_a_role_without_scope_takes_the_scope_away(as_role: Open, owner: Connection) -> None:
    admin = as_role("admin")
    user = create(admin, "v@example.com", "viewer_scoped", funds=["Fund One"], companies=["a"])
    _, _, user = ask(admin, "update_user", user["user_id"], {"role": "submitter"})
    assert (user["funds"], user["companies"]) == ([], ["a"])
    whole = {"role": "viewer", "funds": [], "companies": []}
    _, _, user = ask(admin, "update_user", user["user_id"], whole)
    assert (user["funds"], user["companies"]) == ([], [])
    back = {"role": "viewer_scoped"}
    assert refusal(admin, "update_user", user["user_id"], back) == ("QB400", "scope_required")


@pytest.mark.parametrize("narrowed", ["viewer_scoped", "editor_scoped", "submitter"])
def test_nobody_sees_the_whole_firm_by_the_way(as_role: Open, narrowed: str) -> None:
    admin = as_role("admin")
    user_id = create(admin, "v@example.com", narrowed, companies=["a"])["user_id"]
    refused = ("QB400", "narrowing_ends_explicitly")
    half: tuple[dict[str, list[str]], ...] = (
        {},
        {"funds": []},
        {"companies": []},
        {"funds": [], "companies": ["a"]},
    )
    for role in ("admin", "editor", "viewer", "auditor"):
        for more in half:
            assert refusal(admin, "update_user", user_id, {"role": role, **more}) == refused
    both: dict[str, Any] = {"funds": [], "companies": []}
    for role in ("investor", "viewer", "auditor"):
        change = {"role": role, **both}
        assert ask(admin, "update_user", user_id, change)[2]["role"] == role


def test_a_database_login_keeps_a_reading_role(as_role: Open, owner: Connection) -> None:
    row = owner.execute("select security.add_database_login('bi_reads', 'viewer')").fetchone()
    assert row
    admin = as_role("admin")
    for role in ("admin", "editor", "submitter", "investor"):
        refused = ("QB400", "database_login_reads_only")
        assert refusal(admin, "update_user", row[0], {"role": role}) == refused
    ended = {"role": "investor", "active": False}
    assert ask(admin, "update_user", row[0], ended)[2]["active"] is False
    admin.commit()
    database = owner.info.dbname
    owner.execute(f"revoke connect on database {database} from bi_reads".encode())
    owner.execute(b"drop role bi_reads")


def test_an_address_has_no_spaces(as_role: Open) -> None:
    admin = as_role("admin")
    spaced = ("QB400", "email_has_no_spaces")
    given = {"email": "a b@example.com", "role": "viewer"}
    assert refusal(admin, "create_user", given) == spaced
    user = create(admin, " a@example.com ", "viewer")
    assert refusal(admin, "update_user", user["user_id"], {"email": "a@exam\tple"}) == spaced


def test_an_unknown_fund_is_told_which_there_are(as_role: Open) -> None:
    with pytest.raises(psycopg.Error) as caught:
        create(as_role("admin"), "x@example.com", "viewer_scoped", funds=["Fund Nine"])
    diag = caught.value.diag
    assert diag.message_primary == 'There is no fund "Fund Nine".'
    assert diag.message_hint == "The funds are Fund One, Fund Two."


def test_a_scope_of_thousands_is_a_version_and_not_thousands(owner: Connection) -> None:
    owner.execute(
        "insert into company.company (company_id, name, reporting_currency)"
        " select 'many' || n, 'Many', 'USD' from generate_series(1, 2000) as n"
    )
    user = create(owner, "v@example.com", "viewer_scoped", companies=["a"])
    scope = {"companies": [f"many{n}" for n in range(1, 2001)]}
    assert ask(owner, "update_user", user["user_id"], scope)[2]["row_version"] < 6


def test_a_stale_version_and_an_unknown_user_are_refused(as_role: Open) -> None:
    admin = as_role("admin")
    user = create(admin, "v@example.com", "viewer")
    stale = (user["user_id"], {"active": False}, None, '"7"')
    assert refusal(admin, "update_user", *stale) == ("QB412", "stale_version")
    for nobody in (NIL, "6b1f0b9e-5a0c-4f7e-9f43-0d4c9a1e7b55"):
        unknown = ("QB404", "user_not_found")
        assert refusal(admin, "update_user", nobody, {"active": True}) == unknown
        assert refusal(admin, "get_user", nobody) == unknown
    everybody = "update security.person set display_name = 'X'"
    assert admin.execute(everybody.encode()).rowcount == 2  # not the platform itself


def test_a_new_password_ends_refresh_tokens_and_so_does_the_end(
    as_role: Open, owner: Connection
) -> None:
    user = create(owner, "v@example.com", "viewer")
    ask(owner, "update_user", user["user_id"], {}, "h")
    changes: tuple[tuple[Any, ...], ...] = (({}, "h"), ({"active": False}, None))
    for values in changes:
        owner.execute(
            "select security.issue_refresh_token(%s, sha256(gen_random_uuid()::text::bytea), 'h')",
            [user["user_id"]],
        )
        live = "select count(*) from security.refresh_token where revoked_at is null"
        assert owner.execute(live.encode()).fetchone() == (1,)
        admin = as_role("admin")
        ask(admin, "update_user", user["user_id"], *values)
        admin.commit()
        assert owner.execute(live.encode()).fetchone() == (0,)


def test_an_identity_provider_keeps_its_say_over_roles(as_role: Open, owner: Connection) -> None:
    user = create(owner, "v@example.com", "viewer")
    owner.execute("insert into security.external_identity values ('i', 's', %s)", [user["user_id"]])
    admin = as_role("admin")
    claimed = ("QB409", "role_is_claim_managed")
    assert refusal(admin, "update_user", user["user_id"], {"role": "editor"}) == claimed
    password = ("QB409", "login_is_claim_managed")
    assert refusal(admin, "update_user", user["user_id"], {}, "hash") == password
    assert ask(admin, "update_user", user["user_id"], {"active": False})[0] == 200


def test_claims_that_change_and_come_back_leave_the_scope(owner: Connection) -> None:
    user = create(owner, "v@example.com", "viewer_scoped", funds=["Fund One"], companies=["c"])
    owner.execute("insert into security.external_identity values ('i', 's', %s)", [user["user_id"]])
    for role in ("qb_investor", "qb_viewer_scoped"):
        values = (role, user["user_id"])
        owner.execute("update security.app_user set group_role = %s where user_id = %s", values)
    now = ask(owner, "get_user", user["user_id"])[2]
    assert (now["funds"], now["companies"]) == (user["funds"], ["c"])
