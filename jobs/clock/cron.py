"""Cron expressions as crontab(5) reads them, over wall clock times without a time zone.

Five fields, or six with the seconds first: minute, hour, day of month, month, day of week. In each
items separated by commas: `*`, `*/n`, `a`, `a-b`, `a-b/n`; months and days of the week by number or
by their first three letters, Sunday is 0 or 7. When day of month and day of week both say
something else than `*`, either is enough. `ops.cron_fault` refuses what this cannot read.

APScheduler's own reader is not used: its Monday is 0 where crontab's Sunday is, and it wants both
kinds of day to match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_MONTHS = ("-", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS: Sequence[tuple[str, int, int, Sequence[str]]] = (
    ("second", 0, 59, ()),
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("day of month", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("day of week", 0, 7, _WEEKDAYS),
)
_ITEM = re.compile(
    r"(?P<low>\*|[0-9]{1,2}|[a-z]{3})(?:-(?P<high>[0-9]{1,2}|[a-z]{3}))?(?:/(?P<step>[0-9]{1,3}))?",
    re.ASCII,
)
# The 29th of February on a given day of the week comes back within 40 years, over 2100 as well.
_HORIZON_DAYS = 41 * 366


@dataclass(frozen=True)
class Cron:
    """One expression. Weekdays are Python's: Monday is 0."""

    seconds: Sequence[int]
    minutes: Sequence[int]
    hours: Sequence[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either_day: bool
    every_hour: bool

    @classmethod
    def parse(cls, text: str) -> Cron:
        """Raises ValueError with what cannot be read."""
        fields = text.lower().split(" ")
        if len(fields) == 5:
            fields = ["0", *fields]
        if len(fields) != 6:
            raise ValueError(f"a cron expression has five or six fields, this one {len(fields)}")
        second, minute, hour, day, month, weekday = (
            _values(field, *known) for field, known in zip(fields, _FIELDS, strict=True)
        )
        return cls(
            seconds=sorted(second),
            minutes=sorted(minute),
            hours=sorted(hour),
            days=frozenset(day),
            months=frozenset(month),
            weekdays=frozenset((number - 1) % 7 for number in weekday),
            either_day=not fields[3].startswith("*") and not fields[5].startswith("*"),
            every_hour=fields[2] == "*",
        )

    def walls(self, start: datetime) -> Iterator[datetime]:
        """The matching times from `start` on, ascending; ends where none comes for 41 years."""
        if start.microsecond:
            start = start.replace(microsecond=0) + timedelta(seconds=1)
        day, lowest = start.date(), (start.hour, start.minute, start.second)
        searched = 0
        while searched < _HORIZON_DAYS and day.year < 9999:
            if self._matches(day):
                searched = 0
                yield from self._times(day, lowest)
            lowest = (0, 0, 0)
            searched += 1
            day += timedelta(days=1)

    def _matches(self, day: date) -> bool:
        if day.month not in self.months:
            return False
        by_day, by_weekday = day.day in self.days, day.weekday() in self.weekdays
        return by_day or by_weekday if self.either_day else by_day and by_weekday

    def _times(self, day: date, lowest: tuple[int, int, int]) -> Iterator[datetime]:
        for hour in self.hours:
            if hour < lowest[0]:
                continue
            for minute in self.minutes:
                if (hour, minute) < lowest[:2]:
                    continue
                for second in self.seconds:
                    if (hour, minute, second) >= lowest:
                        yield datetime(day.year, day.month, day.day, hour, minute, second)


def _values(field: str, name: str, lowest: int, highest: int, names: Sequence[str]) -> set[int]:
    found: set[int] = set()
    for item in field.split(","):
        match = _ITEM.fullmatch(item)
        if match is None:
            raise ValueError(f"{name} {item} cannot be read")
        low_text, high_text, step_text = match["low"], match["high"], match["step"]
        if low_text == "*":
            low, high = lowest, highest
        else:
            low = _number(low_text, names)
            # A week may end on Sunday.
            high = 7 if high_text == "sun" else _number(high_text or low_text, names)
        stray = high_text if low_text == "*" else step_text if high_text is None else None
        step = int(step_text or 1)
        if stray is not None or step == 0 or not lowest <= low <= high <= highest:
            raise ValueError(f"{name} {item} cannot be read")
        found.update(range(low, high + 1, step))
    return found


def _number(text: str, names: Sequence[str]) -> int:
    if text.isdecimal():
        return int(text)
    return names.index(text) if text in names else -1
