"""The filters of the fund room."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Request
from litestar.params import Parameter

from server.filters import Day, Limit, Name, Offset, Quarter, Sort, Year, link
from server.schemas.fund_event import EventKind
from server.schemas.fund_record import CashFlowKind
from server.schemas.fund_terms import FundStatus, InvestorType

Preview = Annotated[
    bool,
    Parameter(
        description="Answers what would be recorded and posted, by the same work, and takes it "
        "back: nothing changes."
    ),
]
AsOf = Annotated[
    date | None, Parameter(description="A day such as 2024-12-31: what stood on its evening.")
]
LimitedOnly = Annotated[
    bool, Parameter(description="Leaves partners of the class general_partner out.")
]
FirstDay = Annotated[date, Parameter(description="A day such as 2024-01-01; inclusive.")]
LastDay = Annotated[date, Parameter(description="A day such as 2024-12-31; inclusive.")]
Partner = Annotated[
    str | None,
    Parameter(min_length=1, max_length=60, description="Code or investor_id of a partner."),
]
GivenPartner = Annotated[
    str, Parameter(min_length=1, max_length=60, description="Code or investor_id of a partner.")
]


def summary_filters(
    currency: Name = None,
    fund: Name = None,
    reporting_year: Year = None,
    reporting_quarter: Quarter = None,
) -> dict[str, Any]:
    """Arguments of `fund.get_portfolio_summary`: each fund's latest quarter by the end of this one,
    or of this year."""
    return {
        "p_currency": currency,
        "p_fund": fund,
        "p_reporting_year": reporting_year,
        "p_reporting_quarter": reporting_quarter,
    }


def preview_option(preview: Preview = False) -> dict[str, Any]:
    """The argument of every write that can be tried first."""
    return {"p_preview": preview}


def trial_option(preview: Preview = False) -> dict[str, Any]:
    """The same, for a write that is rolled back by who called it."""
    return {"preview": preview}


def as_of_day(as_of: AsOf = None) -> dict[str, Any]:
    """The argument of what stands on the evening of a day; today if absent."""
    return {"p_as_of": as_of}


def measures_option(as_of: AsOf = None, limited_only: LimitedOnly = False) -> dict[str, Any]:
    """Arguments of `fund.get_measures`."""
    return {"p_as_of": as_of, "p_limited_only": limited_only}


def span_of_days(from_on: FirstDay, to_on: LastDay) -> dict[str, Any]:
    """Arguments of what happened from one day to another."""
    return {"p_from_on": from_on, "p_to_on": to_on}


def page_filters(
    request: Request[Any, Any, Any], sort: Sort = None, limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """Arguments of every list."""
    return {"p_sort": sort, "p_limit": limit, "p_offset": offset, "p_link": link(request)}


def day_filters(
    request: Request[Any, Any, Any],
    start_date: Day = None,
    end_date: Day = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of the lists of a fund that have a day."""
    page = page_filters(request, sort, limit, offset)
    return {"p_start_date": start_date, "p_end_date": end_date, **page}


def partner_filters(
    request: Request[Any, Any, Any],
    investor: Partner = None,
    start_date: Day = None,
    end_date: Day = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of the lists of a fund whose records are of one partner."""
    days = day_filters(request, start_date, end_date, sort, limit, offset)
    return {"p_investor": investor, **days}


def event_filters(
    request: Request[Any, Any, Any],
    kind: EventKind | None = None,
    start_date: Day = None,
    end_date: Day = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of the list of events."""
    return {"p_kind": kind, **day_filters(request, start_date, end_date, sort, limit, offset)}


def cash_flow_filters(
    request: Request[Any, Any, Any],
    kind: CashFlowKind | None = None,
    investor: Partner = None,
    start_date: Day = None,
    end_date: Day = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of the list of cash flows."""
    return {
        "p_kind": kind,
        **partner_filters(request, investor, start_date, end_date, sort, limit, offset),
    }


def explained_line(event_id: UUID, investor: GivenPartner) -> dict[str, Any]:
    """Arguments of `fund.get_explanation`: both are needed to name what is explained."""
    return {"p_event_id": event_id, "p_investor": investor}


def journal_filters(
    request: Request[Any, Any, Any],
    kind: Name = None,
    account: Name = None,
    investor: Partner = None,
    event_id: UUID | None = None,
    start_date: Day = None,
    end_date: Day = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of `ledger.list_journal`."""
    days = day_filters(request, start_date, end_date, sort, limit, offset)
    lines = {"p_account": account, "p_investor": investor, "p_event_id": event_id}
    return {"p_kind": kind, **lines, **days}


def fund_filters(
    request: Request[Any, Any, Any],
    name: Name = None,
    currency: Name = None,
    status: FundStatus | None = None,
    vintage_year: Year = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of `fund.list_funds`."""
    return {
        "p_name": name,
        "p_currency": currency,
        "p_status": status,
        "p_vintage_year": vintage_year,
        **page_filters(request, sort, limit, offset),
    }


def terms_filters(
    request: Request[Any, Any, Any],
    as_of: AsOf = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of `fund.list_terms`."""
    return {"p_as_of": as_of, **page_filters(request, sort, limit, offset)}


def investor_filters(
    request: Request[Any, Any, Any],
    investor_code: Name = None,
    investor_type: InvestorType | None = None,
    country: Name = None,
    fund: Name = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of `fund.list_investors`."""
    return {
        "p_fund": fund,
        **fund_investor_filters(
            request, investor_code, investor_type, country, sort, limit, offset
        ),
    }


def fund_investor_filters(
    request: Request[Any, Any, Any],
    investor_code: Name = None,
    investor_type: InvestorType | None = None,
    country: Name = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """The same for the partners of one fund, named in the path."""
    return {
        "p_investor_code": investor_code,
        "p_investor_type": investor_type,
        "p_country": country,
        **page_filters(request, sort, limit, offset),
    }
