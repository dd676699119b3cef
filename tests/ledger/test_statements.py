"""Trial balance, balance sheet, income statement and partners' capital, as of any day."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ledger.fund_books import FIRST, GENERAL, SECOND, FundBooks, Row, entry, line

# Half a year of a fund of two limited partners and a general one.
STORY: list[Row] = [
    entry(
        "capital_call",
        "2024-01-10",
        line("1100 debit 600", FIRST),
        line("1100 debit 400", SECOND),
        line("3000 credit 600", FIRST),
        line("3000 credit 400", SECOND),
    ),
    entry("cash_receipt", "2024-01-20", line("1000 debit 600"), line("1100 credit 600", FIRST)),
    entry("investment_purchase", "2024-02-01", line("1200 debit 500"), line("1000 credit 500")),
    entry("management_fee", "2024-03-31", line("5000 debit 20"), line("2200 credit 20")),
    entry("fair_value_change", "2024-03-31", line("1250 debit 100"), line("4100 credit 100")),
    entry(
        "result_allocation",
        "2024-03-31",
        line("3590 debit 80"),
        line("3500 credit 48", FIRST),
        line("3500 credit 32", SECOND),
    ),
    entry(
        "carry_accrual",
        "2024-03-31",
        line("3200 debit 9.60", FIRST),
        line("3200 debit 6.40", SECOND),
        line("3200 credit 16", GENERAL),
    ),
    entry("fee_payment", "2024-04-15", line("2200 debit 20"), line("1000 credit 20")),
    entry("expense", "2024-05-01", line("5100 debit 5"), line("1000 credit 5")),
]


@pytest.fixture
def story(books: FundBooks) -> FundBooks:
    books.post_all(STORY)
    return books


def sheet(books: FundBooks, as_of: str) -> dict[str, Decimal]:
    found = {"asset": Decimal(), "liability": Decimal(), "equity": Decimal()}
    for row in books.call("balance_sheet", as_of=as_of):
        found[row["section"]] += row["amount"]
    return found


def capital(books: FundBooks, as_of: str) -> dict[object, Decimal]:
    found: dict[object, Decimal] = {}
    for row in books.call("partners_capital", as_of=as_of):
        found[row["partner_id"]] = found.get(row["partner_id"], Decimal()) + row["amount"]
    return found


@pytest.mark.parametrize(
    ("as_of", "assets", "liabilities"),
    [
        ("2024-01-09", 0, 0),
        ("2024-01-10", 1000, 0),
        ("2024-02-15", 1000, 0),
        ("2024-03-31", 1100, 20),
        ("2024-04-14", 1100, 20),
        ("2024-04-15", 1080, 0),
        ("2199-12-31", 1075, 0),
    ],
)
def test_assets_are_liabilities_and_equity_on_every_day(
    story: FundBooks, as_of: str, assets: int, liabilities: int
) -> None:
    found = sheet(story, as_of)
    assert found["asset"] == assets
    assert found["liability"] == liabilities
    assert found["asset"] == found["liability"] + found["equity"]
    # And what the partners own is what is left: net asset value.
    assert sum(capital(story, as_of).values()) == assets - liabilities


def test_trial_balance_has_both_sides(story: FundBooks) -> None:
    found = {row["account_number"]: row for row in story.call("trial_balance", as_of="2024-04-20")}
    cash = found["1000"]
    assert (cash["total_debit"], cash["total_credit"]) == (600, 520)
    assert (cash["debit_balance"], cash["credit_balance"]) == (80, 0)
    assert (found["3000"]["debit_balance"], found["3000"]["credit_balance"]) == (0, 1000)
    for one, other in (("total_debit", "total_credit"), ("debit_balance", "credit_balance")):
        assert sum(row[one] for row in found.values()) == sum(row[other] for row in found.values())


@pytest.mark.parametrize(
    ("from_on", "to_on", "expected"),
    [
        ("2024-01-01", "2024-03-31", {"4100": 100, "5000": -20}),
        ("2024-04-01", "2024-06-30", {"5100": -5}),
        ("2024-01-01", "2024-12-31", {"4100": 100, "5000": -20, "5100": -5}),
        ("2024-03-31", "2024-05-01", {"4100": 100, "5000": -20, "5100": -5}),
        ("2024-04-02", "2024-04-30", {}),
        ("2024-05-02", "2024-05-01", {}),
    ],
)
def test_income_statement_of_any_days(
    story: FundBooks, from_on: str, to_on: str, expected: dict[str, int]
) -> None:
    rows = story.call("income_statement", from_on=from_on, to_on=to_on)
    assert {row["account_number"]: row["amount"] for row in rows} == expected


def test_partners_capital_by_partner(story: FundBooks) -> None:
    assert capital(story, "2024-03-31") == {
        FIRST: Decimal("638.40"), SECOND: Decimal("425.60"), GENERAL: Decimal(16),
    }  # fmt: skip
    assert capital(story, "2024-05-01")[None] == -5
    [row] = [r for r in story.call("partners_capital") if r["partner_id"] == GENERAL]
    assert row["account_name"] == "Partners' capital, carried interest"


def test_receivable_may_be_taken_off_equity(books: FundBooks) -> None:
    other = FundBooks.opened(books.conn, "Fund II", receivable_as="equity")
    other.post_all(STORY[:2])
    found = sheet(other, "2024-01-20")
    assert found == {"asset": 600, "liability": 0, "equity": 600}
    assert capital(other, "2024-01-20") == {FIRST: 600, SECOND: 0}


def test_every_day_is_the_sum_of_its_lines(story: FundBooks) -> None:
    """Kept balances of whole periods and lines of cut ones, against lines alone."""
    lines = (
        "select account_number, currency, partner_id, sum(debit) as debit, sum(credit) as credit"
        " from ledger.journal_line where fund_id = %(fund_id)s"
        " and entry_on between %(from_on)s and %(to_on)s group by 1, 2, 3 order by 1, 2, 3"
    )
    days = ["2023-12-31", "2024-01-10", "2024-02-01", "2024-03-31", "2024-04-01", "2024-04-15"]
    days += ["2024-06-30", "2024-07-01"]
    for from_on in ("-infinity", *days):
        for to_on in days:
            span = {"from_on": from_on, "to_on": to_on}
            found = story.call("movements", **span)
            expected = story.rows(lines, **span)
            key = lambda row: (row["account_number"], str(row["partner_id"]))  # noqa: E731
            assert sorted(found, key=key) == sorted(expected, key=key), span


def test_today_is_meant_when_no_day_is_given(story: FundBooks) -> None:
    today = str(story.value("select ops.today()"))
    for function in ("trial_balance", "balance_sheet", "partners_capital"):
        assert story.call(function) == story.call(function, as_of=today) != []
