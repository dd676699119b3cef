"""What must not be done to a fund, asked for by an editor: refused by its rule, nothing changed."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.conftest import DEPLOYED, Connection, TestServer, clone
from tests.fund.fund_life import THREE
from tests.fund.life.world import WatchedLife
from tests.ledger.fund_books import Row, entry, line

DAY = "2024-05-02"
CALL = {"notice_on": DAY, "capital_amount": "1000"}

# What is wrong → the function, what it is sent, and the rule that refuses it.
BAD: dict[str, tuple[str, Row, str, str]] = {
    "a call over unfunded": (
        "fund.issue_capital_call", CALL | {"capital_amount": "99999990"},
        "QB409", "call_within_unfunded",
    ),
    "a fee that takes a call over unfunded": (
        "fund.issue_capital_call", CALL | {"capital_amount": "99998800", "fee_amount": "400"},
        "QB409", "call_within_unfunded",
    ),
    "a distribution over cash": (
        "fund.issue_distribution", {"declared_on": DAY, "amount": "1000.01"},
        "QB409", "distribution_within_cash",
    ),
    "a distribution of cash that comes later": (
        "fund.issue_distribution", {"declared_on": "2024-04-30", "amount": "1000"},
        "QB409", "distribution_within_cash",
    ),
    "terms that overlap": (
        "fund.set_terms", {"valid_from": "2024-06-01", "valid_to": "2026-01-01"},
        "QB409", "terms_do_not_overlap",
    ),
    "a call in a closed period": (
        "fund.issue_capital_call", CALL | {"notice_on": "2024-03-31"},
        "QB409", "entry_in_open_period",
    ),
    "a receipt in a closed period": (
        "fund.record_payment", {"investor": "LP-01", "received_on": "2024-03-31", "amount": "1"},
        "QB409", "entry_in_open_period",
    ),
    "an entry in a closed period": (
        "ledger.post_entry",
        entry("expense", "2024-03-31", line("5100 debit 5"), line("1000 credit 5")),
        "QB409", "entry_in_open_period",
    ),
    "an unbalanced entry": (
        "ledger.post_entry", entry("expense", DAY, line("5100 debit 5"), line("1000 credit 4.99")),
        "QB400", "entry_balances_per_currency",
    ),
    "an entry in an unknown currency": (
        "ledger.post_entry",
        entry("expense", DAY, line("5100 debit 5", currency="XXQ"), line("1000 credit 5")),
        "QB400", "journal_line_currency_fkey",
    ),
    "a negative call": (
        "fund.issue_capital_call", CALL | {"capital_amount": "-5"}, "QB400", "amount_not_negative",
    ),
    "a negative receipt": (
        "fund.record_payment", {"investor": "LP-01", "received_on": DAY, "amount": "-5"},
        "QB400", "amount_not_negative",
    ),
    "a negative distribution": (
        "fund.issue_distribution", {"declared_on": DAY, "amount": "-5"},
        "QB400", "amount_not_negative",
    ),
    "a negative commitment": (
        "fund.run_close",
        {"closed_on": DAY, "commitments": [{"investor": "LP-01", "amount": "-5"}]},
        "QB400", "amount_not_negative",
    ),
    "a negative entry": (
        "ledger.post_entry", entry("expense", DAY, line("5100 debit -5"), line("1000 credit -5")),
        "QB400", "debit_not_negative",
    ),
    "an excuse from what is not called": (
        "fund.issue_capital_call",
        CALL | {"excuses": [{"investor": "LP-04", "reason": "Side letter"}]},
        "QB400", "excused_partner_is_called",
    ),
    "an excuse from a fee": (
        "fund.issue_capital_call",
        CALL | {"capital_amount": "0", "fee_amount": "5",
                "excuses": [{"investor": "LP-01", "reason": "Side letter"}]},
        "QB400", "excused_partner_is_called",
    ),
    "an excuse of everybody": (
        "fund.issue_capital_call",
        CALL | {"excuses": [{"investor": code, "reason": "Tobacco"} for code in THREE]},
        "QB409", "allocation_has_a_share",
    ),
    "an excuse of nobody": (
        "fund.issue_capital_call", CALL | {"excuses": [{"investor": "LP-99", "reason": "?"}]},
        "QB400", "partner_unknown",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def kept(server: TestServer) -> Iterator[WatchedLife]:
    """A fund with a thousand in cash from May on and its first quarter closed, committed."""
    with (
        clone(server, DEPLOYED) as database,
        database.connect(autocommit=True, options="-c role=qb_owner") as conn,
    ):
        life = WatchedLife.begun(conn)
        life.take_back(life.close_on("2024-01-20", {"LP-04": 1}))
        life.set_terms("2025-01-01")
        life.issue("2024-01-20", 1000)
        life.pay_all("2024-05-01")
        life.close("2024-03-31")
        yield life


@pytest.fixture
def editor(kept: WatchedLife) -> Iterator[Connection]:
    """The middle of an editor's request."""
    row = kept.conn.execute(
        "select coalesce(security.user_id_by_email('e@example.com'),"
        " security.add_user('e@example.com', 'editor', 'E', null))"
    ).fetchone()
    dsn = TestServer.current().dsn("qb_api", kept.conn.info.dbname)
    with psycopg.connect(dsn) as conn:
        conn.execute("select security.begin_request(%s)", row)
        yield conn
        conn.rollback()


@pytest.mark.parametrize("what", BAD)
def test_it_is_refused_and_changes_nothing(
    kept: WatchedLife, editor: Connection, what: str
) -> None:
    function, sent, sqlstate, rule = BAD[what]
    before = kept.stored()
    with pytest.raises(psycopg.Error) as caught:
        editor.execute(f"select * from {function}(%s, %s)".encode(), [kept.fund_id, Jsonb(sent)])
    editor.commit()
    told = caught.value.diag
    assert (caught.value.sqlstate, told.constraint_name) == (sqlstate, rule)
    assert told.message_primary
    assert told.message_hint
    assert kept.stored() == before
