"""Schemathesis drives every operation of the OpenAPI document, with input that fits it and input
that does not: no 5xx, no status, content type or body that the document does not promise.

Half of the fitting requests name what is there and say little else, for random text alone would
hardly get past a 400 or a 404. The gate always draws the same examples, the long run new ones. Both
print their seed, and QUARTERBASE_TEST_SEED repeats it.

Every operation of the document is driven. Out of its reach: /metrics, /.well-known/jwks.json, the
documentation pages (not in the document; tests of their own) and the clock (no process runs it
here). Wrong passwords lock an address after five attempts: the 429 is documented like the rest.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, MutableMapping
from itertools import count
from secrets import randbelow
from typing import Any, TypeAlias
from uuid import UUID

import httpx
import psycopg
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.access.rows import make_fund
from tests.fund.fund_life import FundLife
from tests.security.firm import OWNER
from tests.server.conftest import PASSWORD
from tests.server.test_fx import record, waiting

NUMBERS = count()
GATE, LONG = 4, 100  # examples an operation
SEED = "QUARTERBASE_TEST_SEED"
Operation: TypeAlias = APIOperation[Any, Any, Any, Any]
Case: TypeAlias = schemathesis.Case[Any]

CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
COMPANY = {"company_id": "known", "company_name": "Known", "reporting_currency": "EUR"}
QUARTER = {"company_id": "known", "fiscal_reporting_date": "2023-12-31", "total_revenue": 10}
ROUND = {"round_on": "2023-01-01", "post_money_valuation": 3}
ROUNDS = "/v1/company/known/valuation-rounds"
RUNS = """
insert into ops.job_run (job, scheduled_for, started_at, finished_at, succeeded, node, detail)
values ('check', '2026-03-02 02:30Z', '2026-03-02 02:30Z', '2026-03-02 02:31Z', true, 'a', '{}'),
       ('fx_load', '2026-03-02 16:15Z', null, null, null, 'b', null)
"""
ALERTS = """
insert into ops.alert (kind, job, scheduled_for, resolved_at, raised_at)
values ('job_missed', 'fx_load', '2026-03-02 16:15Z', null, '2026-03-02 17:20Z'),
       ('fx_stale', null, null, '2026-03-05 09:00Z', '2026-03-04 09:00Z')
"""

DAYS = [
    f"{verb}_on" for verb in ("notice", "received", "declared", "closed", "transferred", "paid")
]

# What is there, by the name of the field, parameter or header that may hold it.
THERE: dict[str, list[Any]] = {
    "company_id": ["known"],
    "currency": ["EUR", "USD", "CAD"],
    "reporting_currency": ["EUR", "USD"],
    "from_currency": ["EUR", "USD"],
    "to_currency": ["CAD", "USD"],
    "location_country": ["Germany"],
    "fund": ["Fund IV"],
    "fiscal_reporting_date": [f"{year}-09-30" for year in range(1990, 2024)],
    "round_on": [f"{year}-07-01" for year in range(1990, 2024)],
    "post_money_valuation": [3, "4.5"],
    "start_reporting_date": ["2023-01-01"],
    "end_reporting_date": ["2024-12-31"],
    "start_date": ["2023-12-01"],
    "end_date": ["2023-12-31"],
    "start": ["2026-03-01T00:00:00Z"],
    "end": ["2026-03-31T00:00:00Z"],
    "source": ["ecb", "ecb_bundled"],
    "job": ["check", "fx_load"],
    "setting": ["fx_flow_rate", "fx_max_jump", "fx_max_age_days"],
    "value": ["closing", 0.3, 3],
    "cron": ["5 4 * * *", "0 0 30 2 *"],
    "time_zone": ["Europe/Berlin"],
    "sort": ["company_id", "-created_date", "rate_date", "-received_at", "job", "-setting", "kind"],
    "grant_type": ["password", "refresh_token"],
    "email": ["known@example.com"],
    "username": ["known@example.com"],
    "password": [PASSWORD],
    "kind": ["waiver", "income"],
    "lines": [
        [
            {"account": "1000", "currency": "USD", "debit": 2},
            {"account": "4200", "currency": "USD", "credit": 2},
        ]
    ],
    "amount": [1, "2.50"],
    "capital_amount": [1, "2.50"],
    "fair_value": [0, "1000.00"],
    "fraction": [0.5],
    "share": [0.5],
    "as_of": ["2024-06-30"],
    "last_on": ["2024-03-31"],
    "entry_on": ["2024-04-15"],
    "from_on": ["2024-04-01"],
    "to_on": ["2024-07-01"],
    "vintage_year": [2024],
    "country": ["CA"],
    "name": [f"Name {number}" for number in range(40)],
    "investor_code": [f"N-{number}" for number in range(40)],
    **dict.fromkeys(DAYS, ["2024-05-01"]),  # noqa: RUF024 (nobody changes it)
    "If-Match": ['"1"', "*", 'W/"1"', '"1", "2"'],
}
# Needed by a rule that a schema does not say: one of two names, a company that is to be new.
NEEDED = {"POST /v1/auth/login": ["email"], "POST /v1/company": ["company_id"]}


@pytest.fixture(scope="module")
def document(api: Any) -> BaseSchema:
    """What the API says about itself, once there is something behind every operation."""
    api.user("viewer", "known@example.com")
    for statement in (RUNS, ALERTS):
        api.run(statement)
    for source in ("ecb", "ecb_bundled"):
        record(api, source, [("2023-12-28", "1.5"), ("2023-12-29", "1.6")])
    found: BaseSchema = schemathesis.openapi.from_url(f"{api.url}/schema/openapi.json")
    return found


@pytest.fixture(scope="module")
def keeper(api: Any) -> Iterator[httpx.Client]:
    """Puts back what a test has deleted."""
    with api.client("admin") as client:
        yield client


def there(api: Any, keeper: httpx.Client, currency: str) -> dict[str, list[Any]]:
    """`THERE`, and what no earlier operation has deleted or decided: a quarter, a round, a waiting
    fixing, a company that has not reported."""
    keeper.post("/v1/company", json=COMPANY)
    keeper.post("/v1/company", json=COMPANY | {"company_id": f"empty-{currency}"})
    keeper.post("/v1/input", json=QUARTER)
    keeper.post(ROUNDS, json=ROUND)
    quarters = keeper.get("/v1/input", params={"company_id": "known"}).json()["data"]
    rounds = keeper.get(ROUNDS).json()["data"]
    return {
        **THERE,
        "company_id": ["known", f"empty-{currency}"],
        "id": [row["id"] for row in quarters],
        "valuation_round_id": [row["valuation_round_id"] for row in rounds],
        "quarantine_id": [waiting(api, currency)],
    }


def known_fund(api: Any, operation: Operation) -> dict[str, list[Any]]:
    """A fund for one operation, with one of everything: nothing done to it is in the way."""
    code = f"K{next(NUMBERS)}"
    with psycopg.connect(api.dsn("qb_deploy"), autocommit=True, options=OWNER) as conn:
        found = {key: [value] for key, value in make_fund(conn, code, f"Fund {code}").items()}
        life = FundLife(conn, UUID(found["fund_id"][0]))
        life.set_terms("2050-01-01")
    found["valid_from"] = ["2060-01-01" if operation.method == "post" else "2050-01-01"]
    return found | {
        "seller": [code],
        "buyer": [f"{code}-2"],
        "commitments": [[{"investor": code, "amount": 5}]],
    }


@st.composite
def naming(draw: st.DrawFn, cases: st.SearchStrategy[Case], known: dict[str, list[Any]]) -> Case:
    """A request as drawn or, every second time, one that names what is there and says less else."""
    case = draw(cases)
    if draw(st.booleans()):
        for place in ("path_parameters", "query", "headers", "body"):
            if not isinstance(part := getattr(case, place), MutableMapping):
                continue
            said = dict(part)  # Hypothesis may hold on to what was drawn
            if place == "body":
                said |= dict.fromkeys(NEEDED.get(case.operation.label, ()))
            for name in sorted(said):
                if name in known:
                    said[name] = draw(st.sampled_from(known[name]))
                elif place != "path_parameters" and draw(st.integers(0, 3)):
                    del said[name]
            setattr(case, place, said)
    return case


def cases(operation: Operation, known: dict[str, list[Any]]) -> st.SearchStrategy[Case]:
    """Requests that fit the document and, where there is anything to break, that do not."""
    fitting = naming(operation.as_strategy(GenerationMode.POSITIVE), known)
    if operation.body or any(operation.iter_parameters()):
        return st.one_of(fitting, operation.as_strategy(GenerationMode.NEGATIVE))
    return fitting


def drive(
    operation: Operation,
    headers: dict[str, str],
    known: dict[str, list[Any]],
    examples: int,
    start: int,
) -> Counter[int]:
    """How often each status was answered. Raises what Schemathesis finds."""
    statuses: Counter[int] = Counter()
    with requests.Session() as session:

        @seed(start)
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            # Nothing is shrunk: a request that has had its effect is another one the second time.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases(operation, known))
        def one(case: Case) -> None:
            answer = case.call(session=session, headers=headers, timeout=20)
            statuses[answer.status_code] += 1
            case.validate_response(answer, checks=CHECKS, headers=headers)

        one()
    return statuses


@pytest.mark.parametrize("examples", [GATE, pytest.param(LONG, marks=pytest.mark.long)])
@pytest.mark.parametrize("role", ["admin", "viewer", None], ids=["admin", "viewer", "nobody"])
def test_every_answer_is_documented(
    api: Any,
    document: BaseSchema,
    keeper: httpx.Client,
    role: str | None,
    examples: int,
    subtests: pytest.Subtests,
) -> None:
    start = int(os.environ.get(SEED) or (1 if examples == GATE else randbelow(10**9)))
    print(f"{SEED}={start}")
    headers = {"Authorization": f"Bearer {api.token(role)}"} if role else {}
    currencies = api.run("select array_agg(currency order by currency) from fx.currency")
    driven, known = 0, there(api, keeper, currencies[0])
    for found, currency in zip(document.get_all_operations(), currencies, strict=False):
        assert isinstance(found, Ok), found
        operation = found.ok()
        driven += 1
        if role == "admin":  # of the others nobody deletes or decides anything
            known = there(api, keeper, currency)
            if "/funds" in operation.label or "/investors" in operation.label:
                known |= known_fund(api, operation)
        with subtests.test(operation.label):
            # To nobody all but the login is shut, whatever is asked: the gate asks once.
            times = 1 if role is None and examples == GATE else examples
            statuses = drive(operation, headers, known, times, start)
            print(operation.label, dict(sorted(statuses.items())))
            if examples == LONG:  # otherwise the door was shut, and nothing behind it was tested
                assert role != "admin" or min(statuses) < 300
    assert driven == sum(len(item) for item in document.raw_schema["paths"].values())
