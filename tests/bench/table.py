"""The one table a run prints, and the machine it was measured on."""

from __future__ import annotations

import os
import platform as system
from collections.abc import Sequence
from pathlib import Path

import psutil

from tests.bench.measure import Result
from tests.bench.server import Platform

HEADINGS = ("work", "ratio", "bar", "p50 ms", "p99 ms", "against ms", "rows/s", "MB", "runs", "")


def cells(result: Result) -> tuple[str, ...]:
    contest = result.contest
    return (
        f"{contest.work} / {contest.theirs.name}",
        f"{result.ratio:.2f}",
        f"≤ {contest.bar:.2f}",
        short(result.p50),
        short(result.p99),
        short(result.theirs_p50),
        f"{result.rows_per_second:,.0f}",
        " / ".join(f"{held / 2**20:,.0f}" for held in result.memory),
        str(result.runs),
        "" if result.holds else "above",
    )


def table(results: Sequence[Result]) -> str:
    """Markdown, so that it can stand in a README as it is printed."""
    lines = [HEADINGS, *(cells(result) for result in results)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEADINGS))]
    rows = ["| " + " | ".join(pad(*pair) for pair in zip(line, widths, strict=True)) + " |"
            for line in lines]  # fmt: skip
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([rows[0], rule, *rows[1:]])


def pad(text: str, width: int) -> str:
    return text.ljust(width)


def short(milliseconds: float) -> str:
    return f"{milliseconds:.2f}" if milliseconds < 10 else f"{milliseconds:,.0f}"


def machine(platform: Platform) -> str:
    with platform.owner() as conn:
        row = conn.execute("select split_part(version(), ' ', 2)").fetchone()
    assert row is not None
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {system.system()}; "
        f"PostgreSQL {row[0]}, Python {system.python_version()}"
    )


def processor() -> str:
    """Linux tells the model in one place only."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else system.machine()
