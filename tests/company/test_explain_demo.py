"""Every number of the demo explains itself: each explanation computes to the stored value."""

from __future__ import annotations

import pytest

from tests.company.books import Books
from tests.company.explanations import Auditor, quarters
from tests.company.oracle_check import oracle_of
from tests.company.test_demo_oracle import archive_rates


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.long)])
def test_every_explanation_of_the_demo_computes_to_the_stored_value(
    history_books: Books, every: int
) -> None:
    """Of every third quarter, which are first, second, third and fourth ones of years in turn."""
    auditor = Auditor(oracle_of(history_books, archive_rates()))
    wrong, explained = [], 0
    for key, nodes, stored in quarters(history_books, every):
        wrong += list(auditor.check(key, nodes, stored))
        explained += sum(node["value"] is not None for node in nodes.values())
    assert wrong == []
    rows = history_books.value("select count(*) from company.quarterly_reporting_metrics")
    assert rows > 1000
    assert explained > 70 * rows / every * 0.9


def test_an_auditor_notices_a_wrong_value(history_books: Books) -> None:
    history_books.rows(
        "update company.quarterly_reporting_metrics"
        " set ltm_total_revenue = ltm_total_revenue * 1.00000001"
        " where company_id = 'crm' and currency = 'CAD' and reporting_year = 2020"
        " and reporting_quarter = 4"
    )
    history_books.rows("delete from company.metrics_input where company_id <> 'crm'")
    auditor = Auditor(oracle_of(history_books))
    found = [
        word
        for key, nodes, stored in quarters(history_books)
        for word in auditor.check(key, nodes, stored)
    ]
    assert found
    # Itself, and what is computed from it.
    assert all("ltm_total_revenue" in word and "CAD" in word for word in found)
