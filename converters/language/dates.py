"""Dates by MediaWiki's own codes of formats, in the words and digits of a language (Language::sprintfDate).

https://www.mediawiki.org/wiki/Help:Extension:ParserFunctions##time
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import datetime

from converters.language import calendars
from converters.language.language import Language
from converters.language.numerals import hebrew, own_digits, roman

# A code with the x before it, quoted text, an escaped character, or a character that stands for itself.
CODE = re.compile(r'x[a-zA-Z](?:[a-zA-Z](?<=x[ijmkot][a-zA-Z]))?|"([^"]*)"|\\(.)|(.)', re.S)

Number = Callable[[datetime], object]
Words = Callable[[datetime, Language], str]


def format_time(pattern: str, when: datetime, spoken: Language) -> str:
    """A date as MediaWiki's own codes of formats say, in the words and digits of a language."""
    written: list[str] = []
    modes: set[str] = set()
    stays_raw = False
    for found in CODE.finditer(pattern):
        code = found[0]
        if code == "xN":
            stays_raw = not stays_raw
        elif code in ("xn", "xr", "xh"):
            modes.add(code)
        elif code in NUMBERS:
            number = str(NUMBERS[code](when))
            mode = next((mode for mode in ("xn", "xr", "xh") if mode in modes), "")
            written.append(number if stays_raw else _number(number, mode, spoken))
            # Each counts for one number only, those before it in this order.
            modes.discard("xn" if stays_raw else mode)
        elif code in WORDS:
            written.append(WORDS[code](when, spoken))
        elif found[1] is not None or found[2] is not None:
            written.append(found[1] or found[2] or "")
        else:
            # Of a code that there is not, the last letter stays.
            written.append(code[-1])
    return "".join(written)


def _number(number: str, mode: str, spoken: Language) -> str:
    """A number as it is (``xn``), Roman, Hebrew, or in the digits of the language."""
    if mode == "xr":
        return roman(number)
    if mode == "xh":
        return hebrew(number)
    return number if mode == "xn" or not re.fullmatch(r"[\d.]+", number) else own_digits(number, spoken)


def _offset(when: datetime, sign: str) -> str:
    hours, minutes = divmod(abs(_seconds(when)) // 60, 60)
    return f"{'-' if _seconds(when) < 0 else '+'}{hours:02}{sign}{minutes:02}"


def _seconds(when: datetime) -> int:
    ahead = when.utcoffset()
    return int(ahead.total_seconds()) if ahead else 0


NUMBERS: dict[str, Number] = {
    "d": lambda when: f"{when.day:02}",
    "j": lambda when: when.day,
    "m": lambda when: f"{when.month:02}",
    "n": lambda when: when.month,
    "Y": lambda when: f"{when.year:04}",
    "y": lambda when: f"{when.year % 100:02}",
    "o": lambda when: when.isocalendar().year,
    "xkY": calendars.thai_year,
    "xoY": calendars.minguo_year,
    "xtY": calendars.japanese_year,
    "xij": lambda when: calendars.iranian(when).day,
    "xin": lambda when: calendars.iranian(when).month,
    "xiY": lambda when: calendars.iranian(when).year,
    "xiy": lambda when: str(calendars.iranian(when).year)[-2:],
    "xit": lambda when: calendars.iranian(when).month_length,
    "xiz": lambda when: calendars.iranian(when).day_of_year,
    "xmj": lambda when: calendars.hijri(when).day,
    "xmn": lambda when: calendars.hijri(when).month,
    "xmY": lambda when: calendars.hijri(when).year,
    "xjj": lambda when: calendars.hebrew(when).day,
    "xjn": lambda when: calendars.hebrew(when).month,
    "xjt": lambda when: calendars.hebrew(when).month_length,
    "xjY": lambda when: calendars.hebrew(when).year,
    "g": lambda when: when.hour % 12 or 12,
    "h": lambda when: f"{when.hour % 12 or 12:02}",
    "G": lambda when: when.hour,
    "H": lambda when: f"{when.hour:02}",
    "i": lambda when: f"{when.minute:02}",
    "s": lambda when: f"{when.second:02}",
    "w": lambda when: when.isoweekday() % 7,
    "N": lambda when: when.isoweekday(),
    "z": lambda when: when.timetuple().tm_yday - 1,
    "W": lambda when: f"{when.isocalendar().week:02}",
    "t": lambda when: calendar.monthrange(when.year, when.month)[1],
    "L": lambda when: int(calendar.isleap(when.year)),
    "U": lambda when: int(when.timestamp()),
    "I": lambda when: int(bool(when.dst())),
    "Z": _seconds,
}
WORDS: dict[str, Words] = {
    "D": lambda when, spoken: spoken.days_short[when.isoweekday() % 7],
    "l": lambda when, spoken: spoken.days[when.isoweekday() % 7],
    "F": lambda when, spoken: spoken.months[when.month - 1],
    "xg": lambda when, spoken: spoken.months_genitive[when.month - 1],
    "M": lambda when, spoken: spoken.months_short[when.month - 1],
    "xiF": lambda when, spoken: spoken.months_iranian[calendars.iranian(when).month - 1],
    "xmF": lambda when, spoken: spoken.months_hijri[calendars.hijri(when).month - 1],
    "xjF": lambda when, spoken: spoken.months_hebrew[calendars.hebrew(when).month - 1],
    "xjx": lambda when, spoken: spoken.months_hebrew_genitive[calendars.hebrew(when).month - 1],
    "a": lambda when, _spoken: "am" if when.hour < 12 else "pm",
    "A": lambda when, _spoken: "AM" if when.hour < 12 else "PM",
    "c": lambda when, _spoken: when.isoformat(timespec="seconds"),
    "r": lambda when, _spoken: (
        f"{calendar.day_abbr[when.weekday()]}, {when.day:02} {calendar.month_abbr[when.month]}"
        f" {when.year:04} {when:%H:%M:%S} {_offset(when, '')}"
    ),
    "e": lambda when, _spoken: str(when.tzinfo),
    "T": lambda when, _spoken: when.tzname() or "",
    "O": lambda when, _spoken: _offset(when, ""),
    "P": lambda when, _spoken: _offset(when, ":"),
}
