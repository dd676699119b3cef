"""What the firm may choose: the rate of flows, the currencies shown; and what a row keeps."""

from __future__ import annotations

import pytest

from tests.company.books import Books
from tests.company.test_translation import two_rates, used


@pytest.fixture
def euro(books: Books) -> Books:
    books.company(reporting_currency="EUR", post_money_valuation=50, equity_raised=20)
    return books


def test_flows_convert_at_the_closing_rate_when_the_firm_says_so(euro: Books) -> None:
    two_rates(euro, 2024, 1, "1.20", "2.00")
    euro.quarter(2024, 1)
    average = used(euro.financials(2024, 1)["USD"])[0]
    euro.set("fx_flow_rate", "closing")
    assert used(euro.financials(2024, 1)["USD"]) == (2, 2)
    assert euro.financials(2024, 1)["USD"]["total_revenue"] == 2000
    assert euro.metrics(2024, 1)["USD"]["arr"] == 4 * 800 * 2
    euro.set("fx_flow_rate", "average")
    assert used(euro.financials(2024, 1)["USD"])[0] == average


def test_presentation_currency_comes_and_goes_with_the_setting(euro: Books) -> None:
    euro.fix_quarter(2024, 1, USD="1.25", CAD="1.50", GBP="0.80")
    euro.quarter(2024, 1)
    euro.set("presentation_currencies", ["USD", "GBP"])
    assert set(euro.financials(2024, 1)) == set(euro.metrics(2024, 1)) == {"EUR", "USD", "GBP"}
    assert euro.financials(2024, 1)["GBP"]["cash_balance"] == 4000
    euro.set("presentation_currencies", [])
    assert set(euro.financials(2024, 1)) == set(euro.metrics(2024, 1)) == {"EUR"}
    euro.set("presentation_currencies", ["USD", "CAD"])
    assert set(euro.financials(2024, 1)) == {"EUR", "USD", "CAD"}


def test_row_keeps_the_currency_it_was_submitted_in(euro: Books) -> None:
    euro.fix_quarter(2024, 1, USD="1.25", GBP="0.80")
    euro.fix_quarter(2024, 2, USD="1.25", GBP="0.80")
    euro.quarter(2024, 1)
    before = euro.financials(2024, 1)
    euro.company(reporting_currency="GBP")
    assert euro.financials(2024, 1) == before
    assert euro.quarter(2024, 2)["currency"] == "GBP"
    assert set(euro.financials(2024, 2)) == {"GBP", "USD"}
