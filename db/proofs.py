"""What must hold before a deployment is committed: functions can run, lints find nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg

from db.catalog import Facts, query
from db.session import Connection, refusal
from db.settings import UserError

Published = dict[tuple[str, str], tuple[str, bool]]


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


def run_lints(conn: Connection, root: Path, broken: Sequence[str] = ()) -> None:
    """Any finding refuses the deployment; `broken`: promises to BI tools that it would not keep."""
    if findings := [*lint_findings(conn, root), *broken]:
        raise UserError(
            "Lints found this; nothing was changed.\n"
            + "\n".join(f"  {finding}" for finding in findings)
        )


def lint_findings(conn: Connection, root: Path) -> list[str]:
    """Each tests/lint/*.sql returns offenders, a row each."""
    findings: list[str] = []
    for path in sorted((root / "tests" / "lint").glob("*.sql")):
        try:
            with conn.transaction(force_rollback=True):
                cursor = conn.execute(path.read_bytes())
                findings += [
                    f"{path.stem}: {', '.join(str(value) for value in row)}" for row in cursor
                ]
        except psycopg.Error as error:
            raise refusal(error, f"tests/lint/{path.name}", path.read_text()) from None
    return findings


def published(objects: Mapping[str, Facts | None]) -> Published:
    """What BI tools read: (view, column) → type, and whether it is called deprecated."""
    found: Published = {}
    for name, facts in objects.items():
        kind, _, view = name.partition(" ")
        if kind not in {"view", "table"} or not view.startswith("bi.") or not facts:
            continue
        for fact, value in facts.items():
            word, _, column = fact.partition(" ")
            if word == "column" and " " not in column:
                said = f"{facts.get('comment', '')} {facts.get(f'{fact} comment', '')}"
                found[view, column] = value, "deprecated" in said.lower()
    return found


def broken_promises(before: Published, after: Published) -> list[str]:
    """What other people's tools may rely on, and would not find as it was deployed."""
    found: set[str] = set()
    views = {view for view, _ in after}
    for (view, column), (kind, is_deprecated) in before.items():
        now = after.get((view, column))
        if is_deprecated or (now and now[0] == kind):
            continue
        if now:
            found.add(
                f"published_column_keeps_its_type: {view}.{column} was {kind}, is {now[0]};"
                " publish it under another name and call this one deprecated for a release"
            )
        else:
            gone = f"{view}.{column}" if view in views else view
            found.add(
                f"published_column_goes_after_a_warning: {gone} is gone, and what is deployed"
                " does not call it deprecated"
            )
    return sorted(found)
