"""What must hold before a deployment is committed: functions can run, lints find nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import psycopg

from db.catalog import query
from db.session import Connection, refusal
from db.settings import UserError


def validate_functions(conn: Connection, paths: Mapping[str, str]) -> None:
    """Checks every function's body now that all it may name exists; `paths`: identity → file."""
    try:
        conn.execute(query("validate"))
    except psycopg.errors.RaiseException as error:
        lines = (error.diag.message_detail or "").splitlines()
        findings = [line.partition("\t") for line in lines if "\t" in line]
        raise UserError(
            "These functions cannot run; nothing was changed.\n"
            + "\n".join(
                f"  {paths.get(identity, 'no file')}: {identity}: {message}"
                for identity, _, message in findings
            )
        ) from None


def run_lints(conn: Connection, root: Path) -> None:
    """Each tests/lint/*.sql returns offenders; any row refuses the deployment."""
    findings: list[str] = []
    for path in sorted((root / "tests" / "lint").glob("*.sql")):
        try:
            with conn.transaction(force_rollback=True):
                cursor = conn.execute(path.read_bytes())
                findings += [
                    f"  {path.stem}: {', '.join(str(value) for value in row)}" for row in cursor
                ]
        except psycopg.Error as error:
            raise refusal(error, f"tests/lint/{path.name}", path.read_text()) from None
    if findings:
        raise UserError("Lints found this; nothing was changed.\n" + "\n".join(findings))
