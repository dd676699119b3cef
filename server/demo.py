"""The demo: companies and quarters from db/demo, four users, one login for BI tools."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import psycopg

from db.calls import Connection, call, has_rows, transaction
from db.settings import ROOT, Settings
from server.passwords import hash_password

FOLDER = ROOT / "db" / "demo"
USERS = {role: f"{role}@quarterbase.example" for role in ("admin", "editor", "viewer", "auditor")}
BI_LOGIN = "bi_all"

# In this order: rounds and inputs name companies.
FILES = {
    "companies": ("company.csv", "company.import_companies"),
    "valuation rounds": ("valuation_round.csv", "company.import_valuation_rounds"),
    "quarters": ("metrics_input.csv", "company.import_metrics_inputs"),
}


def demo_password(settings: Settings) -> str:
    """One password for the four demo users, made for this home."""
    return settings.secret("demo_users")


def load_demo(settings: Settings) -> list[str]:
    """Adds what is missing of the demo and changes nothing that is there; says what it did.

    All of it in one transaction: a kill in the middle leaves no half demo.
    """
    with transaction(settings.dsn(), owner=True) as connection:
        report = [_load_file(connection, what) for what in FILES]
        new_users = [email for role in USERS if (email := _add_user(connection, settings, role))]
    if new_users:
        report.append(f"demo users: {', '.join(new_users)}")
    if not settings.external:
        add_bi_login(settings)
    return report


def is_empty(settings: Settings) -> bool:
    """No company yet: nobody's own data is here, and no demo."""
    with transaction(settings.dsn(), owner=True) as connection:
        return not has_rows(connection, "company.company")


def has_demo_users(settings: Settings) -> bool:
    with transaction(settings.dsn(), owner=True) as connection:
        [(known,)] = call(connection, "security.user_id_by_email", p_email=USERS["admin"])
    return known is not None


def add_bi_login(settings: Settings) -> None:
    """The embedded server's login for BI tools, which reads every company of the firm."""
    with transaction(settings.dsn(), owner=True) as connection:
        call(connection, "security.add_database_login", p_login=BI_LOGIN, p_group_role="viewer")
        verifier = connection.pgconn.encrypt_password(
            settings.secret(BI_LOGIN).encode(), BI_LOGIN.encode(), b"scram-sha-256"
        )
        call(
            connection,
            "security.set_login_password",
            p_login=BI_LOGIN,
            p_password=verifier.decode(),
        )


def _load_file(connection: Connection, what: str) -> str:
    name, function = FILES[what]
    [(inserted, skipped)] = call(connection, function, p_rows=read_rows(FOLDER / name))
    return f"demo {what}: {inserted} new, {skipped} there already"


def read_rows(path: Path) -> list[dict[str, Any]]:
    """A CSV as objects of text; an empty cell is null: not known, not zero."""
    with path.open(newline="", encoding="utf-8") as file:
        return [{key: cell or None for key, cell in row.items()} for row in csv.DictReader(file)]


def _add_user(connection: Connection, settings: Settings, role: str) -> str | None:
    email = USERS[role]
    [(known,)] = call(connection, "security.user_id_by_email", p_email=email)
    if known is not None:
        return None
    try:
        with connection.transaction():
            call(
                connection,
                "security.add_user",
                p_email=email,
                p_group_role=role,
                p_display_name=f"Demo {role}",
                p_password_hash=hash_password(demo_password(settings)),
            )
    except psycopg.Error as error:
        if error.sqlstate == "QB409":  # there, but made inactive by somebody: leave it so
            return None
        raise
    return email
