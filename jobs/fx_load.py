"""The job `fx_load`: brings the recorded fixings up to the archive shipped with the platform."""

from __future__ import annotations

from typing import Any

from jobs.fx import ecb_bundled


def run(dsn: str) -> dict[str, Any]:
    """What the run has to say: the counts of `fx.record_rates`, in words."""
    return {"outcome": ecb_bundled.load(dsn)}
