"""The job `check`: runs every check view; a healthy platform has no offender in any of them."""

from __future__ import annotations

from typing import Any

from db.calls import call, transaction


class CheckError(Exception):
    """Some check views have rows; `args[0]` names them with their counts."""


def run(dsn: str) -> dict[str, Any]:
    """Returns how many checks ran; raises CheckError when one of them found something."""
    with transaction(dsn) as connection:
        results = call(connection, "ops.run_checks")
    offended = {name: offenders for name, offenders in results if offenders}
    if offended:
        raise CheckError(", ".join(f"{name}: {n}" for name, n in offended.items()))
    return {"checks": len(results)}
