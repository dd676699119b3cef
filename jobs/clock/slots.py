"""The slots of a schedule: which moments the wall clock of a time zone makes of a cron expression.

Where a zone changes its clock:
- A time that does not exist (02:30 when the clock jumps from 2 to 3) runs as much later as the
  clock jumped: at 03:30, as PostgreSQL reads that time. It is not lost, and not run twice when
  03:30 is a slot of its own.
- A time that exists twice runs the first time only. An hour field of `*` says "every hour" and not
  a time of day: such a job runs on through both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apscheduler.triggers.base import BaseTrigger

from jobs.clock.cron import Cron

_TICK = timedelta(microseconds=1)
# The largest change of a clock that is looked for; those in use are up to 3 hours.
_NEAR = timedelta(hours=4)


@dataclass(frozen=True)
class Schedule:
    """A cron expression in a time zone. Moments in and out are aware and in UTC."""

    cron: Cron
    zone: ZoneInfo

    @classmethod
    def read(cls, cron: str, time_zone: str) -> Schedule:
        """Raises ValueError with what cannot be read."""
        try:
            zone = ZoneInfo(time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"the time zone {time_zone} is not known on this node") from None
        return cls(Cron.parse(cron), zone)

    def after(self, moment: datetime) -> datetime | None:
        """The first slot after a moment; None when there is none in a lifetime."""
        slack = self._change_near(moment)
        start = (moment + _TICK).astimezone(self.zone).replace(tzinfo=None) - slack
        best, last = None, datetime.max
        for wall in self.cron.walls(start):
            if wall > last:
                break
            for slot in self._moments(wall):
                if slot > moment and (best is None or slot < best):
                    best = slot
                    # A later time of the wall clock may come earlier by as much as it changes.
                    last = wall + max(slack, self._change_near(slot))
            if best is not None and last == wall:
                break
        return best

    def latest(self, since: datetime, until: datetime) -> datetime | None:
        """The last slot after `since`, up to and including `until`."""
        step = timedelta(seconds=1)
        while True:
            start = max(since, until - step)
            found = self.after(start)
            if found is not None and found <= until:
                break
            if start == since:
                return None
            step *= 4
        while (following := self.after(found)) is not None and following <= until:
            found = following
        return found

    def _moments(self, wall: datetime) -> Sequence[datetime]:
        first, second = (
            wall.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1)
        )
        if first == second:
            return (first,)
        if first < second:  # exists twice
            return (first, second) if self.cron.every_hour else (first,)
        # Does not exist: PEP 495 reads it by the offset before the change.
        return () if self.cron.every_hour else (first,)

    def _change_near(self, moment: datetime) -> timedelta:
        """By how much the clock changes around a moment, where that can reorder its slots."""
        change = self._change_within(_NEAR, moment)
        # An hour's change reorders nothing further away than an hour.
        return self._change_within(change, moment) if change else change

    def _change_within(self, away: timedelta, moment: datetime) -> timedelta:
        offsets = [
            (moment + shift).astimezone(self.zone).utcoffset() or timedelta()
            for shift in (-away, timedelta(), away)
        ]
        return max(offsets) - min(offsets)


class SlotTrigger(BaseTrigger):  # type: ignore[misc]
    """Tells APScheduler when to look at a job again: at its next slot from now."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        moment = now if previous is None else max(previous, now)
        return self._schedule.after(moment.astimezone(UTC))
