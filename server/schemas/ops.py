"""Shapes of jobs, their runs, alerts and settings."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

RunStatus = Literal["running", "succeeded", "failed", "overrun", "missed"]
AlertKind = Literal["job_missed", "job_overrun", "job_failed", "job_unreadable", "fx_stale"]


class Job(Struct, frozen=True, forbid_unknown_fields=True):
    """A schedule: `cron` (five fields, or six with the seconds first) by the clock of `time_zone`.

    `last_run_scheduled_for`: the newest slot that was run or missed; null before the first.
    """

    job: str
    description: str
    cron: str
    time_zone: str
    is_enabled: bool
    grace_seconds: int
    time_limit_seconds: int
    last_run_scheduled_for: datetime | None
    last_run_status: RunStatus | None
    last_update_date: datetime | None
    last_updated_by: str | None
    row_version: int


class JobChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What to change of a job; a key that is absent stays as it is."""

    cron: Annotated[str, Meta(min_length=1, max_length=200)] | UnsetType = UNSET
    time_zone: Annotated[str, Meta(min_length=1, max_length=100)] | UnsetType = UNSET
    is_enabled: bool | UnsetType = UNSET
    grace_seconds: Annotated[int, Meta(ge=0, le=604_800)] | UnsetType = UNSET
    time_limit_seconds: Annotated[int, Meta(ge=1, le=86_400)] | UnsetType = UNSET


class JobRun(Struct, frozen=True, forbid_unknown_fields=True):
    """What became of a slot. A missed one has no `started_at`; `detail` is what the run said."""

    job: str
    scheduled_for: datetime
    status: RunStatus
    trigger: Literal["schedule", "manual"]
    node: str | None
    started_at: datetime | None
    finished_at: datetime | None
    duration_seconds: Decimal | None
    detail: dict[str, Any] | None


class Alert(Struct, frozen=True, forbid_unknown_fields=True):
    """Something a person has to look at; open until `resolved_at`."""

    alert_id: UUID
    kind: AlertKind
    job: str | None
    scheduled_for: datetime | None
    raised_at: datetime
    resolved_at: datetime | None
    is_open: bool
    detail: dict[str, Any]


class Setting(Struct, frozen=True, forbid_unknown_fields=True):
    """A setting; its description names the values it may have."""

    setting: str
    value: Any
    description: str
    last_update_date: datetime | None
    last_updated_by: str | None
    row_version: int


class SettingChange(Struct, frozen=True, forbid_unknown_fields=True):
    """The new value, as JSON: a string, a number, an array …"""

    value: Any
