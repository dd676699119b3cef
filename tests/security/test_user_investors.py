"""Users who act for investors: for which, until when, and what that is worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.conftest import Connection
from tests.security.user_words import ask, create, refusal

Open = Callable[..., Connection]
pytestmark = pytest.mark.usefixtures("portfolio", "investors")


def codes(user: dict[str, Any]) -> list[str]:
    return [investor["investor_code"] for investor in user["investors"]]


def test_an_investor_acts_for_investors_by_code_or_id(as_role: Open) -> None:
    admin = as_role("admin")
    query = "select investor_id::text from fund.investor where investor_code = 'LP-2'"
    row = admin.execute(query.encode()).fetchone()
    assert row
    given = ["LP-1", row[0].upper(), "LP-1"]
    user = create(admin, "lp@example.com", "investor", investors=given)
    assert (codes(user), user["funds"], user["companies"]) == (["LP-1", "LP-2"], [], [])
    assert user["investors"][1] == {
        "investor_id": row[0], "investor_code": "LP-2", "name": "Endowment",
    }  # fmt: skip
    assert ask(admin, "get_user", user["user_id"])[2] == user
    admin.commit()
    admin = as_role("admin")
    _, etag, now = ask(admin, "update_user", user["user_id"], {"investors": ["LP-2"]})
    assert (codes(now), etag) == (["LP-2"], f'"{now["row_version"]}"')
    assert now["row_version"] > 1
    assert codes(ask(admin, "update_user", user["user_id"], {"display_name": "L"})[2]) == ["LP-2"]


def test_an_investor_without_any_sees_nothing_yet(as_role: Open) -> None:
    admin = as_role("admin")
    assert create(admin, "lp@example.com", "investor")["investors"] == []


def test_an_unknown_investor_is_told_which_there_are(as_role: Open) -> None:
    with pytest.raises(psycopg.Error) as caught:
        create(as_role("admin"), "x@example.com", "investor", investors=["LP-9"])
    diag = caught.value.diag
    assert (diag.column_name, diag.message_primary) == ("investors", 'There is no investor "LP-9".')
    assert diag.message_hint == "The investors are LP-1, LP-2."


def test_where_there_is_none_to_name_the_hint_says_how_to_add_one(owner: Connection) -> None:
    owner.execute("delete from fund.investor")
    owner.execute("delete from company.company")
    owner.execute("delete from fund.fund")
    for role, scope in (("investor", "investors"), ("viewer_scoped", "funds")):
        with pytest.raises(psycopg.Error) as caught:
            create(owner, "x@example.com", role, **{scope: ["X"]})
        assert (caught.value.diag.message_hint or "").startswith("There is none yet:")


@pytest.mark.parametrize("role", ["submitter", "viewer_scoped", "viewer", "admin"])
def test_investors_are_forgotten_with_the_role(as_role: Open, owner: Connection, role: str) -> None:
    user = create(owner, "lp@example.com", "investor", investors=["LP-1"])
    admin = as_role("admin")
    scope = {"companies": ["a"]} if role in ("submitter", "viewer_scoped") else {}
    whole: dict[str, Any] = {} if scope else {"investors": []}
    if whole:  # nobody comes to see the whole firm by the way
        refused = ("QB400", "narrowing_ends_explicitly")
        assert refusal(admin, "update_user", user["user_id"], {"role": role}) == refused
    changed = ask(admin, "update_user", user["user_id"], {"role": role, **scope, **whole})[2]
    assert (changed["role"], changed["investors"]) == (role, [])
    admin.commit()
    assert owner.execute("select from security.user_investor").rowcount == 0


def test_investors_of_a_role_by_claims_come_back(owner: Connection) -> None:
    user = create(owner, "lp@example.com", "investor", investors=["LP-1"])
    owner.execute("insert into security.external_identity values ('i', 's', %s)", [user["user_id"]])
    for role in ("qb_viewer_scoped", "qb_investor"):
        values = (role, user["user_id"])
        owner.execute("update security.app_user set group_role = %s where user_id = %s", values)
    assert codes(ask(owner, "get_user", user["user_id"])[2]) == ["LP-1"]


def test_another_investor_is_another_right(owner: Connection) -> None:
    """Answers kept for an idempotency key are shown again to the same rights only."""
    user = create(owner, "lp@example.com", "investor", investors=["LP-1"])
    query = "select security._rights_of_user(%s)"
    rights = {owner.execute(query.encode(), [user["user_id"]]).fetchone()}
    for investors in (["LP-2"], ["LP-1", "LP-2"], []):
        ask(owner, "update_user", user["user_id"], {"investors": investors})
        rights.add(owner.execute(query.encode(), [user["user_id"]]).fetchone())
    assert len(rights) == 4
