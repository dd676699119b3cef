"""The filters of the lists. A parameter that a route does not know is refused by name: a typo in a
filter must not answer with everything."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.params import Parameter

from server.errors import FieldError, Problem
from server.schemas.body import unknown_field
from server.schemas.fx import QuarantineStatus

FILTERS = "filters"
"""Key in a route's `opt`: the function below that reads its query; none when it takes no query."""

Name = Annotated[str | None, Parameter(min_length=1, max_length=200)]
Year = Annotated[int | None, Parameter(ge=1, le=9999)]
Quarter = Annotated[int | None, Parameter(ge=1, le=4)]
Given = Annotated[str, Parameter(min_length=1, max_length=200)]
GivenYear = Annotated[int, Parameter(ge=1, le=9999, description="Of the reporting quarter.")]
GivenQuarter = Annotated[int, Parameter(ge=1, le=4, description="The reporting quarter.")]
Day = Annotated[date | None, Parameter(description="A day such as 2022-12-31; inclusive.")]
Sort = Annotated[
    str | None,
    Parameter(
        min_length=1,
        max_length=500,
        description="Keys of the record to sort by, separated by commas; a leading - sorts from "
        "high to low, such as -fiscal_reporting_date,company_id. Missing values stand last.",
    ),
]
Limit = Annotated[int, Parameter(ge=1, le=1000, description="Records a page, at most 1,000.")]
Offset = Annotated[int, Parameter(ge=0, le=1_000_000_000, description="Records to skip.")]


def period_filters(
    request: Request[Any, Any, Any],
    company_id: Name = None,
    currency: Name = None,
    fund: Name = None,
    start_reporting_date: Day = None,
    end_reporting_date: Day = None,
    reporting_year: Year = None,
    reporting_quarter: Quarter = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of the functions that list companies or quarters."""
    return {
        "p_company_id": company_id,
        "p_fund": fund,
        **round_filters(
            request,
            currency,
            start_reporting_date,
            end_reporting_date,
            reporting_year,
            reporting_quarter,
            sort,
            limit,
            offset,
        ),
    }


def round_filters(
    request: Request[Any, Any, Any],
    currency: Name = None,
    start_reporting_date: Day = None,
    end_reporting_date: Day = None,
    reporting_year: Year = None,
    reporting_quarter: Quarter = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of the functions that list what belongs to one company, named in the path."""
    return {
        "p_currency": currency,
        "p_start_reporting_date": start_reporting_date,
        "p_end_reporting_date": end_reporting_date,
        "p_reporting_year": reporting_year,
        "p_reporting_quarter": reporting_quarter,
        "p_sort": sort,
        "p_limit": limit,
        "p_offset": offset,
        "p_link": link(request),
    }


def rate_filters(
    request: Request[Any, Any, Any],
    from_currency: Name = None,
    to_currency: Name = None,
    source: Name = None,
    start_date: Day = None,
    end_date: Day = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of `fx.list_rates`."""
    return {
        "p_from_currency": from_currency,
        "p_to_currency": to_currency,
        "p_source": source,
        "p_start_date": start_date,
        "p_end_date": end_date,
        "p_sort": sort,
        "p_limit": limit,
        "p_offset": offset,
        "p_link": link(request),
    }


def quarantine_filters(
    request: Request[Any, Any, Any],
    status: QuarantineStatus | None = None,
    reason: Name = None,
    source: Name = None,
    currency: Name = None,
    start_date: Day = None,
    end_date: Day = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of `fx.list_quarantine`."""
    return {
        "p_status": status,
        "p_reason": reason,
        "p_source": source,
        "p_currency": currency,
        "p_start_date": start_date,
        "p_end_date": end_date,
        "p_sort": sort,
        "p_limit": limit,
        "p_offset": offset,
        "p_link": link(request),
    }


def explained_number(
    company_id: Given, year: GivenYear, quarter: GivenQuarter, currency: Given, metric: Given
) -> dict[str, Any]:
    """Arguments of `company.get_metric_explanation`: all are needed to name one number."""
    return {
        "p_company_id": company_id,
        "p_year": year,
        "p_quarter": quarter,
        "p_currency": currency,
        "p_metric": metric,
    }


async def refuse_unknown_parameters(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Guard of every route under /v1: unknown, repeated and missing parameters, all by name.

    It has nothing to wait for; a guard that is no coroutine is sent to another thread.
    """
    known, needed = _parameters(handler.opt.get(FILTERS))
    given = Counter(name for name, _ in connection.query_params.multi_items())
    errors = [unknown_field(name, known) for name in given if name not in known]
    for name, times in given.items():
        if name in known and times > 1:
            message = f"{name} is given {times} times; once is allowed."
            errors.append(FieldError(name, "repeated_parameter", message))
    errors += [
        FieldError(name, "required", f"{name} is required.") for name in needed if name not in given
    ]
    if errors:
        raise Problem(400, *errors)


@cache
def _parameters(reader: Callable[..., object] | None) -> tuple[frozenset[str], tuple[str, ...]]:
    """Names that a query may have, and those of them that it must have."""
    parameters = dict(inspect.signature(reader).parameters) if reader else {}
    parameters.pop("request", None)
    needed = (name for name, given in parameters.items() if given.default is given.empty)
    return frozenset(parameters), tuple(needed)


def link(request: Request[Any, Any, Any]) -> str:
    """The address of this list without its page, open for the page to be appended."""
    rest = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if name not in ("limit", "offset")
    ]
    return f"{request.url.path}?{urlencode(rest)}{'&' if rest else ''}"
