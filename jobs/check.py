"""The job `check`: runs every check view; a healthy platform has no offender in any of them."""

from __future__ import annotations

from typing import Any

from db.calls import call, transaction


class CheckError(Exception):
    """Some check views have rows: the words name them, `detail` is what the run has to say."""

    def __init__(self, detail: dict[str, Any]) -> None:
        found = {name: rows for name, rows in detail["offenders"].items() if rows}
        super().__init__(", ".join(f"{name}: {rows}" for name, rows in found.items()))
        self.detail = detail


def run(dsn: str) -> dict[str, Any]:
    """How many checks ran and the offenders of each; raises CheckError when there is one."""
    with transaction(dsn) as connection:
        results = call(connection, "ops.run_checks")
    offenders: dict[str, int] = dict(results)
    detail = {"checks": len(offenders), "offenders": offenders}
    if any(offenders.values()):
        raise CheckError(detail)
    return detail
