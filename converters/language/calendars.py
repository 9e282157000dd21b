"""Other calendars in ``#time``: the day that each gives to a Gregorian one (Language::sprintfDate).

MediaWiki counts the Islamic calendar by its arithmetic rule, and the Iranian one by its cycle of 33 years.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# The first day of each calendar, as Python's ordinal; of the Iranian one that of the year 979.
HIJRI_START, HEBREW_START, IRANIAN_START = 227015, -1373427, date(1600, 3, 20).toordinal()
FIRST_IRANIAN_YEAR, IRANIAN_CYCLE, IRANIAN_CYCLE_DAYS = 979, 33, 12053
# From that day on the calendar is Gregorian, before it is Julian.
GREGORIAN_START = date(1582, 10, 15).toordinal()
# 19 years have 235 months; a month has 29 days and so many of 25,920 parts of a day. The first began with the molad.
PARTS_OF_DAY, PARTS_OF_MONTH, MOLAD = 25920, 13753, 12084
ADAR, ADAR_I, ADAR_II = 6, 13, 14
# The first day of each Japanese era.
ERAS = (
    (date(2019, 5, 1), "令和"), (date(1989, 1, 8), "平成"), (date(1926, 12, 26), "昭和"), (date(1912, 7, 31), "大正"),
    (date(1868, 1, 1), "明治"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a calendar: ``month`` from 1 on, ``month_length`` in days, ``day_of_year`` from 0 on."""

    year: int
    month: int
    day: int
    month_length: int
    day_of_year: int


def iranian(day: date) -> Day:
    """Months of 31 days, then of 30; leap years by the cycle of 33 years."""
    cycles, rest = divmod(day.toordinal() - IRANIAN_START, IRANIAN_CYCLE_DAYS)
    fours, rest = divmod(rest, 4 * 365 + 1)
    # The first year of four is the leap year.
    ones, rest = divmod(rest - 1, 365) if rest > 365 else (0, rest)
    month, in_month = divmod(rest, 31) if rest < 6 * 31 else divmod(rest - 6 * 31, 30)
    month += 1 if rest < 6 * 31 else 7
    length = 31 if month <= 6 else 30 if month < 12 else 29
    year = FIRST_IRANIAN_YEAR + cycles * IRANIAN_CYCLE + 4 * fours + ones
    return Day(year, month, in_month + 1, length, rest)


def hijri(day: date) -> Day:
    """The Islamic calendar: 11 leap years of 30."""
    gone = _julian_or_gregorian(day) - HIJRI_START
    year = (30 * gone + 10646) // 10631
    rest = gone - _hijri_year_start(year)
    # Two months have 59 days, the longer one first.
    month = min(12, 2 * rest // 59 + 1)
    in_month = rest - (59 * (month - 1) + 1) // 2
    return Day(year, month, in_month + 1, 30 - (month + 1) % 2, rest)


def _hijri_year_start(year: int) -> int:
    return (year - 1) * 354 + (3 + 11 * year) // 30


def _julian_or_gregorian(day: date) -> int:
    """The ordinal of a date that means a day of the Julian calendar before 1582."""
    if day.toordinal() >= GREGORIAN_START:
        return day.toordinal()
    march_year = day.year - (day.month < 3)
    return day.toordinal() + march_year // 100 - march_year // 400 - 2


def hebrew(day: date) -> Day:
    """Months from Tishrei on; Adar of a leap year is two, told by the numbers 13 and 14."""
    ordinal = day.toordinal()
    year = day.year + 3761
    year -= ordinal < _hebrew_year_start(year)
    rest = ordinal - _hebrew_year_start(year)
    start = 0
    months = iter(_hebrew_months(year))
    number, length = next(months)
    while rest - start >= length:
        start += length
        number, length = next(months)
    return Day(year, number, rest - start + 1, length, rest)


def _hebrew_months(year: int) -> list[tuple[int, int]]:
    """Number and length of each month: two of them are longer or shorter by the year."""
    days = _hebrew_year_start(year + 1) - _hebrew_year_start(year)
    lengths = {number: 30 - (number - 1) % 2 for number in range(1, 13)}
    lengths[2] += days % 10 == 5
    lengths[3] -= days % 10 == 3
    adar = [(ADAR_I, 30), (ADAR_II, 29)] if days > 355 else [(ADAR, 29)]
    early, late = list(lengths.items())[: ADAR - 1], list(lengths.items())[ADAR:]
    return early + adar + late


def _hebrew_year_start(year: int) -> int:
    """The ordinal of the first day of Tishrei; no year may become too long or too short."""
    before, now, after = (_new_moon(number) for number in (year - 1, year, year + 1))
    return HEBREW_START + now + (2 if after - now == 356 else int(now - before == 382))


def _new_moon(year: int) -> int:
    """Days from the beginning of the calendar to the year's first new moon that falls on a day fit for it."""
    months = (235 * year - 234) // 19
    days = 29 * months + (MOLAD + PARTS_OF_MONTH * months) // PARTS_OF_DAY
    return days + (3 * (days + 1) % 7 < 3)


def thai_year(day: date) -> int:
    """The Thai solar year, which began in April before 1941."""
    return day.year + 543 - (1912 <= day.year <= 1940 and day.month <= 3)


def minguo_year(day: date) -> int:
    """The year of the Republic of China."""
    return day.year - 1911


def japanese_year(day: date) -> str:
    """The year of the era, its first one with the sign for beginning."""
    start, name = next((era for era in ERAS if day.toordinal() >= era[0].toordinal()), ERAS[-1])
    year = day.year - start.year + 1
    return name + ("元" if year == 1 else str(year))
