"""Two real clocks on one database, the leader killed again and again: every slot is run once.

What a slot was run for is written down by the job itself (`clock_node.tick`), so that a second run
would be seen although `ops.job_run` has room for one row only.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import Connection, Database
from tests.jobs.nodes import EXECUTED, Nodes, nodes

GRACE_SECONDS = 15


@pytest.fixture
def ticking(database: Database, owner: Connection, tmp_path: Path) -> Iterator[Nodes]:
    """A job of every second, and two nodes that could run it."""
    owner.execute(EXECUTED)
    owner.execute("update ops.job set is_enabled = false")
    owner.execute(
        "insert into ops.job (job, cron, grace_seconds, description)"
        " values ('tick', '* * * * * *', %s, 'Counts.')",
        [GRACE_SECONDS],
    )
    with nodes(database, owner, tmp_path) as running:
        running.start()
        running.start()
        yield running


def kill_leaders(running: Nodes, kills: int, seconds: float) -> int:
    """Lives for `seconds` and kills the leader at random moments; each time a new node comes.

    Returns how many kills there were.
    """
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    moments = random.Random(seed)
    started, done = time.monotonic(), 0
    for number in range(kills):
        at = seconds * (number + moments.uniform(0.2, 0.9)) / kills
        time.sleep(max(0.0, started + at - time.monotonic()))
        running.kill(running.wait_for_leader())
        running.start()
        done += 1
    time.sleep(max(0.0, started + seconds - time.monotonic()))
    running.wait_for_leader()
    return done


def assert_each_slot_ran_once(owner: Connection, kills: int) -> None:
    rows = owner.execute(
        "select scheduled_for, status, node, started_at - scheduled_for, detail ->> 'error'"
        " from ops.job_run where job = 'tick' order by scheduled_for"
    ).fetchall()
    slots = [row[0] for row in rows]
    assert slots == [slots[0] + timedelta(seconds=n) for n in range(len(slots))], "a slot is left"
    statuses = Counter(row[1] for row in rows)
    assert statuses["missed"] == statuses["overrun"] == 0
    # The run that a kill cut in two is recorded as lost; nobody knows how far it came.
    lost = [row for row in rows if row[1] == "failed"]
    assert {row[4] for row in lost} <= {"NodeLost"}
    assert len(lost) <= kills
    executed = Counter(session for (session,) in owner.execute("select session from ops.executed"))
    names = {f"job tick {row[0].astimezone(UTC):%Y%m%dT%H%M%S.%fZ}": row for row in rows}
    assert executed.keys() <= names.keys()
    assert max(executed.values()) == 1, "a slot was run twice"
    assert {n for n in names if names[n][1] == "succeeded"} <= executed.keys()
    assert len({row[2] for row in rows}) >= min(2, kills + 1), "one node did it all"
    late = max(row[3] for row in rows)
    print(f"{len(rows)} slots, {kills} kills, {len(lost)} runs cut, latest start {late}")
    assert late < timedelta(seconds=GRACE_SECONDS)


def settle(running: Nodes, owner: Connection) -> None:
    """No new slot, and nothing unfinished."""
    owner.execute("update ops.job set is_enabled = false")
    running.wait(
        lambda: (
            owner.execute(
                "select not exists (select from ops.job_run where status = 'running')"
            ).fetchone()
            == (True,)
        )
    )


def test_no_slot_twice_and_none_missed_while_leaders_are_killed(
    ticking: Nodes, owner: Connection
) -> None:
    ticking.wait_for_leader()
    kills = kill_leaders(ticking, 3, 9)
    settle(ticking, owner)
    assert kills == 3
    assert_each_slot_ran_once(owner, kills)


@pytest.mark.long
def test_half_an_hour_of_seconds_with_five_kills(ticking: Nodes, owner: Connection) -> None:
    ticking.wait_for_leader()
    started = datetime.now(UTC)
    kills = kill_leaders(ticking, 5, 1800)
    settle(ticking, owner)
    assert_each_slot_ran_once(owner, kills)
    [(count,)] = owner.execute("select count(*) from ops.job_run where job = 'tick'").fetchall()
    assert count >= (datetime.now(UTC) - started).total_seconds() - GRACE_SECONDS - 5
