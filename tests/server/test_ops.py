"""Jobs, runs, alerts and settings over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import httpx
import msgspec
import pytest

from server import examples, examples_ops
from server.schemas.envelope import Envelope, Page
from server.schemas.ops import Alert, Job, JobChange, JobRun, Setting, SettingChange

LISTS: dict[str, tuple[Any, str]] = {
    "/v1/ops/jobs": (Job, "admin auditor"),
    "/v1/ops/job-runs": (JobRun, "admin auditor"),
    "/v1/ops/alerts": (Alert, "admin auditor"),
    "/v1/settings": (Setting, "admin auditor editor viewer"),
}
SHOWN = {
    "/v1/ops/jobs/check": "admin auditor",
    "/v1/settings/fx_flow_rate": LISTS["/v1/settings"][1],
}


def strictly(answer: httpx.Response, shape: Any) -> Any:
    assert answer.status_code == 200, answer.text
    return msgspec.json.Decoder(shape, float_hook=Decimal).decode(answer.content).data


def rule(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["rule"]


@pytest.fixture(scope="module")
def admin(api: Any) -> Iterator[httpx.Client]:
    """Two runs, a missed slot, two alerts."""
    api.run(
        "insert into ops.job_run (job, scheduled_for, started_at, finished_at, succeeded, node,"
        " detail) values"
        " ('check', '2026-03-02 02:30Z', '2026-03-02 02:30:00.5Z', '2026-03-02 02:30:02Z', true,"
        " 'a:1', '{\"checks\": 1}'),"
        " ('check', '2026-03-03 02:30Z', '2026-03-03 02:30:00.5Z', null, null, 'a:1', null),"
        " ('fx_load', '2026-03-02 16:15Z', null, null, null, 'b:2', null)"
    )
    api.run(
        "insert into ops.alert (kind, job, scheduled_for, resolved_at, raised_at) values"
        " ('job_missed', 'fx_load', '2026-03-02 16:15Z', null, '2026-03-02 17:20Z'),"
        " ('fx_stale', null, null, '2026-03-05 09:00Z', '2026-03-04 09:00Z')"
    )
    with api.client("admin") as client:
        yield client


@pytest.mark.parametrize("path", LISTS)
def test_lists_are_what_they_promise(admin: httpx.Client, path: str) -> None:
    shape: Any = LISTS[path][0]
    assert strictly(admin.get(path), Page[shape])
    one = admin.get(path, params={"limit": 1, "offset": 1})
    assert len(strictly(one, Page[shape])) == 1
    assert one.json()["meta"]["total_records"] >= 2
    assert rule(admin.get(path, params={"sort": "nonsense"})) == (400, "sort_unknown")
    assert rule(admin.get(path, params={"nonsense": 1})) == (400, "unknown_field")


@pytest.mark.parametrize("role", ["admin", "auditor", "editor", "viewer", "submitter", "investor"])
def test_who_may_read(api: Any, admin: httpx.Client, role: str) -> None:
    with api.client(role) as client:
        for path, (_, readers) in LISTS.items():
            assert client.get(path).status_code == (200 if role in readers.split() else 403), path
        for path, readers in SHOWN.items():
            assert client.get(path).status_code == (200 if role in readers.split() else 403), path


@pytest.mark.parametrize("role", ["auditor", "editor", "viewer", "submitter", "investor"])
def test_only_administrators_change(api: Any, admin: httpx.Client, role: str) -> None:
    with api.client(role) as client:
        change = client.patch("/v1/ops/jobs/check", json={"grace_seconds": 1})
        assert rule(change) == (403, "role_not_allowed")
        change = client.patch("/v1/settings/fx_flow_rate", json={"value": "closing"})
        assert rule(change) == (403, "role_not_allowed")


def test_runs_by_job_status_and_slot(admin: httpx.Client) -> None:
    def found(**params: str) -> list[str]:
        page: Any = strictly(admin.get("/v1/ops/job-runs", params=params), Page[JobRun])
        return [f"{run.job} {run.status} {run.scheduled_for:%d}" for run in page]

    everything = ["check running 03", "fx_load missed 02", "check succeeded 02"]
    assert found(end="2026-03-31T00:00:00Z") == everything
    assert found(job="check", status="succeeded") == ["check succeeded 02"]
    assert found(start="2026-03-02T16:15:00Z", end="2026-03-03T02:30:00Z") == everything[:2]
    assert found(start="2026-03-03T03:30:00+01:00", end="2026-03-03T02:30:00") == everything[:1]
    assert found(sort="scheduled_for", end="2026-03-31T00:00:00Z") == everything[::-1]
    answer = admin.get("/v1/ops/job-runs", params={"status": "nonsense"})
    assert rule(answer) == (400, "invalid_value")
    assert admin.get("/v1/ops/job-runs", params={"start": "yesterday"}).status_code == 400


def test_a_run_says_how_long_it_took_and_what_it_said(admin: httpx.Client) -> None:
    answer = admin.get("/v1/ops/job-runs", params={"job": "check", "status": "succeeded"})
    [run] = strictly(answer, Page[JobRun])
    assert (run.duration_seconds, run.trigger, run.node) == (Decimal("1.5"), "schedule", "a:1")
    assert run.detail == {"checks": 1}


def test_open_alerts(admin: httpx.Client) -> None:
    def kinds(**params: Any) -> list[str]:
        page: Any = strictly(admin.get("/v1/ops/alerts", params=params), Page[Alert])
        return [alert.kind for alert in page]

    assert kinds() == ["fx_stale", "job_missed"]
    assert kinds(is_open=True) == kinds(job="fx_load") == kinds(kind="job_missed") == ["job_missed"]
    assert kinds(is_open=False) == ["fx_stale"]


def test_a_schedule_changes_under_if_match(admin: httpx.Client) -> None:
    path = "/v1/ops/jobs/idempotency_prune"
    shown = admin.get(path)
    tag = {"If-Match": shown.headers["ETag"]}
    change = {"cron": "0 */5 4 * * *", "time_zone": "America/Chicago", "is_enabled": False}
    answer = admin.patch(path, json=change | {"time_limit_seconds": 60}, headers=tag)
    job = strictly(answer, Envelope[Job])
    assert (job.cron, job.time_zone, job.is_enabled) == tuple(change.values())
    assert (job.time_limit_seconds, job.grace_seconds) == (60, 3600)
    assert job.last_updated_by == "Admin"
    assert rule(admin.patch(path, json={"is_enabled": True}, headers=tag)) == (412, "stale_version")
    tag = {"If-Match": answer.headers["ETag"]}
    assert strictly(admin.patch(path, json={}, headers=tag), Envelope[Job]).cron == change["cron"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"cron": "99 * * * *"}, "job_cron_is_readable"),
        ({"cron": "* * *"}, "job_cron_has_five_or_six_fields"),
        ({"cron": ""}, "invalid_value"),
        ({"cron": None}, "invalid_type"),
        ({"time_zone": "Mars/Olympus"}, "job_time_zone_is_known"),
        ({"time_zone": "europe/berlin"}, "job_time_zone_is_known"),
        ({"grace_seconds": -1}, "invalid_value"),
        ({"grace_seconds": 2.5}, "invalid_type"),
        ({"time_limit_seconds": 0}, "invalid_value"),
        ({"is_enabled": "yes"}, "invalid_type"),
        ({"job": "other"}, "unknown_field"),
    ],
)
def test_what_a_schedule_cannot_be(
    admin: httpx.Client, change: dict[str, Any], refusal: str
) -> None:
    before = admin.get("/v1/ops/jobs/check").json()
    answer = admin.patch("/v1/ops/jobs/check", json=change)
    assert rule(answer) == (400, refusal)
    (error,) = answer.json()["errors"]
    assert error["field"] == next(iter(change))
    assert admin.get("/v1/ops/jobs/check").json() == before


def test_what_is_not_there_is_404(admin: httpx.Client) -> None:
    for method, path, body, expected in (
        ("GET", "/v1/ops/jobs/nothing", None, "job_not_found"),
        ("PATCH", "/v1/ops/jobs/nothing", {}, "job_not_found"),
        ("GET", "/v1/settings/nothing", None, "setting_not_found"),
        ("PATCH", "/v1/settings/nothing", {"value": 1}, "setting_not_found"),
    ):
        assert rule(admin.request(method, path, json=body)) == (404, expected)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fx_flow_rate", "closing"),
        ("fx_stale_after_days", 7),
        ("fx_max_jump", 0.35),
        ("presentation_currencies", ["USD", "CAD", "GBP"]),
    ],
)
def test_a_setting_changes_once_per_key(admin: httpx.Client, setting: str, value: Any) -> None:
    path = f"/v1/settings/{setting}"
    before: Any = strictly(admin.get(path), Envelope[Setting])
    headers = {"Idempotency-Key": f"set-{setting}", "If-Match": f'"{before.row_version}"'}
    first = admin.patch(path, json={"value": value}, headers=headers)
    assert strictly(first, Envelope[Setting]).row_version == before.row_version + 1
    again = admin.patch(path, json={"value": value}, headers=headers)
    assert (again.status_code, again.content) == (200, first.content)
    assert admin.get(path).json()["data"]["value"] == value
    stale = admin.patch(path, json={"value": value}, headers={"If-Match": headers["If-Match"]})
    assert rule(stale) == (412, "stale_version")


@pytest.mark.parametrize(
    ("setting", "value", "refusal"),
    [
        ("fx_flow_rate", "median", "setting_value_allowed"),
        ("fx_flow_rate", None, "setting_value_allowed"),
        ("fx_stale_after_days", 0, "setting_value_allowed"),
        ("fx_stale_after_days", 1.5, "setting_value_allowed"),
        ("fx_stale_after_days", [4], "setting_value_allowed"),
        ("fx_stale_after_days", "4", "setting_value_allowed"),
        ("presentation_currencies", "USD", "setting_value_allowed"),
        ("presentation_currencies", ["usd"], "setting_value_allowed"),
        ("presentation_currencies", ["ZZZ"], "setting_value_allowed"),
        ("presentation_currencies", [1], "setting_value_allowed"),
        ("presentation_currencies", [None], "setting_value_allowed"),
        ("fx_max_jump", 2, "setting_fx_limit_allowed"),
        ("fx_max_jump", "0.2", "setting_fx_limit_allowed"),
        ("fx_max_jump", {"a": ["b"]}, "setting_fx_limit_allowed"),
    ],
)
def test_a_value_that_is_not_allowed(
    admin: httpx.Client, setting: str, value: Any, refusal: str
) -> None:
    before = admin.get("/v1/settings").json()
    answer = admin.patch(f"/v1/settings/{setting}", json={"value": value})
    assert rule(answer) == (400, refusal)
    (error,) = answer.json()["errors"]
    assert error["field"] == "value"
    assert error["hint"]
    assert admin.get("/v1/settings").json() == before


@pytest.mark.parametrize("body", ["{}", '{"value": NaN}', '{"value": "\\ud800"}', "[", '{"v": 1}'])
def test_a_body_without_a_value(admin: httpx.Client, body: str) -> None:
    answer = admin.patch(
        "/v1/settings/fx_flow_rate", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 400


def test_a_nul_and_a_monster_are_refused(admin: httpx.Client) -> None:
    for value in ("a\0b", 10**4000, "x" * 900_000):
        answer = admin.patch("/v1/settings/fx_flow_rate", json={"value": value})
        assert answer.status_code == 400
    assert admin.get("/v1/ops/jobs/%00").status_code in (400, 404)


def test_examples_fit_their_own_schema() -> None:
    def fits(example: dict[str, Any], shape: Any) -> Any:
        return msgspec.json.Decoder(shape, float_hook=Decimal).decode(msgspec.json.encode(example))

    for record, kind in (
        (examples_ops.JOB, Job),
        (examples_ops.JOB_RUN, JobRun),
        (examples_ops.ALERT, Alert),
        (examples_ops.SETTING, Setting),
    ):
        shape: Any = kind
        fits(examples.page(record), Page[shape])
        fits(examples.one(record), Envelope[shape])
    fits(examples_ops.JOB_CHANGE, JobChange)
    fits(examples_ops.SETTING_CHANGE, SettingChange)


def test_a_change_of_a_setting_reaches_what_is_derived(api: Any, admin: httpx.Client) -> None:
    with api.client("editor") as editor:
        editor.post("/v1/company/", json=examples.COMPANY_INPUT)
        editor.post("/v1/input/", json=examples.METRICS_INPUT)
        answer = admin.patch("/v1/settings/presentation_currencies", json={"value": ["EUR"]})
        assert answer.status_code == 200
        company = {"company_id": examples.COMPANY_INPUT["company_id"]}
        shown = editor.get("/v1/reporting", params=company).json()["data"]
        assert {row["currency"] for row in shown} <= {"USD", "EUR"}
        admin.patch("/v1/settings/presentation_currencies", json={"value": ["USD", "CAD"]})


@pytest.mark.parametrize("moment", ["2026", "-1", "1e9", "1774000000.5"])
def test_a_number_is_no_moment(admin: httpx.Client, moment: str) -> None:
    for name in ("start", "end"):
        answer = admin.get("/v1/ops/job-runs", params={name: moment})
        assert rule(answer) == (400, "invalid_value")
        assert answer.json()["errors"][0]["field"] == name
