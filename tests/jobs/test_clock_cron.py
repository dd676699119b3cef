"""Cron expressions: crontab's meaning, and one grammar in PostgreSQL and in the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.clock.cron import Cron
from jobs.clock.slots import Schedule
from tests.conftest import DEPLOYED, TestServer, clone

START = datetime(2026, 3, 2, 0, 0)  # a Monday

READABLE = [
    "* * * * *",
    "*/5 * * * * *",
    "30 2 * * mon-fri",
    "0 0 1,15 * *",
    "59 59 23 31 12 7",
    "0-30/10,45 8-18/2 * jan,jul SUN",
    "0 0 * * fri-sun",
    "0 0 * * 5-7",
    "00 07 01 01 *",
    "0 0 29 2 *",
]
UNREADABLE = [
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * 32 * *",
    "* * * 13 *",
    "* * * 0 *",
    "* * * * 8",
    "* * * * mo",
    "* * * mon *",
    "*/0 * * * *",
    "5/10 * * * *",
    "*-5 * * * *",
    "30-10 * * * *",
    "* * * * fri-mon",
    "1,,2 * * * *",
    "1, * * * *",
    "-1 * * * *",
    "1.5 * * * *",
    "@daily",
    "* * * *",
    "* * * * * * *",
    "last * * * *",
    "*/1000 * * * *",
    "100 * * * *",
]


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        # Sunday is 0 and 7, and Monday is 1: not as in APScheduler.
        ("0 12 * * 0", ["03-08 12:00", "03-15 12:00"]),
        ("0 12 * * 7", ["03-08 12:00", "03-15 12:00"]),
        ("0 12 * * 1", ["03-02 12:00", "03-09 12:00"]),
        ("0 12 * * sat-sun", ["03-07 12:00", "03-08 12:00", "03-14 12:00"]),
        # Either kind of day is enough when both are given; `*/2` is none given.
        ("0 12 4 * fri", ["03-04 12:00", "03-06 12:00", "03-13 12:00"]),
        ("0 12 */2 * fri", ["03-13 12:00", "03-27 12:00"]),
        ("0 12 4 * *", ["03-04 12:00", "04-04 12:00"]),
        ("0 0 31 * *", ["03-31 00:00", "05-31 00:00", "07-31 00:00"]),
        ("10-20/5 6 2 mar *", ["03-02 06:10", "03-02 06:15", "03-02 06:20"]),
    ],
)
def test_the_meaning_is_crontabs(cron: str, expected: list[str]) -> None:
    walls = Cron.parse(cron).walls(START)
    assert [f"{next(walls):%m-%d %H:%M}" for _ in expected] == expected


def test_seconds_stand_first_when_there_are_six_fields() -> None:
    walls = Cron.parse("15,45 30 2 * * *").walls(START)
    assert [f"{next(walls):%H:%M:%S}" for _ in range(2)] == ["02:30:15", "02:30:45"]


def test_a_time_that_never_comes_has_no_slot() -> None:
    assert Schedule.read("0 0 30 2 *", "UTC").after(datetime(2026, 3, 2, tzinfo=UTC)) is None
    leap = Schedule.read("0 0 29 2 *", "UTC").after(datetime(2096, 3, 1, tzinfo=UTC))
    assert leap == datetime(2104, 2, 29, tzinfo=UTC)


@pytest.mark.parametrize("cron", READABLE)
def test_what_is_readable(cron: str) -> None:
    assert next(Cron.parse(cron).walls(START)) >= START


@pytest.mark.parametrize("cron", UNREADABLE)
def test_what_is_not_readable(cron: str) -> None:
    with pytest.raises(ValueError, match=r"read|fields"):
        Cron.parse(cron)


def test_an_unknown_time_zone_is_not_readable() -> None:
    for zone in ("Mars/Olympus", "", "../../etc/passwd", "UTC "):
        with pytest.raises(ValueError, match="time zone"):
            Schedule.read("* * * * *", zone)


NUMBER = st.integers(0, 70).map(str)
NAME = st.sampled_from(["mon", "sun", "sat", "jan", "dec", "xyz"])
VALUE = st.one_of(NUMBER, NUMBER, NAME)
ITEM = st.one_of(
    st.just("*"),
    st.builds("*/{}".format, NUMBER),
    VALUE,
    st.builds("{}-{}".format, VALUE, VALUE),
    st.builds("{}-{}/{}".format, VALUE, VALUE, NUMBER),
    st.text("0123456789*-/,amonsu", min_size=1, max_size=5),
)
FIELD = st.lists(ITEM, min_size=1, max_size=3).map(",".join)
EXPRESSION = st.integers(5, 6).flatmap(
    lambda fields: st.lists(st.one_of(st.just("*"), FIELD), min_size=fields, max_size=fields).map(
        " ".join
    )
)


def test_postgresql_and_the_clock_read_the_same(server: TestServer) -> None:
    with clone(server, DEPLOYED) as database, database.connect(autocommit=True) as conn:
        conn.execute("set role qb_owner")

        def agree(cron: str) -> bool:
            """Whether it is readable, by both."""
            row = conn.execute("select ops.cron_fault(%s)", [cron]).fetchone()
            assert row is not None
            try:
                Cron.parse(cron)
            except ValueError as error:
                # A wrong number of fields is the table's to refuse.
                if len(cron.split(" ")) in (5, 6):
                    assert str(error) == f"{row[0]} cannot be read"
                return False
            assert row[0] is None, (cron, row)
            return True

        assert all(agree(cron) for cron in READABLE)
        assert not any(agree(cron) for cron in UNREADABLE)

        @settings(max_examples=400, deadline=None)
        @given(EXPRESSION)
        def both(cron: str) -> None:
            agree(cron)

        both()


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(READABLE),
    st.sampled_from(["UTC", "America/Chicago", "Europe/Berlin", "Australia/Lord_Howe"]),
    st.integers(0, 3 * 365 * 86400),
)
def test_slots_ascend_and_match_their_wall_clock(cron: str, zone: str, seconds: int) -> None:
    schedule = Schedule.read(cron, zone)
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    for _ in range(5):
        slot = schedule.after(moment)
        assert slot is not None
        assert slot > moment
        assert schedule.latest(moment, slot) == slot
        assert schedule.latest(moment, slot - timedelta(microseconds=1)) is None
        moment = slot


def test_the_table_refuses_what_cannot_be_read(server: TestServer) -> None:
    with clone(server, DEPLOYED) as database, database.connect(autocommit=True) as conn:
        conn.execute("set role qb_owner")
        for cron in UNREADABLE:
            with pytest.raises(psycopg.Error) as caught:
                conn.execute("update ops.job set cron = %s where job = 'check'", [cron])
            assert caught.value.diag.constraint_name in {
                "job_cron_is_readable",
                "job_cron_has_five_or_six_fields",
            }
        for cron in READABLE:
            conn.execute("update ops.job set cron = %s where job = 'check'", [cron])
