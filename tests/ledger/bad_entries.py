"""Entries that are refused, each by its rule."""

from __future__ import annotations

from uuid import UUID

from tests.ledger.fund_books import FIRST, Row, cash_in, entry, line

DAY = "2024-02-10"
IN, OUT = line("1000 debit 5"), line("4200 credit 5")


def lines(*found: Row) -> Row:
    return entry("income", DAY, *found)


# What was sent → the rule that refuses it, its status, the column it is about.
REFUSED: dict[str, tuple[Row, str, str, str]] = {
    "unbalanced": (
        lines(IN, line("4200 credit 4.99")), "QB400", "entry_balances_per_currency", "lines",
    ),
    "unbalanced in each of two currencies": (
        lines(IN, line("4200 credit 5", currency="EUR")),
        "QB400", "entry_balances_per_currency", "lines",
    ),
    "unknown currency": (
        lines(line("1000 debit 5", currency="XXQ"), line("4200 credit 5", currency="XXQ")),
        "QB400", "journal_line_currency_fkey", "currency",
    ),
    "no currency": (
        lines({"account": "1000", "debit": 5}, OUT), "QB400", "entry_is_complete", "currency",
    ),
    "negative debit": (
        lines(line("1000 debit -5"), line("4200 credit -5")), "QB400", "debit_not_negative",
        "debit",
    ),
    "negative credit": (
        lines(IN, line("4200 credit -5")), "QB400", "credit_not_negative", "credit",
    ),
    "part of a cent": (
        lines(line("1000 debit 0.005"), line("4200 credit 0.005")),
        "QB400", "debit_to_the_cent", "debit",
    ),
    "not a number": (
        lines(line("1000 debit NaN"), line("4200 credit NaN")), "QB400", "debit_in_range", "debit",
    ),
    "too large": (
        lines(line("1000 debit 1e15"), line("4200 credit 1e15")),
        "QB400", "debit_in_range", "debit",
    ),
    "no amount": (
        lines(line("1000 debit 0"), OUT), "QB400", "line_has_one_side", "credit",
    ),
    "both sides": (
        lines(IN | {"credit": 5}, OUT), "QB400", "line_has_one_side", "credit",
    ),
    "words for an amount": (
        lines(IN | {"debit": "five"}, OUT), "QB400", "entry_is_complete", "",
    ),
    "unknown account": (
        lines(IN, line("9999 credit 5")),
        "QB400", "journal_line_fund_id_account_number_fkey", "account_number",
    ),
    "partner missing": (
        lines(line("1100 debit 5"), OUT), "QB400", "account_takes_partner", "partner_id",
    ),
    "partner where none belongs": (
        lines(line("1000 debit 5", FIRST), OUT), "QB400", "account_takes_partner", "partner_id",
    ),
    "one line": (lines(IN), "QB400", "entry_has_two_lines", "line_count"),
    "no lines": ({"kind": "income", "entry_on": DAY}, "QB400", "entry_has_two_lines", "line_count"),
    "lines that are none": (
        {"kind": "income", "entry_on": DAY, "lines": "all"}, "QB400", "entry_is_complete", "",
    ),
    "no day": (
        {"kind": "income", "lines": [IN, OUT]}, "QB400", "entry_is_complete", "entry_on",
    ),
    "no such day": (
        entry("income", "2024-02-30", IN, OUT), "QB400", "entry_is_complete", "",
    ),
    "a slip of the year": (
        cash_in("2199-12-31", 5), "QB400", "entry_within_ten_years", "entry_on",
    ),
    "before the books": (cash_in("2023-12-31", 5), "QB400", "entry_not_before_books", "entry_on"),
    "unknown kind": (
        entry("gift", DAY, IN, OUT), "QB400", "journal_entry_kind_fkey", "kind",
    ),
    "a reversal of nothing": (
        entry("reversal", DAY, IN, OUT), "QB400", "reversal_names_its_entry", "reverses_entry_id",
    ),
    "a reversal of what is not there": (
        entry("reversal", DAY, IN, OUT, reverses_entry_id=str(UUID(int=9))),
        "QB400", "journal_entry_fund_id_reverses_entry_id_fkey", "reverses_entry_id",
    ),
    "half a source": (
        cash_in(DAY, 5, source_room="fund"), "QB400", "entry_source_is_whole", "source_key",
    ),
    "a blank memo": (cash_in(DAY, 5, memo=" "), "QB400", "entry_memo_not_blank", "memo"),
}  # fmt: skip
