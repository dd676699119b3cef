"""One company, one reported quarter: read, changed by what is sent and nothing else, deleted."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import uuid4

from tests.company.calls import call, company, quarter, refusal
from tests.conftest import Connection

Role = Callable[..., Connection]
DENIED = "42501"


def test_a_company_is_read_with_its_version(as_role: Role) -> None:
    conn = as_role("editor")
    company(conn, "acme", fund="Fund I")
    read = call(conn, "get_company", company_id="acme")
    assert (read.status, read.etag, read.data["fund"]) == (200, '"1"', "Fund I")
    conn.commit()
    assert call(as_role("viewer"), "get_company", company_id="acme").data == read.data
    unknown = ("QB404", "company_not_found")
    assert refusal(as_role("viewer"), "get_company", company_id="acme2") == unknown
    assert refusal(as_role("investor"), "get_company", company_id="acme")[0] == DENIED


def test_a_company_changes_by_what_is_sent(as_role: Role) -> None:
    conn = as_role("editor")
    company(conn, "acme", fund="Fund I", location_country="France", equity_raised=5)
    change = {"company_name": "Acme SA", "fund": None, "archived": True}
    changed = call(conn, "update_company", company_id="acme", company=change)
    assert (changed.status, changed.etag) == (200, '"2"')
    assert (changed.data["company_name"], changed.data["fund"]) == ("Acme SA", None)
    assert (changed.data["location_country"], changed.data["equity_raised"]) == ("France", 5)
    assert changed.data["archived"] is True
    assert call(conn, "update_company", company_id="acme", company={}).data["archived"] is True


def test_a_company_is_not_changed_against_the_rules(as_role: Role) -> None:
    conn = as_role("editor")
    company(conn, "acme", equity_raised=5, post_money_valuation=20)

    def refused(change: dict[str, object], company_id: str = "acme") -> tuple[object, object]:
        return refusal(conn, "update_company", company_id=company_id, company=change)

    assert refused({}, "other") == ("QB404", "company_not_found")
    assert refused({"company_id": "other"}) == ("QB400", "company_id_is_fixed")
    assert refused({"company_id": None}) == ("QB400", "company_id_is_fixed")
    assert refused({"company_name": None}) == ("QB400", "company_name_not_blank")
    assert refused({"reporting_currency": None}) == ("QB400", "reporting_currency_required")
    assert refused({"reporting_currency": "XXY"}) == ("23503", "company_reporting_currency_fkey")
    assert refused({"amount_unit": "units"}) == ("QB400", "valuation_restated_together")
    stale = refusal(conn, "update_company", company_id="acme", company={}, if_match='"2"')
    assert stale == ("QB412", "stale_version")
    same = call(conn, "update_company", company_id="acme", company={"company_id": "acme"})
    assert same.etag == '"2"'
    conn.commit()
    for role in ("viewer", "auditor"):
        change = {"company": {"fund": "F"}, "company_id": "acme"}
        assert refusal(as_role(role), "update_company", **change)[0] == DENIED


def test_a_company_goes_with_its_rounds(as_role: Role, owner: Connection) -> None:
    conn = as_role("editor")
    company(conn, "acme")
    body = {"round_on": "2024-01-05", "post_money_valuation": 20}
    call(conn, "add_valuation_round", company_id="acme", round=body)
    conn.commit()
    assert refusal(as_role("viewer"), "delete_company", company_id="acme")[0] == DENIED
    conn = as_role("editor")
    stale = refusal(conn, "delete_company", company_id="acme", if_match='"9"')
    assert stale == ("QB412", "stale_version")
    gone = call(conn, "delete_company", company_id="acme", if_match='"1"')
    assert (gone.status, gone.etag, gone.data) == (200, None, {"company_id": "acme"})
    assert refusal(conn, "delete_company", company_id="acme") == ("QB404", "company_not_found")
    conn.commit()
    assert owner.execute("select count(*) from company.valuation_round").fetchone() == (0,)


def test_a_company_that_has_reported_is_archived_instead(as_role: Role) -> None:
    conn = as_role("editor")
    company(conn, "acme")
    made = quarter(conn, "acme", "2024-03-31")
    kept = refusal(conn, "delete_company", company_id="acme")
    assert kept == ("QB409", "company_has_inputs")
    call(conn, "delete_input", id=made.data["id"])
    assert call(conn, "delete_company", company_id="acme").status == 200


def test_a_quarter_is_read_with_its_version(as_role: Role) -> None:
    conn = as_role("editor")
    company(conn, "acme")
    made = quarter(conn, "acme", "2024-03-31", total_revenue="10.50")
    read = call(conn, "get_input", id=made.data["id"])
    assert (read.status, read.etag, read.data) == (200, '"1"', made.data)
    conn.commit()
    assert refusal(as_role("viewer"), "get_input", id=uuid4()) == ("QB404", "input_not_found")
    assert refusal(as_role("investor"), "get_input", id=made.data["id"])[0] == DENIED


def test_a_correction_changes_what_is_sent_and_what_follows(
    as_role: Role, owner: Connection
) -> None:
    conn = as_role("editor")
    company(conn, "acme")
    made = quarter(conn, "acme", "2024-03-31", total_revenue=10, gross_profit=4, employees=3)
    change = {"total_revenue": 20, "employees": None, "ebitda": "-1.25"}
    fixed = call(conn, "update_input", id=made.data["id"], input=change, if_match='"1"')
    assert (fixed.status, fixed.etag) == (200, '"2"')
    expected = {"total_revenue": 20, "employees": None, "ebitda": -1.25, "gross_profit": 4}
    assert fixed.data == made.data | expected | {
        name: fixed.data[name] for name in ("last_update_date", "last_updated_by")
    }
    assert fixed.data["last_updated_by"] == "editor@example.com"
    conn.commit()
    margin = "select gross_profit_margin from company.quarterly_reporting_metrics"
    assert owner.execute(margin).fetchall() == [(Decimal("0.2"),)]


def test_a_new_date_takes_its_quarters_along(as_role: Role) -> None:
    conn = as_role("editor")
    company(conn, "acme", year_end_date="2024-12-31")
    made = quarter(conn, "acme", "2024-03-31")

    def fixed(**change: object) -> tuple[object, ...]:
        data = call(conn, "update_input", id=made.data["id"], input=change).data
        names = ("fiscal_reporting_quarter", "reporting_year", "reporting_quarter")
        return tuple(data[name] for name in names)

    assert fixed(fiscal_reporting_date="2023-09-30") == (3, 2023, 3)
    # The same date again derives nothing anew, and null asks for it.
    assert fixed(fiscal_reporting_date="2023-09-30", total_revenue=1) == (3, 2023, 3)
    assert fixed(reporting_quarter=None, reporting_year=None) == (3, 2023, 3)
    assert fixed(fiscal_reporting_date="2023-12-31", reporting_quarter=4) == (4, 2023, 4)
    wrong = {"fiscal_reporting_date": "2024-06-30", "reporting_quarter": 1}
    refused = refusal(conn, "update_input", id=made.data["id"], input=wrong)
    assert refused == ("QB400", "reporting_quarter_matches_date")
    wrong = {"fiscal_reporting_date": "2024-06-30", "fiscal_reporting_quarter": 1}
    refused = refusal(conn, "update_input", id=made.data["id"], input=wrong)
    assert refused == ("QB400", "fiscal_quarter_matches_year_end")


def test_a_moved_quarter_leaves_nothing_behind(as_role: Role, owner: Connection) -> None:
    conn = as_role("editor")
    company(conn, "acme")
    made = quarter(conn, "acme", "2024-03-31", total_revenue=10)
    call(conn, "update_input", id=made.data["id"], input={"fiscal_reporting_date": "2024-09-30"})
    conn.commit()
    for table in ("quarterly_reporting_financials", "quarterly_reporting_metrics"):
        kept = f"select distinct reporting_quarter from company.{table}"
        assert owner.execute(kept.encode()).fetchall() == [(3,)]


def test_a_currency_may_be_corrected(as_role: Role) -> None:
    conn = as_role("editor")
    company(conn, "acme")
    made = quarter(conn, "acme", "2024-03-31", currency="EUR", total_revenue=10)

    def fixed(currency: str | None) -> object:
        change = {"currency": currency}
        return call(conn, "update_input", id=made.data["id"], input=change).data["currency"]

    assert fixed("GBP") == "GBP"
    assert fixed(None) == "USD"  # the company's, as when submitting
    listed = call(conn, "list_financials", currency="USD")
    assert [row["is_reporting_currency"] for row in listed.data] == [True]


def test_a_correction_keeps_the_rules(as_role: Role) -> None:
    conn = as_role("editor")
    company(conn, "acme")
    company(conn, "other")
    made = quarter(conn, "acme", "2024-03-31")
    quarter(conn, "acme", "2024-06-30")

    def refused(**change: object) -> tuple[object, object]:
        return refusal(conn, "update_input", id=made.data["id"], input=change)

    assert refused(company_id="other") == ("QB400", "company_id_is_fixed")
    assert refused(company_id=None) == ("QB400", "company_id_is_fixed")
    assert refused(total_revenue=-1) == ("23514", "total_revenue_in_range")
    assert refused(employees=-1) == ("23514", "employees_not_negative")
    assert refused(currency="XXY") == ("23503", "metrics_input_currency_fkey")
    assert refused(fiscal_reporting_date="2199-12-31") == ("QB400", "quarter_has_ended")
    assert refused(fiscal_reporting_date="2024-06-30") == ("23505", "metrics_input_one_per_quarter")
    assert refused(fiscal_reporting_date=None)[0] == "23502"
    unknown = refusal(conn, "update_input", id=uuid4(), input={})
    assert unknown == ("QB404", "input_not_found")
    stale = refusal(conn, "update_input", id=made.data["id"], input={}, if_match='"3"')
    assert stale == ("QB412", "stale_version")
    assert call(conn, "get_input", id=made.data["id"]).data == made.data
    conn.commit()
    denied = refusal(as_role("viewer"), "update_input", id=made.data["id"], input={})
    assert denied[0] == DENIED


def test_a_quarter_goes_with_what_was_derived(as_role: Role, owner: Connection) -> None:
    conn = as_role("editor")
    company(conn, "acme")
    made = quarter(conn, "acme", "2024-03-31", total_revenue=10)
    quarter(conn, "acme", "2024-06-30", total_revenue=15)
    stale = refusal(conn, "delete_input", id=made.data["id"], if_match='"3"')
    assert stale == ("QB412", "stale_version")
    gone = call(conn, "delete_input", id=made.data["id"])
    assert (gone.status, gone.etag, gone.data) == (200, None, {"id": made.data["id"]})
    again = refusal(conn, "delete_input", id=made.data["id"])
    assert again == ("QB404", "input_not_found")
    conn.commit()
    left = owner.execute(
        "select reporting_quarter, revenue_growth from company.quarterly_reporting_metrics"
    )
    assert left.fetchall() == [(2, None)]
    assert refusal(as_role("auditor"), "delete_input", id=uuid4())[0] == DENIED


def test_a_company_cannot_go_while_it_reports(as_role: Role) -> None:
    reporting, deleting = as_role("editor"), as_role("editor")
    company(reporting, "acme")
    reporting.commit()
    reporting = as_role("editor")
    quarter(reporting, "acme", "2024-03-31")
    with ThreadPoolExecutor(1) as pool:
        refused = pool.submit(refusal, deleting, "delete_company", company_id="acme")
        time.sleep(0.3)
        assert not refused.done()
        reporting.commit()
        assert refused.result(timeout=5) == ("QB409", "company_has_inputs")


def test_a_company_cannot_report_while_it_goes(as_role: Role) -> None:
    deleting, reporting = as_role("editor"), as_role("editor")
    company(deleting, "acme")
    deleting.commit()
    deleting = as_role("editor")
    call(deleting, "delete_company", company_id="acme")
    new = {"company_id": "acme", "fiscal_reporting_date": "2024-03-31"}
    with ThreadPoolExecutor(1) as pool:
        refused = pool.submit(refusal, reporting, "submit_metrics_input", **new)
        time.sleep(0.3)
        assert not refused.done()
        deleting.commit()
        assert refused.result(timeout=5) == ("23503", "metrics_input_company_id_fkey")
