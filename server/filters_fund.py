"""The filters of the fund room."""

from __future__ import annotations

from typing import Any

from server.filters import Name, Quarter, Year


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
