"""The matrix of routes: who gets which answer where, for an own row and somebody else's.

Routes are walked from the application itself. What a request needs beside its address stands in
QUERIES and BODIES; `{…}` there and in the address is filled from the row that is asked for. A route
that needs nothing needs no line here, only cells in routes.csv.
"""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from server.app import create_app
from server.config import ApiConfig

FILE = Path(__file__).parent / "routes.csv"
CALLERS = (
    "nobody", "admin", "editor", "viewer", "auditor", "submitter", "investor", "editor_scoped",
    "viewer_scoped",
)  # fmt: skip
# Own: of the fund and the company that the narrowed callers were given. Other: of another.
ROWS = ("own", "other")
NARROWED = ("submitter", "investor", "editor_scoped", "viewer_scoped")
HEADER = ("method", "path", "row", *CALLERS)

_ONE_COMPANY = {"company_id": "{company_id}"}
_QUARTER = {**_ONE_COMPANY, "fiscal_reporting_date": "2024-06-30", "total_revenue": 1}
_ROUND = {"round_on": "2024-05-01", "post_money_valuation": 5}
_INPUT = "/v1/input/{id:uuid}"
_ALIAS = "/v1/input_metrics/{id:uuid}"
_ROUNDS = "/v1/company/{company_id:str}/valuation-rounds"
_FUND = "/v1/funds/{fund_id:uuid}"
_INVESTOR = "/v1/investors/{investor_id:uuid}"
_CONTACT = _INVESTOR + "/contacts/{contact_id:uuid}"

# Writes below a fund are only tried: what is recorded of a fund stays.
TRIED: Mapping[str, Any] = {
    "/journal": {
        "entry_on": "2024-02-01",
        "kind": "income",
        "lines": [
            {"account": "1000", "currency": "USD", "debit": 1},
            {"account": "4200", "currency": "USD", "credit": 1},
        ],
    },
    "/journal/{entry_id:uuid}/reversal": {},
    "/periods/close": {"last_on": "2024-03-31"},
    "/events/{event_id:uuid}/reversal": {},
    "/closes": {
        "closed_on": "2024-06-30",
        "commitments": [{"investor": "{investor}", "amount": 5}],
    },
    "/capital-calls": {"notice_on": "2024-06-30", "capital_amount": 5},
    "/payments": {"investor": "{investor}", "received_on": "2024-06-30", "amount": 5},
    "/defaults": {"investor": "{investor}", "declared_on": "2024-06-30"},
    "/fees": {},
    "/fee-adjustments": {"kind": "waiver", "from_on": "2024-06-30", "amount": 5},
    "/fee-payments": {"paid_on": "2024-06-30", "amount": 5},
    "/distributions": {"declared_on": "2024-06-30", "amount": 5},
    "/nav": {"as_of": "2024-06-30", "fair_value": 5},
    "/terms": {"valid_from": "2030-01-01"},
    "/transfers": {
        "seller": "{investor}",
        "buyer": "{investor}-2",
        "transferred_on": "2024-06-30",
        "fraction": 0.5,
    },
}

QUERIES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("GET", "/v1/company"): _ONE_COMPANY,
    ("GET", "/v1/input"): _ONE_COMPANY,
    ("GET", "/v1/input_metrics"): _ONE_COMPANY,
    ("GET", "/v1/reporting"): _ONE_COMPANY,
    ("GET", "/v1/metrics"): _ONE_COMPANY,
    ("GET", "/v1/metrics/latest"): _ONE_COMPANY,
    ("GET", "/v1/metrics/explain"): {
        **_ONE_COMPANY, "year": "2024", "quarter": "1", "currency": "USD", "metric": "arr",
    },
    ("GET", _FUND + "/explanation"): {"event_id": "{event_id}", "investor": "{investor}"},
    ("GET", _FUND + "/income-statement"): {"from_on": "2024-01-01", "to_on": "2024-12-31"},
    **{("POST", _FUND + path): {"preview": "true"} for path in TRIED},
    ("POST", "/v1/funds"): {"preview": "true"},
    ("POST", "/v1/investors"): {"preview": "true"},
    ("PATCH", _INVESTOR): {"preview": "true"},
    ("POST", _INVESTOR + "/contacts"): {"preview": "true"},
    ("PATCH", _CONTACT): {"preview": "true"},
    ("DELETE", _CONTACT): {"preview": "true"},
    ("PATCH", _FUND): {"preview": "true"},
    ("DELETE", _FUND + "/terms/{valid_from:date}"): {"preview": "true"},
}  # fmt: skip
BODIES: Mapping[tuple[str, str], Any] = {
    ("POST", "/v1/auth/login"): {"email": "{new_email}", "password": "wrong"},
    ("POST", "/v1/company"): {
        **_ONE_COMPANY, "company_name": "Renamed", "reporting_currency": "USD", "fund": "Own Fund",
    },
    ("PATCH", "/v1/company/{company_id:str}"): {"company_name": "Renamed"},
    ("POST", "/v1/input"): _QUARTER,
    ("POST", "/v1/input_metrics"): _QUARTER,
    ("PATCH", _INPUT): {"total_revenue": 2},
    ("PATCH", _ALIAS): {"total_revenue": 2},
    ("POST", _ROUNDS): _ROUND,
    ("PATCH", _ROUNDS + "/{valuation_round_id:uuid}"): {"post_money_valuation": 6},
    ("PATCH", "/v1/ops/jobs/{job:str}"): {"grace_seconds": 60},
    ("PATCH", "/v1/settings/{setting:str}"): {"value": 5},
    ("POST", "/v1/users"): {"email": "{new_email}", "role": "viewer"},
    ("PATCH", "/v1/users/{user_id:uuid}"): {"display_name": "Renamed"},
    ("POST", "/v1/funds"): {"name": "{new_email}", "currency": "USD"},
    ("PATCH", _FUND): {"vintage_year": 2024},
    ("POST", "/v1/investors"): {"investor_code": "new", "name": "New"},
    ("PATCH", _INVESTOR): {"name": "Renamed"},
    ("POST", _INVESTOR + "/contacts"): {"name": "Ann"},
    ("PATCH", _CONTACT): {"name": "Ann"},
    **{("POST", _FUND + path): body for path, body in TRIED.items()},
}  # fmt: skip
# Only a company that has not reported can be deleted.
RENAMED = {("DELETE", "/v1/company/{company_id:str}"): {"company_id": "bare_company_id"}}
_PLACEHOLDER = re.compile(r"\{(\w+)(?::\w+)?\}")
_OF_A_ROW = {"company_id", "id", "valuation_round_id", "user_id", "fund_id", "investor_id"}


class Line(NamedTuple):
    """A row of the matrix: a route, and whose row it is asked for (empty: it names none)."""

    method: str
    path: str
    row: str


@cache
def routes() -> list[tuple[str, str]]:
    """Every method and path of the application, as it would be served."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about how handlers are declared
        edge: Any = create_app(ApiConfig(dsn="", home=Path("unused")))
    return sorted(
        (
            (method, route.path)
            for route in edge._app.routes
            for method in route.methods
            if method not in ("OPTIONS", "HEAD")
        ),
        key=lambda found: (found[1], found[0]),
    )


def lines(found: Iterable[tuple[str, str]]) -> list[Line]:
    return [
        Line(method, path, row)
        for method, path in found
        for row in (ROWS if names_a_row(method, path) else ("",))
    ]


def names_a_row(method: str, path: str) -> bool:
    parts = path, json.dumps(QUERIES.get((method, path))), json.dumps(BODIES.get((method, path)))
    return any(name in _OF_A_ROW for part in parts for name in _PLACEHOLDER.findall(part))


def send(client: httpx.Client, line: Line, values: Mapping[str, str]) -> httpx.Response:
    """One real request."""
    key = (line.method, line.path)
    known = {**values, **{name: values[of] for name, of in RENAMED.get(key, {}).items()}}
    body = fill(BODIES.get(key), known)
    return client.request(
        line.method,
        fill(line.path, known),
        params=fill(QUERIES.get(key), known),
        **({} if body is None else {"json": body}),
    )


def fill(what: Any, values: Mapping[str, str]) -> Any:
    if isinstance(what, str):
        return _PLACEHOLDER.sub(lambda found: values[found[1]], what)
    if isinstance(what, Mapping):
        return {name: fill(value, values) for name, value in what.items()}
    if isinstance(what, list):
        return [fill(value, values) for value in what]
    return what


def cell(response: httpx.Response) -> str:
    """The status; a list without records says so, because hiding is done by leaving out."""
    if response.headers.get("content-type", "").startswith("application/json"):
        body = response.json()
        if isinstance(body, dict) and body.get("data") == []:
            return f"{response.status_code} empty"
    return str(response.status_code)


def rule(response: httpx.Response) -> str:
    """Status and rule of a refusal: two refusals with the same of both cannot be told apart."""
    body = response.json()
    rules = [error["rule"] for error in body.get("errors", [])]
    return f"{cell(response)} {' '.join(rules)}".strip()


def written(cells: Mapping[Line, Mapping[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for line, answers in cells.items():
        writer.writerow([*line, *(answers[caller] for caller in CALLERS)])
    return out.getvalue()


def expected() -> dict[Line, dict[str, str]]:
    """What routes.csv says."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            Line(row["method"], row["path"], row["row"]): {c: row[c] for c in CALLERS}
            for row in csv.DictReader(file)
        }


def without_cells(found: Iterable[Line], known: Mapping[Line, Mapping[str, str]]) -> list[str]:
    """Each route that routes.csv does not know, or knows only in part."""
    return [
        " ".join(line).strip()
        for line in found
        if line not in known or not all(known[line].values())
    ]
