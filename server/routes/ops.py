"""Room `ops`: the clock's jobs, runs and alerts, and the settings of the platform."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, patch
from litestar.params import Body, Parameter

from server import examples_ops as examples
from server.db import Database, IdempotencyKey
from server.describe import change_of, list_of, record_of
from server.filters_ops import alert_filters, job_filters, run_filters, setting_filters
from server.openapi import example
from server.respond import respond
from server.schemas.body import JsonBody, encode
from server.schemas.ops import Alert, Job, JobChange, JobRun, Setting, SettingChange

_TAGS = ["ops"]
_JOB = "/ops/jobs/{job:str}"
_SETTING = "/settings/{setting:str}"

Key = Annotated[str, Parameter(min_length=1, max_length=100)]


@get(
    "/ops/jobs",
    tags=_TAGS,
    summary="List the clock's jobs, their schedules and last runs",
    **list_of(Job, examples.JOB, job_filters),
)
async def list_jobs(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("ops.list_jobs", user, **filters))


@get(_JOB, tags=_TAGS, summary="Show a job", **record_of(Job, examples.JOB))
async def get_job(db: Database, user: UUID, job: Key) -> Response[bytes]:
    return respond(await db.call("ops.get_job", user, p_job=job))


@patch(
    _JOB,
    dto=JsonBody[JobChange],
    tags=_TAGS,
    summary="Change a job's schedule or limits; running clocks take it over at once",
    **change_of(Job, examples.JOB),
)
async def update_job(
    data: Annotated[JobChange, Body(examples=[example(examples.JOB_CHANGE)])],
    db: Database,
    user: UUID,
    job: Key,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
) -> Response[bytes]:
    given = {f"p_{name}": value for name, value in msgspec.structs.asdict(data).items()}
    return respond(
        await db.call(
            "ops.update_job",
            user,
            idempotency=idempotency,
            p_job=job,
            p_if_match=if_match,
            **given,
        )
    )


@get(
    "/ops/job-runs",
    tags=_TAGS,
    summary="List runs and missed slots, newest first",
    **list_of(JobRun, examples.JOB_RUN, run_filters),
)
async def list_job_runs(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("ops.list_job_runs", user, **filters))


@get(
    "/ops/alerts",
    tags=_TAGS,
    summary="List what a person has to look at, newest first",
    **list_of(Alert, examples.ALERT, alert_filters),
)
async def list_alerts(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("ops.list_alerts", user, **filters))


@get(
    "/settings",
    tags=_TAGS,
    summary="List the settings of the platform",
    **list_of(Setting, examples.SETTING, setting_filters),
)
async def list_settings(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("ops.list_settings", user, **filters))


@get(_SETTING, tags=_TAGS, summary="Show a setting", **record_of(Setting, examples.SETTING))
async def get_setting(db: Database, user: UUID, setting: Key) -> Response[bytes]:
    return respond(await db.call("ops.get_setting", user, p_setting=setting))


@patch(
    _SETTING,
    dto=JsonBody[SettingChange],
    tags=_TAGS,
    summary="Change a setting; what is derived from it follows at once",
    **change_of(Setting, examples.SETTING),
)
async def update_setting(
    data: Annotated[SettingChange, Body(examples=[example(examples.SETTING_CHANGE)])],
    db: Database,
    user: UUID,
    setting: Key,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
) -> Response[bytes]:
    return respond(
        await db.call(
            "ops.update_setting",
            user,
            idempotency=idempotency,
            p_setting=setting,
            p_value=encode(data.value),
            p_if_match=if_match,
        )
    )


ROUTES = [
    list_jobs,
    get_job,
    update_job,
    list_job_runs,
    list_alerts,
    list_settings,
    get_setting,
    update_setting,
]
