"""Jobs, runs, alerts and settings, as the OpenAPI page shows them."""

from __future__ import annotations

from typing import Any

_STAMPS = {
    "last_update_date": "2026-03-02T09:30:00+00:00",
    "last_updated_by": "Ada Admin",
    "row_version": 2,
}
JOB: dict[str, Any] = {
    "job": "fx_load",
    "description": "Loads exchange rates after the daily fixing.",
    "cron": "15 17 * * mon-fri",
    "time_zone": "Europe/Berlin",
    "is_enabled": True,
    "grace_seconds": 3600,
    "time_limit_seconds": 3600,
    "last_run_scheduled_for": "2026-03-02T16:15:00+00:00",
    "last_run_status": "succeeded",
    **_STAMPS,
}
JOB_CHANGE: dict[str, Any] = {"cron": "30 16 * * mon-fri", "time_zone": "Europe/Berlin"}
JOB_RUN: dict[str, Any] = {
    "job": "fx_load",
    "scheduled_for": "2026-03-02T16:15:00+00:00",
    "status": "succeeded",
    "trigger": "schedule",
    "node": "app-1:4711",
    "started_at": "2026-03-02T16:15:00.021+00:00",
    "finished_at": "2026-03-02T16:15:01.408+00:00",
    "duration_seconds": 1.387,
    "detail": {"outcome": "30 fixings, all new."},
}
ALERT: dict[str, Any] = {
    "alert_id": "5f2c9d0a-1d8e-4b8b-9a53-7c1f0b6a2e44",
    "kind": "job_missed",
    "job": "fx_load",
    "scheduled_for": "2026-03-02T16:15:00+00:00",
    "raised_at": "2026-03-02T17:20:00+00:00",
    "resolved_at": None,
    "is_open": True,
    "detail": {},
}
SETTING: dict[str, Any] = {
    "setting": "fx_stale_after_days",
    "value": 4,
    "description": "Days after which the newest fixing of the preferred source is an alert.",
    **_STAMPS,
}
SETTING_CHANGE: dict[str, Any] = {"value": 5}
