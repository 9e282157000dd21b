"""``#time`` and ``#timel``: dates in the wiki's words (Language::sprintfDate).

https://www.mediawiki.org/wiki/Help:Extension:ParserFunctions##time
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

from converters.wikitext.clock import own_digits, zone_of
from converters.wikitext.functions.call import Function, FunctionCall, NotUnderstood, complaint
from converters.wikitext.functions.moments import NoDate, read_moment
from converters.wikitext.languages import Language, language

# A code with the x before it, quoted text, an escaped character, or a character that stands for itself.
CODE = re.compile(r'x[a-zA-Z](?:[a-zA-Z](?<=x[ijmkot][a-zA-Z]))?|"([^"]*)"|\\(.)|(.)', re.S)
ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
         (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
ROMAN_LIMIT = 10_000
# ParserFunctions::MAX_TIME_CHARS.
FORMAT_LIMIT = 6000
# Two moments that have nothing in common: what is the same seen from both does not ask for the time.
ANCHORS = (datetime(2000, 1, 5, 1, 2, 3, tzinfo=UTC), datetime(2013, 11, 20, 22, 41, 52, tzinfo=UTC))

Number = Callable[[datetime], object]
Words = Callable[[datetime, Language], str]


def format_time(pattern: str, when: datetime, spoken: Language) -> str:
    """A date as MediaWiki's own codes of formats say, in the words and digits of a language."""
    written: list[str] = []
    is_raw = is_roman = False
    for found in CODE.finditer(pattern):
        code = found[0]
        if code in ("xn", "xN", "xr"):
            is_raw, is_roman = code != "xr", code == "xr"
        elif code in NUMBERS:
            number = NUMBERS[code](when)
            written.append(_roman(int(str(number))) if is_roman else _digits(number, spoken, is_raw))
            is_raw = is_roman = False
        elif code in WORDS:
            written.append(WORDS[code](when, spoken))
        elif found[1] is not None or found[2] is not None:
            written.append(found[1] or found[2] or "")
        else:
            written.append("x" if code == "xx" else code)
    return "".join(written)


def _digits(number: object, spoken: Language, is_raw: bool) -> str:
    return str(number) if is_raw else own_digits(number, spoken)


def _roman(number: int) -> str:
    if not 0 < number <= ROMAN_LIMIT:
        return str(number)
    written = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _offset(when: datetime, sign: str) -> str:
    hours, minutes = divmod(_seconds(when) // 60, 60)
    return f"{'-' if hours < 0 else '+'}{abs(hours):02}{sign}{minutes:02}"


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
    "xkY": lambda when: when.year + 543,
    "xoY": lambda when: when.year - 1911,
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


def _time(call: FunctionCall) -> str:
    return _told(call, zone_of(call.page) if call.argument(3) else UTC)


def _local_time(call: FunctionCall) -> str:
    return _told(call, zone_of(call.page))


def _told(call: FunctionCall, zone: tzinfo) -> str:
    """The date asked for. Raises NotUnderstood where it depends on a time that nobody knows."""
    now = call.page.lookups.moment
    try:
        told = {_written(call, zone, moment) for moment in (ANCHORS if now is None else (now,))}
    except NoDate:
        return complaint(call, "time_error")
    if len(told) > 1:
        call.page.lacks_revision = True
        raise NotUnderstood("now")
    return told.pop()


def _written(call: FunctionCall, zone: tzinfo, now: datetime) -> str:
    when = read_moment(call.argument(1) or "now", now)
    code = call.argument(2).lower() or call.page.wiki.site.language
    return format_time(call.first[:FORMAT_LIMIT], when.astimezone(zone), language(code))


TIMES: dict[str, Function] = {"#time": _time, "#timel": _local_time}
