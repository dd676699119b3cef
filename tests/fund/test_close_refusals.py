"""Closes that are refused: by what is asked, and by who asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.company.books import refused
from tests.conftest import DEPLOYED, Connection, TestServer, clone
from tests.fund.fund_life import FundLife

BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "nobody": ({"commitments": []}, "QB400", "close_admits_somebody"),
    "no list": ({"commitments": {"LP-01": 1}}, "QB400", "close_admits_somebody"),
    "typo": ({"commitment": 5}, "QB400", "unknown_field"),
    "unknown": ({"commitments": [{"investor": "LP-99", "amount": 1}]}, "QB400", "investor_unknown"),
    "unnamed": ({"commitments": [{"amount": 1}]}, "QB400", "required"),
    "nothing": ({"commitments": [{"investor": "LP-04", "amount": 0}]}, "QB400",
                "commitment_above_zero"),
    "negative": ({"commitments": [{"investor": "LP-04", "amount": -5}]}, "QB400",
                 "amount_not_negative"),
    "fine": ({"commitments": [{"investor": "LP-04", "amount": 0.001}]}, "QB400",
             "amount_to_the_cent"),
    "twice": ({"commitments": [{"investor": "LP-04", "amount": 1}] * 2}, "QB400",
              "investor_named_once"),
    "class": ({"commitments": [{"investor": "LP-01", "amount": 1, "investor_class": "affiliate"}]},
              "QB409", "investor_class_stands"),
    "word": ({"commitments": [{"investor": "LP-04", "amount": 1, "investor_class": "A!"}]},
             "QB400", "investor_class_is_a_word"),
    "early": ({"closed_on": "2024-01-31"}, "QB409", "event_in_order_of_days"),
    "excuses": ({"excuses": {"LP-04": 1}}, "QB400", "excuses_are_a_list"),
    "excused": ({"excuses": [{"investor": "LP-01", "call": 1}]}, "QB400", "excused_is_admitted"),
    "call": ({"excuses": [{"investor": "LP-04", "call": 7}]}, "QB400", "call_unknown"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_close_is_refused_and_changes_nothing(life: FundLife, case: str) -> None:
    life.issue("2024-02-01", 10_000_000)
    life.invite("LP-04")
    before = life.everything()
    more, sqlstate, rule = BAD[case]
    request = {
        "closed_on": "2024-04-01", "commitments": [{"investor": "LP-04", "amount": 5}], **more
    }  # fmt: skip
    with refused(life.conn, sqlstate, rule):
        life.run("close", request)
    assert life.everything() == before


def test_class_is_put_right_when_the_close_is_taken_back(life: FundLife) -> None:
    wrong = life.close_on("2024-02-01", {"GP": 1_000_000})
    life.take_back(wrong)
    life.close_on("2024-02-01", {"GP": 1_000_000}, {"GP": "general_partner"})
    assert life.rows("select investor_class from fund.positions(%(fund_id)s)")[0] == {
        "investor_class": "general_partner"
    }
    # From here on it stands; and what is not said is what it was.
    with refused(life.conn, "QB409", "investor_class_stands"):
        life.close_on("2024-03-01", {"GP": 1}, {"GP": "standard"})
    life.take_back(life.close_on("2024-03-01", {"GP": 1}))
    with refused(life.conn, "QB409", "investor_class_stands"):
        life.close_on("2024-03-01", {"GP": 1}, {"GP": "standard"})
    for change in (
        "update fund.commitment set investor_id = gen_random_uuid()",
        "update fund.commitment set created_date = now()",
        "delete from fund.commitment",
    ):
        with refused(life.conn, "QB409", "recorded_event_is_immutable"):
            life.rows(f"{change} where fund_id = %(fund_id)s")


def test_money_is_not_given_back_before_it_came(life: FundLife) -> None:
    life.issue("2024-02-01", 10_000_000)
    late = life.pay("LP-01", "2024-03-10", 5_000_000)
    before = life.everything()
    with refused(life.conn, "QB409", "event_in_order_of_days"):
        life.close_on("2024-03-09", {"LP-02": 50_000_000})
    assert life.everything() == before
    life.take_back(late)
    life.close_on("2024-03-09", {"LP-02": 50_000_000})
    life.pay("LP-01", "2024-03-10", life.open_amounts()["LP-01"])
    assert all(
        row["paid_in_amount"] >= 0
        for day in ("2024-03-09", "2024-03-10")
        for row in life.rows("select * from fund.positions(%(fund_id)s, %(day)s)", day=day)
    )


def test_partner_in_default_raises_no_commitment(life: FundLife) -> None:
    life.issue("2024-02-01", 10_000_000)
    life.run("default", {"investor": "LP-03", "declared_on": "2024-03-01"})
    with refused(life.conn, "QB409", "partner_in_default"):
        life.close_on("2024-04-01", {"LP-03": 5})


@pytest.fixture(scope="module")
def world(server: TestServer) -> Iterator[tuple[FundLife, FundLife]]:
    """A fund that a narrowed editor sees, and one that he does not; committed."""
    with (
        clone(server, DEPLOYED) as database,
        database.connect(autocommit=True, options="-c role=qb_owner") as conn,
    ):
        own = FundLife.begun(conn)
        hidden = FundLife.begun(conn, "Hidden fund", commitments={"HIDDEN": 5})
        yield own, hidden


def request_as(owner: FundLife, role: str) -> Connection:
    email = f"{role}@example.com"
    [user_id] = owner.conn.execute(
        "select coalesce(security.user_id_by_email(%(email)s),"
        " security.add_user(%(email)s, %(role)s, %(email)s, null))",
        {"email": email, "role": role},
    ).fetchone()
    if role.endswith("_scoped"):
        owner.conn.execute(
            "insert into security.user_fund (fund_id, user_id) values (%s, %s)"
            " on conflict do nothing",
            [owner.fund_id, user_id],
        )
    conn = psycopg.connect(TestServer.current().dsn("qb_api", owner.conn.info.dbname))
    conn.execute("select security.begin_request(%s)", [user_id])
    return conn


def run_close(life: FundLife, conn: Connection, investor: str) -> None:
    life.on(conn).rows(
        "select * from fund.run_close(%(fund_id)s, %(close)s::jsonb)",
        close='{"closed_on": "2024-04-01", "commitments":'
        f' [{{"investor": "{investor}", "amount": 5}}]}}',
    )


@pytest.mark.parametrize("role", ["admin", "editor", "editor_scoped"])
def test_editors_run_closes(world: tuple[FundLife, FundLife], role: str) -> None:
    with request_as(world[0], role) as conn:
        run_close(world[0], conn, "LP-01")
        conn.rollback()


@pytest.mark.parametrize("role", ["viewer", "auditor", "investor"])
def test_readers_run_no_close(world: tuple[FundLife, FundLife], role: str) -> None:
    with request_as(world[0], role) as conn, refused(conn, "42501", None):
        run_close(world[0], conn, "LP-01")


def test_narrowed_editor_admits_nobody_whom_he_does_not_meet(
    world: tuple[FundLife, FundLife],
) -> None:
    own, hidden = world
    with request_as(own, "editor_scoped") as conn:
        with refused(conn, "QB400", "investor_unknown"):
            run_close(own, conn, "HIDDEN")
        with refused(conn, "QB404", "fund_not_found"):
            run_close(hidden, conn, "LP-01")
        conn.rollback()
    with request_as(own, "editor") as conn:
        run_close(own, conn, "HIDDEN")
        conn.rollback()
