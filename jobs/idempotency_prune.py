"""The job `idempotency_prune`: forgets the answers kept under Idempotency-Keys after 24 hours."""

from __future__ import annotations

from typing import Any

from db.calls import call, transaction


def run(dsn: str) -> dict[str, Any]:
    """Returns how many keys were forgotten."""
    with transaction(dsn) as connection:
        [(pruned,)] = call(connection, "ops.prune_idempotency_keys")
    return {"pruned": pruned}
