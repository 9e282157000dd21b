"""Dates as PHP's ``strtotime`` understands them: those that people write into ``#time``.

https://www.php.net/manual/en/datetime.formats.php, as far as the formats there are in use on wikis.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if number}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if number} | {"sept": 9}
DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
DAYS |= {name.lower(): number for number, name in enumerate(calendar.day_abbr)} | {"tues": 1, "wednes": 2, "thur": 3}
COUNTS = {"last": -1, "previous": -1, "this": 0, "next": 1, "first": 1, "second": 2, "third": 3, "fourth": 4}
UNITS = {
    "sec": "seconds", "second": "seconds", "min": "minutes", "minute": "minutes", "hour": "hours", "day": "days",
    "weekday": "days", "week": "weeks", "fortnight": "fortnights", "month": "months", "year": "years",
}  # fmt: skip
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY = "|".join(sorted(DAYS, key=len, reverse=True))
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
ORDINAL = r"(?:st|nd|rd|th)?"
# Years that Python can count with, both ends kept free for what is added.
FIRST_YEAR, LAST_YEAR = 1, 9998

Reader = Callable[["_Moment", re.Match[str]], None]


class NoDate(ValueError):
    """Nothing that PHP would take for a date."""


class _Moment:
    """A date while it is read: fields that are named, and what is added at last."""

    def __init__(self, now: datetime) -> None:
        self.when = now
        self.has_time = self.has_date = False
        self.months = 0
        self.added = timedelta()
        self.weekday: tuple[int, int] | None = None
        self.edge = ""

    def date(self, year: int, month: int, day: int) -> None:
        if not 1 <= month <= 12 or not 0 < day <= 31:
            raise NoDate
        # PHP counts 31 February on into March.
        self.when = self.when.replace(year=year, month=month, day=1) + timedelta(days=day - 1)
        self.has_date = True

    def time(self, hour: int, minute: int = 0, second: int = 0) -> None:
        if hour > 24 or minute > 59 or second > 60:
            raise NoDate
        self.when = self.when.replace(hour=0, minute=0, second=0, microsecond=0)
        self.added += timedelta(hours=hour, minutes=minute, seconds=second)
        self.has_time = True

    def result(self) -> datetime:
        """The moment: months are counted before days, weekdays after all."""
        when = self.when
        if self.has_date and not self.has_time:
            when = when.replace(hour=0, minute=0, second=0, microsecond=0)
        year, month = divmod(when.year * 12 + when.month - 1 + self.months, 12)
        day = {"first": 1, "last": calendar.monthrange(year, month + 1)[1]}.get(self.edge, when.day)
        when = when.replace(year=year, month=month + 1, day=1) + timedelta(days=day - 1) + self.added
        if self.weekday is not None:
            day, count = self.weekday
            ahead = (day - when.weekday()) % 7
            when += timedelta(days=ahead + 7 * (count - (1 if count > 0 and ahead else 0)))
        return when


def read_moment(text: str, now: datetime) -> datetime:
    """The moment that a text names, in UTC where it names no zone. Raises NoDate."""
    moment = _Moment(now.astimezone(UTC))
    text = re.sub(r"\s+", " ", text.strip().lower())
    if re.fullmatch(r"\d{4}", text):
        text = "00:00 " + text  # Not a time, as it is for PHP.
    position = 0
    try:
        while position < len(text):
            position = _read_next(moment, text, position)
        return moment.result()
    except (ValueError, OverflowError) as error:
        raise NoDate(text) from error


def _read_next(moment: _Moment, text: str, position: int) -> int:
    for pattern, reader in READERS:
        found = pattern.match(text, position)
        if found and found.end() > position:
            reader(moment, found)
            return found.end()
    raise NoDate


def _iso(moment: _Moment, found: re.Match[str]) -> None:
    moment.date(_year(found[1]), int(found[2]), int(found[3] or 1))


def _american(moment: _Moment, found: re.Match[str]) -> None:
    moment.date(_year(found[3]) if found[3] else moment.when.year, int(found[1]), int(found[2]))


def _european(moment: _Moment, found: re.Match[str]) -> None:
    moment.date(_year(found[3]), int(found[2]), int(found[1]))


def _day_month(moment: _Moment, found: re.Match[str]) -> None:
    moment.date(_year(found[3]) if found[3] else moment.when.year, MONTHS[found[2]], int(found[1]))


def _month_day(moment: _Moment, found: re.Match[str]) -> None:
    moment.date(_year(found[3]) if found[3] else moment.when.year, MONTHS[found[1]], int(found[2]))


def _month_year(moment: _Moment, found: re.Match[str]) -> None:
    moment.date(_year(found[2]) if found[2] else moment.when.year, MONTHS[found[1]], 1 if found[2] else moment.when.day)


def _compact(moment: _Moment, found: re.Match[str]) -> None:
    moment.date(int(found[1]), int(found[2]), int(found[3]))
    if found[4]:
        moment.time(int(found[4]), int(found[5]), int(found[6]))


def _clock(moment: _Moment, found: re.Match[str]) -> None:
    hour, half = int(found[1]), found[4]
    if half and not 1 <= hour <= 12:
        raise NoDate
    hour = hour % 12 + (12 if half.startswith("p") else 0) if half else hour
    moment.time(hour, int(found[2] or 0), int(found[3] or 0))


def _zone(moment: _Moment, found: re.Match[str]) -> None:
    if found[1]:
        ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0)) * (-1 if found[1] == "-" else 1)
        moment.when = moment.when.replace(tzinfo=timezone(ahead)).astimezone(UTC)


def _stamp(moment: _Moment, found: re.Match[str]) -> None:
    moment.when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(found[1]))
    moment.has_time = True


def _word(moment: _Moment, found: re.Match[str]) -> None:
    days = {"tomorrow": 1, "yesterday": -1}.get(found[0], 0)
    if found[0] != "now":
        moment.when = moment.when.replace(hour=12 if found[0] == "noon" else 0, minute=0, second=0, microsecond=0)
        moment.has_time = True
    moment.added += timedelta(days=days)


def _relative(moment: _Moment, found: re.Match[str]) -> None:
    count = COUNTS[found[3]] if found[3] else int(found[2]) * (-1 if found[1].count("-") % 2 else 1)
    count = -count if found[5] else count
    unit = UNITS[found[4].removesuffix("s") if found[4] not in UNITS else found[4]]
    if unit in ("months", "years"):
        moment.months += count * (12 if unit == "years" else 1)
    else:
        days = {"weeks": 7, "fortnights": 14}.get(unit)
        moment.added += timedelta(days=count * days) if days else timedelta(**{unit: count})


def _weekday(moment: _Moment, found: re.Match[str]) -> None:
    moment.weekday = DAYS[found[2]], COUNTS.get(found[1] or "", 0)
    if not moment.has_time:
        moment.time(0)


def _month_edge(moment: _Moment, found: re.Match[str]) -> None:
    moment.months += COUNTS.get(found[2] or "this", 0)
    moment.edge = found[1]


def _only_year(moment: _Moment, found: re.Match[str]) -> None:
    moment.date(_year(found[1]), moment.when.month, moment.when.day)


def _nothing(_moment: _Moment, _found: re.Match[str]) -> None:
    return


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        year += 2000 if year < 70 else 1900
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoDate
    return year


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.A)


READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_pattern(r"@(-?\d{1,11})\b"), _stamp),
    (_pattern(r"(\d{4})(\d{2})(\d{2})(?:t?(\d{2}):?(\d{2}):?(\d{2}))?(?!\d)"), _compact),
    (_pattern(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?!\d)"), _iso),
    (_pattern(r"(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)"), _iso),
    (_pattern(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?!\d)"), _american),
    (_pattern(r"(\d{1,2})[.-](\d{1,2})[.-](\d{4})(?!\d)"), _european),
    (_pattern(r"t?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.?m\.?)?"), _clock),
    (_pattern(r"(\d{1,2})()() ?([ap])\.?m\.?"), _clock),
    (_pattern(rf"(\d{{1,2}}){ORDINAL}[ .-]*({MONTH})\b\.?(?:[ ,.-]*(\d{{4}}))?(?!\d)"), _day_month),
    (_pattern(rf"({MONTH})\b\.?[ .-]*(\d{{1,2}}){ORDINAL}(?!\d)(?:[ ,.-]+(\d{{4}})(?!\d|:))?"), _month_day),
    (_pattern(rf"({MONTH})\b\.?(?:[ ,.-]*(\d{{4}}))?(?!\d)"), _month_year),
    (_pattern(r"(now|today|midnight|noon|tomorrow|yesterday)\b"), _word),
    (_pattern(r"(first|last) day of(?: (next|last|previous|this) month)?"), _month_edge),
    (_pattern(rf"(?:([+-]*) ?(\d{{1,7}})|({'|'.join(COUNTS)})) ?((?:{UNIT})s?)\b( ago\b)?"), _relative),
    (_pattern(rf"(?:({'|'.join(COUNTS)}) )?({DAY})\b\.?"), _weekday),
    (_pattern(r"(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?|(?:gmt|utc|z)()\b"), _zone),
    (_pattern(r"(\d{4})(?!\d)"), _only_year),
    (_pattern(r"[ ,]|of\b|the\b|at\b"), _nothing),
)
