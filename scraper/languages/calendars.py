"""Years and days of other calendars to Gregorian ones, as MediaWiki itself counts them (Language::tsTo…).

Formats with the Hebrew and Islamic calendars and Japanese eras are preferences that no language has by default: they
are not read.
"""

from __future__ import annotations

import datetime

THAI_SOLAR, MINGUO_AND_JUCHE = 543, -1911
# Days of the Iranian calendar before 21 March 1600, and where the count of years starts (Language::tsToIranian).
IRANIAN_START, FIRST_IRANIAN_YEAR = 79, 979
LONG_MONTHS = 6


def iranian_to_gregorian(year: int, month: int, day: int) -> tuple[int, int, int]:
    """The Gregorian day of an Iranian one; MediaWiki's arithmetic, right from 979 to 1500."""
    years = year - FIRST_IRANIAN_YEAR
    days = 365 * years + years // 33 * 8 + (years % 33 + 3) // 4
    days += 31 * (month - 1) if month <= LONG_MONTHS else 30 * (month - 1) + LONG_MONTHS
    gregorian = datetime.date(1600, 1, 1) + datetime.timedelta(days=days + day - 1 + IRANIAN_START)
    return gregorian.year, gregorian.month, gregorian.day
