"""Each event of a fund as the rulebook books it: it balances, and leaves these balances."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ledger.fund_books import FIRST, GENERAL, SECOND, FundBooks, Row, entry, line

DAY = "2024-03-15"
CALL = entry(
    "capital_call",
    DAY,
    line("1100 debit 60.01", FIRST),
    line("1100 debit 39.99", SECOND),
    line("3000 credit 60.01", FIRST),
    line("3000 credit 39.99", SECOND),
)
RECEIPT = entry(
    "cash_receipt",
    DAY,
    line("1000 debit 65"),
    line("1100 credit 60.01", FIRST),
    line("2000 credit 4.99", FIRST),
)
PURCHASE = entry("investment_purchase", DAY, line("1200 debit 50"), line("1000 credit 50"))
UP = entry("fair_value_change", DAY, line("1250 debit 20"), line("4100 credit 20"))

# What happened, and what each account that is not even stands at: debit less credit.
EVENTS: dict[str, tuple[list[Row], dict[str, str]]] = {
    "call issued": ([CALL], {"1100": "100", "3000": "-100"}),
    "cash received, overpaid": (
        [CALL, RECEIPT],
        {"1000": "65", "1100": "39.99", "2000": "-4.99", "3000": "-100"},
    ),
    "late interest, paid": (
        [
            entry("late_interest", DAY, line("1120 debit 2", FIRST), line("4300 credit 2")),
            entry("cash_receipt", DAY, line("1000 debit 2"), line("1120 credit 2", FIRST)),
        ],
        {"1000": "2", "4300": "-2"},
    ),
    "default on a call": (
        [
            CALL,
            entry(
                "default", DAY, line("3000 debit 39.99", SECOND), line("1100 credit 39.99", SECOND)
            ),
        ],
        {"1100": "60.01", "3000": "-60.01"},
    ),
    "refund on rebalancing, paid": (
        [
            entry("rebalancing", DAY, line("3000 debit 7", FIRST), line("2100 credit 7", FIRST)),
            entry("rebalancing", DAY, line("2100 debit 7", FIRST), line("1000 credit 7")),
        ],
        {"3000": "7", "1000": "-7"},
    ),
    "true-up interest received, passed on": (
        [
            entry("true_up_interest", DAY, line("1000 debit 3"), line("2100 credit 3", FIRST)),
            entry("true_up_interest", DAY, line("2100 debit 3", FIRST), line("1000 credit 3")),
        ],
        {},
    ),
    "new partner's catch-up": (
        [entry("catch_up", DAY, line("1000 debit 9"), line("3000 credit 9", SECOND))],
        {"1000": "9", "3000": "-9"},
    ),
    "investment purchased": ([PURCHASE], {"1200": "50", "1000": "-50"}),
    "value up, then down": (
        [
            UP,
            entry("fair_value_change", DAY, line("4100 debit 5"), line("1250 credit 5")),
        ],
        {"1250": "15", "4100": "-15"},
    ),
    "exit": (
        [
            PURCHASE,
            UP,
            entry(
                "exit",
                DAY,
                line("1000 debit 80"),
                line("1200 credit 50"),
                line("4000 credit 30"),
                line("4100 debit 20"),
                line("1250 credit 20"),
            ),
        ],
        {"1000": "30", "4000": "-30"},
    ),
    "fee accrued, offset, paid": (
        [
            entry("management_fee", DAY, line("5000 debit 10"), line("2200 credit 10")),
            entry("fee_offset", DAY, line("2200 debit 4"), line("5050 credit 4")),
            entry("fee_payment", DAY, line("2200 debit 6"), line("1000 credit 6")),
        ],
        {"5000": "10", "5050": "-4", "1000": "-6"},
    ),
    "distribution declared, paid": (
        [
            entry("distribution", DAY, line("3100 debit 8", FIRST), line("2300 credit 8", FIRST)),
            entry("distribution_payment", DAY, line("2300 debit 8", FIRST), line("1000 credit 8")),
        ],
        {"3100": "8", "1000": "-8"},
    ),
    "carry accrued, paid, clawed back": (
        [
            entry(
                "carry_accrual", DAY, line("3200 debit 6", FIRST), line("3200 credit 6", GENERAL)
            ),
            entry("carry_payment", DAY, line("3200 debit 6", GENERAL), line("1000 credit 6")),
            entry("clawback", DAY, line("1150 debit 2", GENERAL), line("3200 credit 2", FIRST)),
        ],
        {"3200": "4", "1000": "-6", "1150": "2"},
    ),
    "carry to escrow, released": (
        [
            entry("carry_payment", DAY, line("3200 debit 6", GENERAL), line("1010 credit 6")),
            entry("carry_payment", DAY, line("1000 debit 2"), line("1010 credit 2")),
        ],
        {"3200": "6", "1010": "-8", "1000": "2"},
    ),
    "income receivable; expense payable": (
        [
            entry("income", DAY, line("1300 debit 5"), line("4200 credit 5")),
            entry("expense", DAY, line("5100 debit 3"), line("2250 credit 3")),
        ],
        {"1300": "5", "4200": "-5", "5100": "3", "2250": "-3"},
    ),
    "credit line drawn, repaid, interest": (
        [
            entry("credit_line", DAY, line("1000 debit 40"), line("2400 credit 40")),
            entry("credit_line", DAY, line("2400 debit 15"), line("1000 credit 15")),
            entry("credit_line", DAY, line("5200 debit 1"), line("1000 credit 1")),
        ],
        {"1000": "24", "2400": "-25", "5200": "1"},
    ),
    "written off": (
        [
            PURCHASE,
            UP,
            entry(
                "write_off",
                DAY,
                line("5300 debit 50"),
                line("1200 credit 50"),
                line("4100 debit 20"),
                line("1250 credit 20"),
            ),
        ],
        {"5300": "50", "1000": "-50"},
    ),
    "interest transferred": (
        [entry("transfer", DAY, line("3300 debit 11", FIRST), line("3300 credit 11", SECOND))],
        {},
    ),
}


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_leaves_these_balances(books: FundBooks, event: str) -> None:
    entries, expected = EVENTS[event]
    books.post_all(entries)
    assert books.balances() == {account: Decimal(amount) for account, amount in expected.items()}
    assert sum(books.balances().values()) == 0


def test_a_commitment_is_no_entry(books: FundBooks) -> None:
    assert books.rows("select from ledger.entry_kind where kind = 'commitment'") == []


def test_every_kind_of_entry_can_be_told_and_most_are_tried(books: FundBooks) -> None:
    kinds = {row["kind"] for row in books.rows("select kind from ledger.entry_kind")}
    tried = {sent["kind"] for entries, _ in EVENTS.values() for sent in entries}
    assert kinds - tried == {"opening_balance", "result_allocation", "correction", "reversal"}
