"""What a request takes: lists against FastAPI and pgbench, a submission against an insert."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager

from tests.bench.client import Answer, Client
from tests.bench.data import Scale, fill
from tests.bench.measure import Contest, Side
from tests.bench.peers import insert_only
from tests.bench.pgbench import Pgbench
from tests.bench.server import Platform, platform
from tests.bench.services import Service, bench_user, service
from tests.bench.submissions import Submissions

FASTAPI_BAR = 1 / 8
# Where there are 120 rows the peer counts them as quickly: what is left is making JSON of them.
SMALL_TOTAL_BAR = 1 / 2
PGBENCH_BAR = 1 / 0.6
INSERT_BAR = 3.0
FLAT_BAR = 1.25
FEW_COMPANIES = 100

CLIENTS = 4
EACH = 10
ROWS = 100


def contests(running: Platform, scale: Scale) -> Iterator[Contest]:
    yield from lists(running, scale)
    yield from submissions(running, scale)


def lists(running: Platform, scale: Scale) -> Iterator[Contest]:
    """Alone, and several at once: what one waits for, and what the machine has to do."""
    owner = running.dsn("qb_deploy")
    with ExitStack() as stack:
        ours = stack.enter_context(service(running, role="viewer"))
        theirs = stack.enter_context(
            service(running, "tests.bench.peers.fastapi_app", BENCH_OWNER_DSN=owner)
        )
        with running.owner() as conn:
            row = conn.execute(
                "select company_id from company.company where reporting_currency = 'EUR'"
                " order by company_id limit 1"
            ).fetchone()
        assert row is not None
        every = f"/v1/metrics/?limit={ROWS}&offset=0"
        of_one = f"/v1/metrics/?company_id={row[0]}&limit={ROWS}&offset=0"
        for words, path, bar in (
            ("", every, FASTAPI_BAR),
            (" of one company", of_one, SMALL_TOTAL_BAR),
        ):
            yield Contest(
                f"GET /v1/metrics/{words}, {ROWS} rows, exact total",
                Side("HTTP", one(stack.enter_context(ours.client()), path)),
                Side("FastAPI", one(stack.enter_context(theirs.client()), path)),
                bar,
                ROWS,
            )
        many = Crowd(stack, ours)
        yield Contest(
            f"{CLIENTS * EACH} GET /v1/metrics/, {CLIENTS} at once",
            Side("HTTP", many.asks(every)),
            Side("FastAPI", Crowd(stack, theirs).asks(every)),
            FASTAPI_BAR,
            ROWS * CLIENTS * EACH,
        )
        call = f"company.list_metrics(p_limit => {ROWS}, p_offset => 0, p_link => '/v1/metrics/?')"
        user = bench_user(running, "viewer")
        bench = stack.enter_context(closing(Pgbench(running, user, call, clients=CLIENTS)))
        yield Contest(
            f"{CLIENTS * EACH} GET /v1/metrics/, {CLIENTS} at once",
            Side("HTTP", many.asks(every)),
            Side("pgbench", lambda: bench.run(EACH, CLIENTS * EACH)),
            PGBENCH_BAR,
            ROWS * CLIENTS * EACH,
        )


def one(client: Client, path: str) -> Callable[[], Answer]:
    return lambda: client.get(path)


class Crowd:
    """Several clients, each on a thread of its own: they mostly wait."""

    def __init__(self, stack: ExitStack, which: Service) -> None:
        self._clients = [stack.enter_context(which.client()) for _ in range(CLIENTS)]
        self._threads = stack.enter_context(ThreadPoolExecutor(CLIENTS))

    def asks(self, path: str) -> Callable[[], int]:
        def each(client: Client) -> int:
            return sum(client.get(path).status == 200 for _ in range(EACH))

        return lambda: sum(self._threads.map(each, self._clients))


def submissions(running: Platform, scale: Scale) -> Iterator[Contest]:
    """A quarter that was there is taken back and submitted again: the data set stays as it is."""
    with ExitStack() as stack:
        stack.callback(insert_only.forget, running)
        insert_only.prepare(running)
        real = stack.enter_context(service(running))
        only = stack.enter_context(service(running, "tests.bench.peers.insert_only"))
        of_all = stack.enter_context(Submissions(running, most=scale.companies))
        ours = stack.enter_context(real.client())
        theirs = stack.enter_context(only.client())
        inserted = of_all.again()
        yield Contest(
            f"POST /v1/input, {scale.quarters} quarters before it",
            Side("HTTP", lambda: posted(ours, of_all.next())),
            Side("one that only inserts", lambda: posted(theirs, next(inserted))),
            INSERT_BAR,
            1,
        )
        small = stack.enter_context(few_companies(scale))
        among_few = stack.enter_context(Submissions(small, most=FEW_COMPANIES))
        small_api = stack.enter_context(service(small))
        quarters_of_few = stack.enter_context(small_api.client())
        yield Contest(
            f"POST /v1/input, among {scale.companies:,} companies",
            Side("HTTP", lambda: posted(ours, of_all.next())),
            Side(f"among {FEW_COMPANIES}", lambda: posted(quarters_of_few, among_few.next())),
            FLAT_BAR,
            1,
        )
        of_few = stack.enter_context(Submissions(running, most=scale.companies, few=4))
        yield Contest(
            f"POST /v1/input, {scale.quarters} quarters before it",
            Side("HTTP", lambda: posted(ours, of_all.next())),
            Side("4 quarters", lambda: posted(ours, of_few.next())),
            FLAT_BAR,
            1,
        )


@contextmanager
def few_companies(scale: Scale) -> Iterator[Platform]:
    """A platform of its own, with as many quarters of far fewer companies."""
    with platform(None) as own:
        fill(own.owner, Scale(FEW_COMPANIES, scale.quarters))
        yield own


def posted(client: Client, quarter: dict[str, object]) -> int:
    answer = client.post("/v1/input/", json.dumps(quarter).encode())
    if answer.status != 201:
        raise AssertionError(f"{answer.status}: {answer.body[:500]!r}")
    return answer.status
