"""Slots where America/Chicago and Europe/Berlin change their clocks, computed and read back.

Spring forward: Chicago 8 March 2026 02:00 → 03:00, Berlin 29 March 2026 02:00 → 03:00.
Fall back: Chicago 1 November 2026 02:00 → 01:00, Berlin 25 October 2026 03:00 → 02:00.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from jobs.clock.slots import Schedule, SlotTrigger
from tests.conftest import Connection

CHICAGO, BERLIN = "America/Chicago", "Europe/Berlin"
CHANGES = [
    (CHICAGO, date(2026, 3, 8)),
    (CHICAGO, date(2026, 11, 1)),
    (BERLIN, date(2026, 3, 29)),
    (BERLIN, date(2026, 10, 25)),
]


def slots(cron: str, zone: str, day: date, days: int = 1) -> list[datetime]:
    """All slots of some local days, asked for one after another, as the clock does."""
    schedule = Schedule.read(cron, zone)
    start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    end = (start + timedelta(days=days)).astimezone(UTC)  # by the wall clock
    moment, found = start.astimezone(UTC) - timedelta(microseconds=1), []
    while (slot := schedule.after(moment)) is not None and slot < end:
        found.append(slot)
        moment = slot
    return found


def local(cron: str, zone: str, day: date) -> list[str]:
    return [f"{slot.astimezone(ZoneInfo(zone)):%H:%M%z}" for slot in slots(cron, zone, day)]


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        # Does not exist: as much later as the clock jumped.
        (CHICAGO, date(2026, 3, 8), ["03:30-0500"]),
        (BERLIN, date(2026, 3, 29), ["03:30+0200"]),
        # Exists twice in Berlin: the first time. In Chicago 02:30 exists once on that day.
        (BERLIN, date(2026, 10, 25), ["02:30+0200"]),
        (CHICAGO, date(2026, 11, 1), ["02:30-0600"]),
        # An ordinary day.
        (CHICAGO, date(2026, 3, 9), ["02:30-0500"]),
        (BERLIN, date(2026, 10, 26), ["02:30+0100"]),
    ],
)
def test_half_past_two_runs_once_a_day(zone: str, day: date, expected: list[str]) -> None:
    assert local("30 2 * * *", zone, day) == expected


def test_a_time_that_exists_twice_in_chicago_runs_the_first_time() -> None:
    assert local("30 1 * * *", CHICAGO, date(2026, 11, 1)) == ["01:30-0500"]


def test_a_slot_of_its_own_is_not_run_twice() -> None:
    assert local("30 2,3 * * *", BERLIN, date(2026, 3, 29)) == ["03:30+0200"]
    assert local("0,30 1-3 * * *", CHICAGO, date(2026, 3, 8)) == [
        "01:00-0600", "01:30-0600", "03:00-0500", "03:30-0500",
    ]  # fmt: skip
    assert local("*/30 2 * * *", BERLIN, date(2026, 10, 25)) == ["02:00+0200", "02:30+0200"]


@pytest.mark.parametrize(("zone", "day"), CHANGES)
@pytest.mark.parametrize(
    ("cron", "step"),
    [("*/20 * * * *", timedelta(minutes=20)), ("*/30 * * * * *", timedelta(seconds=30))],
)
def test_every_hour_means_every_hour_that_passes(
    zone: str, day: date, cron: str, step: timedelta
) -> None:
    found = slots(cron, zone, day)
    start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    hours = 23 if day.month == 3 else 25
    assert found == [start + step * n for n in range(hours * 3600 // int(step.total_seconds()))]


def test_a_fixed_hour_has_all_its_slots_whatever_the_clock_does() -> None:
    for zone, day in CHANGES:
        found = slots("*/20 * 2 * * *", zone, day)
        assert len(found) == 180
        assert {b - a for a, b in pairwise(found)} == {timedelta(seconds=20)}


@pytest.mark.parametrize(("zone", "day"), CHANGES)
@pytest.mark.parametrize("cron", ["0,15,30 0-4 * * *", "59 1,2 * * *", "*/7 1-3 * * sun"])
def test_no_slot_is_skipped_or_repeated_from_wherever_it_is_asked_for(
    zone: str, day: date, cron: str
) -> None:
    """From every minute of the day the next slot is the next of the whole list."""
    schedule, found = Schedule.read(cron, zone), slots(cron, zone, day)
    assert found == sorted(set(found))
    start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    for minute in range(0, 6 * 60, 3):
        moment = start + timedelta(minutes=minute)
        following = [slot for slot in found if slot > moment]
        if following:
            assert schedule.after(moment) == following[0]
        before = [slot for slot in found if slot <= moment]
        since = start - timedelta(microseconds=1)
        assert schedule.latest(since, moment) == (before[-1] if before else None)


@pytest.mark.parametrize(("zone", "day"), [CHANGES[0], CHANGES[2]])
def test_a_time_that_does_not_exist_is_read_as_postgresql_reads_it(
    zone: str, day: date, owner: Connection
) -> None:
    row = owner.execute("select (%s::date + time '02:30') at time zone %s", [day, zone]).fetchone()
    assert row == (slots("30 2 * * *", zone, day)[0],)


@pytest.mark.parametrize("zone", [CHICAGO, BERLIN])
def test_a_year_of_nights_has_one_run_each(zone: str) -> None:
    found = slots("30 2 * * *", zone, date(2026, 1, 1), 365)
    days = [slot.astimezone(ZoneInfo(zone)).date() for slot in found]
    assert days == [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


def test_apscheduler_is_told_the_same_slots() -> None:
    trigger = SlotTrigger(Schedule.read("30 2 * * *", BERLIN))
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)
    first = trigger.get_next_fire_time(None, before)
    assert first == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    # After a sleep of days it looks ahead; what was missed is for the lane to decide.
    awake = datetime(2026, 4, 2, 12, tzinfo=UTC)
    assert trigger.get_next_fire_time(first, awake) == datetime(2026, 4, 3, 0, 30, tzinfo=UTC)
