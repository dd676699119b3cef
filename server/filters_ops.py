"""The filters of the lists of room `ops`."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any

from litestar import Request
from litestar.params import Parameter

from server.errors import FieldError, Problem
from server.filters import Limit, Name, Offset, Sort
from server.filters import link as link_of
from server.schemas.ops import AlertKind, RunStatus

_NUMBER = re.compile(r"[-+.\deE]+")

Moment = Annotated[
    datetime | None,
    Parameter(description="A moment such as 2026-03-02T00:00:00Z; UTC without zone. Inclusive."),
]


def setting_filters(
    request: Request[Any, Any, Any], sort: Sort = None, limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """Arguments of `ops.list_settings`."""
    return {"p_sort": sort, "p_limit": limit, "p_offset": offset, "p_link": link_of(request)}


def job_filters(
    request: Request[Any, Any, Any],
    is_enabled: bool | None = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of `ops.list_jobs`."""
    return {"p_is_enabled": is_enabled, **setting_filters(request, sort, limit, offset)}


def run_filters(
    request: Request[Any, Any, Any],
    job: Name = None,
    status: RunStatus | None = None,
    start: Moment = None,
    end: Moment = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of `ops.list_job_runs`."""
    _refuse_numbers(request, "start", "end")
    return {
        "p_job": job,
        "p_status": status,
        "p_start": start,
        "p_end": end,
        **setting_filters(request, sort, limit, offset),
    }


def alert_filters(
    request: Request[Any, Any, Any],
    kind: AlertKind | None = None,
    job: Name = None,
    is_open: bool | None = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of `ops.list_alerts`."""
    return {
        "p_kind": kind,
        "p_job": job,
        "p_is_open": is_open,
        **setting_filters(request, sort, limit, offset),
    }


def _refuse_numbers(request: Request[Any, Any, Any], *names: str) -> None:
    """A moment is no number: Litestar would take 2026 as seconds since 1970."""
    wrong = [
        FieldError(
            name, "invalid_value", f"{name}: Expected a moment such as 2026-03-02T00:00:00Z."
        )
        for name in names
        if _NUMBER.fullmatch(request.query_params.get(name, ""))
    ]
    if wrong:
        raise Problem(400, *wrong)
