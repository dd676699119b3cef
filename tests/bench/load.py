"""`python -m tests.bench.load`, or `make load`: many clients at once, then far too many.

64 clients for a minute, four reads to one submission, with the clock running: no error, memory
flat, no connection leaked, and the portfolio's totals never far behind. Then ten times as many:
what cannot be served is refused at once, and when they have gone everything is as before. Ends with
status 1 when one of these is not so.
"""

from __future__ import annotations

import argparse
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.client import Client
from tests.bench.data import Scale, fill
from tests.bench.measure import percentile
from tests.bench.portfolio import clock
from tests.bench.server import Connection, Platform, platform
from tests.bench.services import Service, service

CLIENTS = 64
OVERLOAD = 10
SUBMISSIONS = 0.2
SERVED = frozenset({200, 201})
REFUSED = frozenset({429, 503})
MEMORY_GROWTH = 1.10
QUICKLY_SECONDS = 3.0
BEHIND_SECONDS = 5.0

NEXT = """
    select json_build_object(
        'company_id', c.company_id, 'fiscal_reporting_date', q.day, 'total_revenue', 1000,
        'recurring_revenue', 800, 'gross_profit', 650, 'cash_burn', -260, 'cash_balance', 3000,
        'employees', 12
    )::text
    from company.company as c
    cross join generate_series(1, 6) as n
    cross join lateral (
        select (date_trunc('month', %(last)s::date) + interval '1 month' + n * interval '3 months'
            - interval '1 day')::date as day
    ) as q
    order by q.day, md5(c.company_id)
"""
BEHIND = """
    select coalesce(extract(epoch from clock_timestamp() - f.stale_since), 0)::float
    from fund.portfolio_freshness() as f
"""
LEFT = """
    select count(*), count(*) filter (where state <> 'idle')
    from pg_stat_activity where usename = 'qb_api'
"""


@dataclass
class Seen:
    """What clients were answered, how long each answer took, and the server's memory meanwhile."""

    answers: Counter[int] = field(default_factory=Counter)
    served: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    behind: list[float] = field(default_factory=list)
    seconds: float = 0

    def __str__(self) -> str:
        count = sum(self.answers.values())
        words = [f"{count:,} answers, {len(self.served) / self.seconds:,.0f}/s served"]
        for name, times in (("served", self.served), ("refused", self.refused)):
            if times:
                p50, p99 = (percentile(times, share) * 1000 for share in (0.5, 0.99))
                words.append(f"{len(times):,} {name}: p50 {p50:,.0f} ms, p99 {p99:,.0f} ms")
        if self.behind:
            p50, most = percentile(self.behind, 0.5), max(self.behind)
            words.append(f"totals {p50:.1f} s behind, at most {most:.1f} s")
        words.append(f"memory {self.memory[0] / 2**20:.0f} → {self.memory[-1] / 2**20:.0f} MiB")
        return "; ".join([*words, f"{dict(sorted(self.answers.items()))}"])

    @property
    def failed(self) -> int:
        """Answers that are neither a service nor a refusal; 0 stands for a broken connection."""
        return sum(n for status, n in self.answers.items() if status not in SERVED | REFUSED)


@dataclass(frozen=True)
class Asked:
    """What clients ask for: pages to read, and quarters to submit, each once."""

    paths: Sequence[str]
    inputs: Iterator[bytes]


def load(
    api: Service, asked: Asked, clients: int, seconds: float, owner: Connection | None = None
) -> Seen:
    seen, lock, ends = Seen(), threading.Lock(), time.monotonic() + seconds

    def ask(client: Client, chance: random.Random) -> int:
        if chance.random() < SUBMISSIONS:
            with lock:
                body = next(asked.inputs)
            return client.post("/v1/input/", body).status
        return client.get(chance.choice(asked.paths)).status

    def one(number: int) -> None:
        chance, client = random.Random(number), None
        while time.monotonic() < ends:
            before, status = time.perf_counter(), 0
            try:
                client = client or api.client()
                status = ask(client, chance)
            except OSError:
                client = None
            took = time.perf_counter() - before
            with lock:
                seen.answers[status] += 1
                if status in SERVED:
                    seen.served.append(took)
                elif status in REFUSED:
                    seen.refused.append(took)
            if status not in SERVED:
                time.sleep(0.2)  # even an impatient client takes a breath

    threading.stack_size(512 * 1024)
    threads = [threading.Thread(target=one, args=(n,)) for n in range(clients)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    while time.monotonic() < ends:
        seen.memory.append(api.memory())
        if owner is not None:
            row = owner.execute(BEHIND.encode()).fetchone()
            assert row is not None
            seen.behind.append(row[0])
        time.sleep(min(1.0, seconds / 8))
    for thread in threads:
        thread.join()
    seen.seconds = time.monotonic() - started
    return seen


def complaints(platform: Platform, normal: Seen, over: Seen, after: Seen) -> Iterator[str]:
    if normal.failed or normal.refused:
        yield f"{normal.failed + len(normal.refused)} requests were not served"
    warm = normal.memory[len(normal.memory) // 4 :]
    if warm[-1] > MEMORY_GROWTH * warm[0]:
        yield f"memory grew from {warm[0]:,} to {warm[-1]:,} bytes"
    if max(normal.behind) > BEHIND_SECONDS:
        yield f"totals were {max(normal.behind):.1f} s behind"
    if over.failed:
        yield f"{over.failed} requests of the overload broke"
    if over.refused and percentile(over.refused, 0.99) > QUICKLY_SECONDS:
        yield "refusals took long"
    if after.failed or after.refused:
        yield "not everything was served after the overload"
    with platform.owner() as conn:
        row = conn.execute(LEFT).fetchone()
    if row is None or row[1] > 0:
        yield f"connections were left at work: {row}"


def run(platform: Platform, scale: Scale, seconds: float) -> int:
    with platform.owner() as conn:
        inputs = (row[0].encode() for row in conn.execute(NEXT, scale.values()).fetchall())
        companies = [
            row[0] for row in conn.execute("select company_id from company.company limit 50")
        ]
    paths = [
        "/v1/metrics/?limit=100",
        "/v1/reporting/?limit=100",
        "/v1/metrics/?reporting_year=2024&reporting_quarter=3&currency=USD&limit=100",
        *(f"/v1/metrics/?company_id={company}&limit=100" for company in companies[:10]),
        *(f"/v1/company/{company}" for company in companies),
    ]
    asked = Asked(paths, inputs)
    with service(platform) as api, platform.owner() as owner, clock(platform):
        owner.execute("select fund.rebuild_portfolio()")
        load(api, asked, 8, 1)  # connections made, statements prepared
        normal = load(api, asked, CLIENTS, seconds, owner)
        print(f"{CLIENTS} clients: {normal}")
        over = load(api, asked, CLIENTS * OVERLOAD, seconds / 4)
        print(f"{CLIENTS * OVERLOAD} clients: {over}")
        after = load(api, asked, CLIENTS, seconds / 12)
        print(f"{CLIENTS} clients again: {after}")
        wrong = list(complaints(platform, normal, over, after))
    for words in wrong:
        print(f"load: {words}", file=sys.stderr)
    return 1 if wrong else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--companies", type=int, default=4000)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the data for the next run")
    arguments = parser.parse_args()
    scale = Scale(companies=arguments.companies)
    with platform(arguments.keep) as running:
        fill(running.owner, scale, lambda line: print(line, file=sys.stderr, flush=True))
        return run(running, scale, arguments.seconds)


if __name__ == "__main__":
    sys.exit(main())
