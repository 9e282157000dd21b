"""A date while it is read from words: what is named, what is added, and what both make together (timelib)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

SATURDAY = 5


class NoDate(ValueError):
    """Nothing that PHP would take for a date."""


@dataclass(slots=True)
class Moment:
    """``year`` to ``second`` are ``None`` where they are those of ``now``; ``months`` to ``workdays`` are added.

    ``weekday`` is looked for from that day on, Sunday is 0: ``counts_today`` where the day itself may be it,
    ``is_in_week`` in the week from Monday on, ``counts_in_month`` from the first of the month, or ``is_from_end``.
    ``edge``: the first or last day of the month is meant.
    """

    now: datetime
    year: int | None = None
    month: int | None = None
    day: int | None = None
    clock: timedelta | None = None
    has_date: bool = False
    has_time: bool = False
    zone: tzinfo | timedelta | None = None
    months: int = 0
    days: int = 0
    seconds: int = 0
    workdays: int = 0
    weekday: int | None = None
    counts_today: bool = False
    is_in_week: bool = False
    counts_in_month: bool = False
    is_from_end: bool = False
    edge: str = ""

    def set_date(self, year: int | None, month: int, day: int | None) -> None:
        """A date, of which nothing, or month or year and month may be missing. Raises NoDate for a second one."""
        if self.has_date:
            raise NoDate
        self.has_date = True
        self.year, self.month, self.day = self.year if year is None else year, month, day

    def set_time(self, hour: int, minute: int, second: int) -> None:
        """A time of day. Raises NoDate for a second one."""
        if self.has_time:
            raise NoDate
        self.has_time = True
        self.clock = timedelta(hours=hour, minutes=minute, seconds=second)

    def reset_time(self) -> None:
        """The beginning of the day, whatever was said before."""
        self.has_time, self.clock = False, timedelta()

    def set_zone(self, zone: tzinfo | timedelta) -> None:
        """The zone in which the date counts. Raises NoDate for a second one."""
        if self.zone is not None:
            raise NoDate
        self.zone = zone

    def add_weekday(self, weekday: int, count: int, *, counts_today: bool) -> None:
        """The ``count``th such day from here on."""
        self.days += 7 * (count - 1 if count > 0 else count)
        self.weekday, self.counts_today = weekday, counts_today

    def turn_back(self) -> None:
        """All that is added is taken off."""
        self.months, self.days, self.seconds, self.workdays = -self.months, -self.days, -self.seconds, -self.workdays

    def result(self) -> datetime:
        """The moment, in UTC. Raises ValueError and OverflowError for one that cannot be told."""
        day = self._with_workdays(self._with_months(self._with_weekday(self._named_day())))
        return self._in_utc(day + self._clock()) + timedelta(seconds=self.seconds)

    def _named_day(self) -> datetime:
        """The day without what is added; the days of a month are counted on into the next."""
        year = self.now.year if self.year is None else self.year
        month = self.now.month if self.month is None else self.month
        day = self.now.day if self.day is None else self.day
        if self.counts_in_month:
            month, day, self.months = month + self.months + self.is_from_end, 1, 0
        return _day(year, month, day)

    def _with_weekday(self, day: datetime) -> datetime:
        today = day.isoweekday() % 7
        if self.is_in_week:
            wanted = 1 if self.weekday is None else self.weekday
            return day + timedelta(days=(wanted - 1) % 7 - day.weekday())
        if self.weekday is None:
            return day
        ahead = self.weekday - today
        if (self.days < 0 and ahead < 0) or (self.days >= 0 and ahead <= -self.counts_today):
            ahead += 7
        return day + timedelta(days=ahead)

    def _with_months(self, day: datetime) -> datetime:
        month, number = day.month + self.months, day.day + self.days
        if self.edge == "first":
            number = 1
        elif self.edge == "last":
            month, number = month + 1, 0
        return _day(day.year, month, number)

    def _with_workdays(self, day: datetime) -> datetime:
        sign = -1 if self.workdays < 0 else 1
        weeks, rest = divmod(abs(self.workdays), 5)
        day += timedelta(weeks=sign * weeks)
        while rest:
            day += timedelta(days=sign)
            rest -= day.weekday() < SATURDAY
        return day

    def _clock(self) -> timedelta:
        if self.clock is not None:
            return self.clock
        if self.has_date:
            return timedelta()
        return timedelta(hours=self.now.hour, minutes=self.now.minute, seconds=self.now.second)

    def _in_utc(self, moment: datetime) -> datetime:
        if isinstance(self.zone, tzinfo):
            return moment.replace(tzinfo=self.zone).astimezone(UTC)
        return moment - (self.zone or timedelta())


def _day(year: int, month: int, day: int) -> datetime:
    """A day by numbers that may be too high or too low."""
    years, month = divmod(month - 1, 12)
    return datetime(year + years, month + 1, 1, tzinfo=UTC) + timedelta(days=day - 1)
