"""Two ways of doing the same work, taken in turns on one server: noise meets both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.bench.memory import peak_of

Work = Callable[[], object]


@dataclass(frozen=True)
class Took:
    """What a work that has its own clock returns: a program that takes a while to start."""

    milliseconds: float
    found: object


@dataclass(frozen=True)
class Side:
    """What is timed: it does the work once and returns what it found, or `Took`."""

    name: str
    work: Work
    before: Work = lambda: None
    """Done before each run, and not timed."""

    def once(self) -> object:
        self.before()
        return self.work()


@dataclass(frozen=True)
class Contest:
    """`ours` may take `bar` times as long as `theirs`, which does the same honestly."""

    work: str
    ours: Side
    theirs: Side
    bar: float
    rows: int
    """Rows that one run reads or writes, for the rate."""
    least: int | None = None
    """Runs that are enough where one takes long; else what `measure` is told."""


@dataclass(frozen=True)
class Limit:
    """At least a `share` of the runs of `ours` take no longer than so many milliseconds."""

    work: str
    ours: Side
    milliseconds: float
    share: float
    rows: int
    bar: float = 1

    @property
    def theirs(self) -> Side:
        """What it is compared with in the table."""
        return Side(f"{self.milliseconds:,.0f} ms, p{self.share * 100:.0f}", lambda: None)


@dataclass(frozen=True)
class Result:
    """One line of the table. Times are of `ours`, in milliseconds."""

    contest: Contest | Limit
    ratio: float
    p50: float
    p99: float
    theirs_p50: float
    memory: Sequence[int]
    """Bytes that the servers grew by while a side ran once: `ours`, and theirs."""
    runs: int

    @property
    def holds(self) -> bool:
        return self.ratio <= self.contest.bar

    @property
    def rows_per_second(self) -> float:
        return self.contest.rows / self.p50 * 1000


def keep_to(limit: Limit, *, seconds: float, least: int = 15, most: int = 2000) -> Result:
    """Runs one side for about `seconds`; the ratio is of the time that the share keeps to."""
    _, memory = peak_of(limit.ours.work)  # also warms it
    taken: list[float] = []
    started = time.perf_counter()
    while len(taken) < least or (len(taken) < most and time.perf_counter() - started < seconds):
        before = time.perf_counter()
        limit.ours.work()
        taken.append((time.perf_counter() - before) * 1000)
    return Result(
        limit,
        ratio=percentile(taken, limit.share) / limit.milliseconds,
        p50=statistics.median(taken),
        p99=percentile(taken, 0.99),
        theirs_p50=limit.milliseconds,
        memory=[memory],
        runs=len(taken),
    )


def measure(contest: Contest, *, seconds: float, least: int = 15, most: int = 2000) -> Result:
    """Runs both sides in turns for about `seconds`. Both must find the same.

    The ratio is the median of the ratios of neighbouring runs: what slows the machine for a while
    slows both, and a pair that was interrupted in the middle is one of many.
    """
    sides = (contest.ours, contest.theirs)
    seen = [peak_of(side.once) for side in sides]  # also warms both
    found, memory = zip(*seen, strict=True)
    answers = [done.found if isinstance(done, Took) else done for done in found]
    if answers[0] != answers[1]:
        raise AssertionError(f"{contest.work}: {sides[0].name} and {sides[1].name} disagree")
    taken: tuple[list[float], list[float]] = ([], [])
    started = time.perf_counter()
    while len(taken[0]) < most:
        if len(taken[0]) >= (contest.least or least) and time.perf_counter() - started > seconds:
            break
        # Who goes first takes turns too: the second finds what the first has just read.
        for which in (0, 1) if len(taken[0]) % 2 else (1, 0):
            sides[which].before()
            begun = time.perf_counter()
            done = sides[which].work()
            elapsed = (time.perf_counter() - begun) * 1000
            taken[which].append(done.milliseconds if isinstance(done, Took) else elapsed)
    ours, theirs = taken
    return Result(
        contest,
        ratio=statistics.median(a / b for a, b in zip(ours, theirs, strict=True)),
        p50=statistics.median(ours),
        p99=percentile(ours, 0.99),
        theirs_p50=statistics.median(theirs),
        memory=memory,
        runs=len(ours),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all are not above."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
