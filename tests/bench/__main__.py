"""`python -m tests.bench`: measures, and prints one table. `make bench` runs it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from db.settings import UserError
from tests.bench import capital_call, http, ingest, ledger, portfolio, row_security, xirr
from tests.bench.data import Scale, fill
from tests.bench.measure import Contest, Limit, keep_to, measure
from tests.bench.server import Platform, platform
from tests.bench.table import machine, table

Bench = Callable[[Platform, Scale], Iterator[Contest | Limit]]

BENCHES: dict[str, Bench] = {
    "capital_call": capital_call.contests,
    "http": http.contests,
    "ingest": ingest.contests,
    "ledger": ledger.contests,
    "portfolio": portfolio.contests,
    "row_security": row_security.contests,
    "xirr": xirr.contests,
}


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("benches", nargs="*", metavar="BENCH", help=", ".join(BENCHES))
    parser.add_argument("--companies", type=int, default=Scale.companies)
    parser.add_argument("--quarters", type=int, default=Scale.quarters)
    parser.add_argument("--seconds", type=float, default=10, help="for each line of the table (10)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the data for the next run")
    arguments = parser.parse_args(words)
    for name in arguments.benches:
        if name not in BENCHES:
            parser.error(f"there is no bench {name!r}: choose from {', '.join(BENCHES)}")
    scale = Scale(arguments.companies, arguments.quarters)
    with platform(arguments.keep) as running:
        fill(running.owner, scale, say)
        print(report(running, scale, arguments.benches or list(BENCHES), arguments.seconds))
    return 0


def report(running: Platform, scale: Scale, benches: list[str], seconds: float) -> str:
    """Measures, and returns the table with the machine below it."""
    results = []
    for name in benches:
        for contest in BENCHES[name](running, scale):
            least = 15 if seconds else 1
            if isinstance(contest, Limit):
                results.append(keep_to(contest, seconds=seconds, least=least))
            else:
                results.append(measure(contest, seconds=seconds, least=least))
            say(f"{results[-1].ratio:5.2f}  {contest.work} / {contest.theirs.name}")
    size = f"{scale.companies:,} companies × {scale.quarters} quarters"
    return f"{table(results)}\n\n{size}. {machine(running)}.\n"


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except UserError as error:
        sys.exit(f"bench: {error}")
