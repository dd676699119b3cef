"""The demo: companies and a fund from db/demo, a user of each kind, logins for BI tools."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from db.calls import Connection, call, has_rows, read_all, transaction
from db.settings import ROOT, Settings
from server.database_logins import make_login, set_password
from server.passwords import hash_password

FOLDER = ROOT / "db" / "demo"
ONE_FUND, ONE_COMPANY, ONE_INVESTOR = "Fund IV", "alpenglow", "LP-03"

# Role and scope by name; the address is <name>@quarterbase.example.
PEOPLE: dict[str, dict[str, Any]] = {
    "admin": {"role": "admin"},
    "editor": {"role": "editor"},
    "viewer": {"role": "viewer"},
    "auditor": {"role": "auditor"},
    "submitter": {"role": "submitter", "companies": [ONE_COMPANY]},
    "scoped": {"role": "viewer_scoped", "funds": [ONE_FUND]},
    "investor": {"role": "investor", "investors": [ONE_INVESTOR]},
}
USERS = {name: f"{name}@quarterbase.example" for name in PEOPLE}
BI_LOGIN, BI_NARROWED = "bi_all", "bi_demo"

# In this order: rounds and inputs name companies.
FILES = {
    "companies": ("company.csv", "company.import_companies"),
    "valuation rounds": ("valuation_round.csv", "company.import_valuation_rounds"),
    "quarters": ("metrics_input.csv", "company.import_metrics_inputs"),
}


def demo_password(settings: Settings) -> str:
    """One password for all demo users, made for this home."""
    return settings.secret("demo_users")


def load_demo(settings: Settings) -> list[str]:
    """Adds what is missing of the demo and changes nothing that is there; says what it did.

    All of it in one transaction: a kill in the middle leaves no half demo.
    """
    with transaction(settings.dsn(), owner=True) as connection:
        report = [_load_file(connection, what) for what in FILES]
        report.append(_load_fund(connection))
        new_users = [email for name in USERS if (email := _add_user(connection, settings, name))]
    if new_users:
        report.append(f"demo users: {', '.join(new_users)}")
    if not settings.external:
        add_bi_login(settings)
        add_bi_login(settings, BI_NARROWED, "viewer_scoped", ONE_FUND)
    return report


def is_empty(settings: Settings) -> bool:
    """No company yet: nobody's own data is here, and no demo."""
    with transaction(settings.dsn(), owner=True) as connection:
        return not has_rows(connection, "company.company")


def has_demo_users(settings: Settings) -> bool:
    with transaction(settings.dsn(), owner=True) as connection:
        [(known,)] = call(connection, "security.user_id_by_email", p_email=USERS["admin"])
    return known is not None


def add_bi_login(
    settings: Settings, login: str = BI_LOGIN, role: str = "viewer", *funds: str
) -> None:
    """A login of the embedded server for BI tools; bi_all reads every company of the firm.

    One that is there keeps the role, the scope and the end that somebody gave it.
    """
    with transaction(settings.dsn(), owner=True) as connection:
        if call(connection, "security.find_user", p_name=login):
            call(connection, "security.align_database_login", p_login=login)
        elif not _added(
            connection, lambda: make_login(connection, login, role, name="Demo BI", funds=funds)
        ):
            return
        set_password(connection, login, settings.secret(login))


def _load_file(connection: Connection, what: str) -> str:
    name, function = FILES[what]
    [(inserted, skipped)] = call(connection, function, p_rows=read_rows(FOLDER / name))
    return f"demo {what}: {inserted} new, {skipped} there already"


def _load_fund(connection: Connection) -> str:
    """The life of a fund, event by event; one that has a life already is left as it is."""
    story = json.loads((FOLDER / "fund.json").read_text(encoding="utf-8"))
    name = story["fund"]["name"]
    if any(f["name"] == name and f["currency"] for f in read_all(connection, "fund.fund")):
        return f"demo fund: {name} is there already"
    [(_, _, body)] = call(connection, "fund.create_fund", p_fund=story["fund"])
    fund_id = json.loads(body)["data"]["fund_id"]
    call(connection, "fund.set_terms", p_fund_id=fund_id, p_terms=story["terms"])
    known = {i["investor_code"] for i in read_all(connection, "fund.investor")}
    for investor in story["investors"]:
        if investor["investor_code"] not in known:
            call(connection, "fund.create_investor", p_investor=investor)
    for number, event in enumerate(story["events"], 1):
        kind, key = event.pop("kind"), f"demo-{number}"
        if kind == "entry":
            sent = event["entry"]
            call(connection, "ledger.post_entry", p_fund_id=fund_id, p_entry=sent, p_key=key)
        else:
            call(
                connection, "fund.run_event", p_fund_id=fund_id, p_kind=kind, p_request=event,
                p_key=key,
            )  # fmt: skip
    return f"demo fund: {name}, {len(story['events'])} events"


def read_rows(path: Path) -> list[dict[str, Any]]:
    """A CSV as objects of text; an empty cell is null: not known, not zero."""
    with path.open(newline="", encoding="utf-8") as file:
        return [{key: cell or None for key, cell in row.items()} for row in csv.DictReader(file)]


def _add_user(connection: Connection, settings: Settings, name: str) -> str | None:
    user = {"email": USERS[name], "display_name": f"Demo {name}", **PEOPLE[name]}
    if call(connection, "security.find_user", p_name=USERS[name]):
        return None  # perhaps made inactive by somebody: left so
    password_hash = hash_password(demo_password(settings))
    is_new = _added(
        connection,
        lambda: call(
            connection, "security.create_user", p_user=user, p_password_hash=password_hash
        ),
    )
    return USERS[name] if is_new else None


def _added(connection: Connection, add: Callable[[], object]) -> bool:
    """Whether it could be added: what it is narrowed to may have another name by now."""
    try:
        with connection.transaction():
            add()
    except psycopg.Error as error:
        if error.diag.constraint_name in ("fund_unknown", "company_unknown", "investor_unknown"):
            return False
        raise
    return True
