"""A client generated from the OpenAPI document tells the README's story, with types and no help."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from typing import Any

import httpx
import pytest

from jobs.clock.node import Node
from jobs.clock.runs import run_by_hand
from tests.server.conftest import PASSWORD

NAME = "generated_quarterbase"
# Nothing is formatted: the generator warns where ruff is not on the PATH.
CONFIG = "post_hooks: []\n"

Login = Callable[[str], Any]


def load(module: str) -> Any:
    return import_module(f"{NAME}.{module}")


@pytest.fixture(scope="module")
def generated(api: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The document; the package generated from it can be imported."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "config.yaml").write_text(CONFIG)
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"]
    command += ["--url", f"{api.url}/schema/openapi.json", "--meta", "none"]
    command += ["--config", "config.yaml", "--output-path", NAME]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    # It skips what it does not understand, and says so.
    assert (done.returncode, "arning" in done.stdout + done.stderr) == (0, False), done
    sys.path.insert(0, str(folder))
    yield httpx.get(f"{api.url}/schema/openapi.json").json()
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]


@pytest.fixture
def logged_in(api: Any, generated: dict[str, Any]) -> Login:
    """A client of such a user, who logged in by password."""

    def log_in(role: str) -> Any:
        api.user(role)
        client, models = load("client"), load("models")
        answer = load("api.security.token").sync(
            client=client.Client(api.url),
            body=models.TokenRequest(
                models.TokenRequestGrantType.PASSWORD, f"{role}@example.com", PASSWORD
            ),
        )
        return client.AuthenticatedClient(
            api.url, answer.access_token, raise_on_unexpected_status=True
        )

    return log_in


def test_every_operation_has_a_function(generated: dict[str, Any]) -> None:
    for item in generated["paths"].values():
        for operation in item.values():
            module = load(f"api.{operation['tags'][0]}.{operation['operationId']}")
            assert callable(module.sync_detailed)


def test_a_quarter_is_submitted_and_corrected(logged_in: Login) -> None:
    models, editor = load("models"), logged_in("editor")
    company = models.CompanyInput("generated", "Generated", reporting_currency="USD")
    saved = load("api.company.save_company").sync_detailed(client=editor, body=company)
    assert (saved.status_code, saved.parsed.data.company_name) == (201, "Generated")

    quarter = models.MetricsInput("generated", date(2022, 12, 31), total_revenue="1000.10")
    submit = load("api.company.submit_metrics_input").sync_detailed
    first, again = (submit(client=editor, body=quarter, idempotency_key="one") for _ in "12")
    assert (first.status_code, first.parsed.code) == (201, 201)
    assert again.parsed == first.parsed
    twin = submit(client=editor, body=quarter)
    assert (twin.status_code, twin.parsed.status) == (409, "error")
    assert twin.parsed.errors[0].hint  # to PATCH

    key = first.parsed.data.id
    tag = load("api.company.get_input").sync_detailed(key, client=editor).headers["etag"]
    correct = load("api.company.update_input").sync_detailed
    change = models.InputChange(recurring_revenue=500, employees=7)
    corrected = correct(key, client=editor, body=change, if_match=tag)
    assert corrected.headers["etag"] != tag
    data = corrected.parsed.data
    assert (data.total_revenue, data.recurring_revenue, data.employees) == (1000.1, 500, 7)
    assert (data.fiscal_reporting_date, data.ebitda) == (date(2022, 12, 31), None)
    stale = correct(key, client=editor, body=change, if_match=tag)
    assert (stale.status_code, stale.parsed.errors[0].rule) == (412, "stale_version")

    metrics = load("api.company.list_metrics").sync
    [derived] = metrics(client=editor, company_id="generated", currency="USD").data
    assert (derived.arr, derived.reporting_quarter) == (2000, 4)


def test_the_rate_of_a_day(api: Any, logged_in: Login) -> None:
    day = date(2024, 5, 14)
    rates = {"USD": "1.25", "CAD": "1.6"}
    fixings = [{"date": str(day), "currency": name, "rate": rate} for name, rate in rates.items()]
    api.run("select fx.record_rates('ecb', %s)", json.dumps(fixings))
    [rate] = (
        load("api.fx.list_rates")
        .sync(
            client=logged_in("viewer"),
            from_currency="USD",
            to_currency="CAD",
            start_date=day,
            end_date=day,
        )
        .data
    )
    assert (rate.rate_date, rate.rate, rate.source, rate.is_corrected) == (day, 1.28, "ecb", False)


def test_a_job_and_its_run(api: Any, logged_in: Login) -> None:
    admin = logged_in("admin")
    assert run_by_hand(Node(api.dsn("qb_jobs")), "check").succeeded
    jobs = load("api.ops.list_jobs").sync(client=admin).data
    [check] = [job for job in jobs if job.job == "check"]
    assert (check.is_enabled, check.last_run_status) == (True, "succeeded")
    succeeded = load("models").ListJobRunsStatusType0.SUCCEEDED
    runs = load("api.ops.list_job_runs").sync(client=admin, job="check", status=succeeded)
    [run] = runs.data
    assert (run.trigger, run.started_at <= run.finished_at) == ("manual", True)
    assert run.duration_seconds >= 0

    refused = load("api.ops.list_job_runs").sync_detailed(client=logged_in("editor"))
    assert (refused.status_code, refused.parsed.status) == (403, "error")
