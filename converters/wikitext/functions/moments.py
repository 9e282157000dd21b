"""Dates as PHP's ``strtotime`` understands them: those that people write into ``#time``.

https://www.php.net/manual/en/datetime.formats.php. Of the formats that fit a place the longest counts.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from converters.wikitext.clock import zone_named
from converters.wikitext.functions.moment import Moment, NoDate

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if number}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if number} | {"sept": 9}
ROMAN_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
MONTHS |= {name: number for number, name in enumerate(ROMAN_MONTHS, 1)}
# From Sunday on, as PHP counts them.
DAYS = {calendar.day_name[(number - 1) % 7].lower(): number for number in range(7)}
DAYS |= {f"{name}s": number for name, number in DAYS.items()} | {name[:3]: number for name, number in DAYS.items()}
COUNTS = {"last": -1, "previous": -1, "this": 0, "next": 1}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
# What is added: field, and how many.
UNITS = {
    "sec": ("seconds", 1), "second": ("seconds", 1), "min": ("seconds", 60), "minute": ("seconds", 60),
    "hour": ("seconds", 3600), "day": ("days", 1), "week": ("days", 7), "fortnight": ("days", 14),
    "month": ("months", 1), "year": ("months", 12), "weekday": ("workdays", 1),
}  # fmt: skip
UNITS |= {f"{name}s": unit for name, unit in UNITS.items()}
# Hours ahead of UTC: names in use, and the letters of armies.
ZONES = {
    "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "met": 1, "mest": 2, "eet": 2, "eest": 3,
    "msk": 3, "ast": -4, "adt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7, "jst": 9, "kst": 9, "hst": -10,
}  # fmt: skip
ZONES |= {letter: number for number, letter in enumerate("abcdefghiklm", 1)} | {"z": 0}
ZONES |= {letter: -number for number, letter in enumerate("nopqrstuvwxy", 1)}
# Nobody writes a longer date; each of its characters is tried with every format.
LENGTH_LIMIT = 1000


def _one_of(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


UNIT = "|".join(sorted(UNITS.keys() - {"week"} | DAYS.keys(), key=len, reverse=True))
PARTS = {
    "MONTH": f"(?P<name>{_one_of(MONTHS)})",
    "WEEKDAY": f"(?P<weekday>{_one_of(DAYS)})",
    "UNIT": f"(?P<unit>{UNIT})",
    "COUNT": f"(?P<count>{_one_of(COUNTS)})",
    "ORDINAL": f"(?P<count>{_one_of(COUNTS | ORDINALS)})",
    "YEAR4": r"(?P<year>\d{4})",
    "YEAR2": r"(?P<year>\d{2})",
    "YEAR": r"(?P<year>\d{1,4})",
    "MM": r"(?P<month>0\d|1[0-2])",
    "M": r"(?P<month>1[0-2]|0?\d)",
    "DD": r"(?P<day>[0-2]\d|3[01])",
    "DTH": r"(?P<day>(?:3[01]|[0-2]?\d)(?:st|nd|rd|th)?)",
    "D": r"(?P<day>3[01]|[0-2]?\d)",
    "HH": r"(?P<hour>[01]\d|2[0-4])",
    "H12": r"(?P<hour>1[0-2]|0?[1-9])",
    "H": r"(?P<hour>2[0-4]|[01]?\d)",
    "IM": r"(?P<minute>[0-5]\d)",
    "I": r"(?P<minute>[0-5]?\d)",
    "SS": r"(?P<second>60|[0-5]\d)",
    "S": r"(?P<second>60|[0-5]?\d)",
    "HALF": r" ?(?P<half>[ap])\.?m\.?(?!\w)",
    "GAP": r"[ .-]*",
}
PART = re.compile(r"<([A-Z]\w*)>")


@dataclass(frozen=True, slots=True)
class _Found:
    """A match of a format: what its parts say."""

    parts: dict[str, str | None]

    def text(self, name: str) -> str:
        return (self.parts.get(name) or "").lower()

    def number(self, name: str, default: int = 0) -> int:
        return int(re.sub(r"\D", "", self.text(name)) or default)


Reader = Callable[[Moment, _Found], None]


def read_moment(text: str, now: datetime) -> datetime:
    """The moment that a text names, in UTC where it names no zone. Raises NoDate."""
    moment = Moment(now.astimezone(UTC))
    text = " ".join(text.split())
    if len(text) > LENGTH_LIMIT:
        raise NoDate(text[:LENGTH_LIMIT])
    if re.fullmatch(r"\d{4}", text):
        text = "00:00 " + text  # Not a time, as it is for PHP (ParserFunctions::timeCommon).
    position = 0
    try:
        while position < len(text):
            position = _read_next(moment, text, position)
        return moment.result()
    except (ValueError, OverflowError) as error:
        raise NoDate(text) from error


def _read_next(moment: Moment, text: str, position: int) -> int:
    matches = [(found.end(), reader, found) for pattern, reader in FORMATS if (found := pattern.match(text, position))]
    end, reader, found = max(matches, key=lambda match: match[0], default=(position, None, None))
    if reader is None or found is None or end == position:
        raise NoDate
    reader(moment, _Found(found.groupdict()))
    return end


def _date(moment: Moment, found: _Found) -> None:
    """Year, month and day, as far as they are named."""
    month = MONTHS[found.text("name")] if found.text("name") else found.number("month")
    year = _year(found.text("year")) if found.text("year") else None
    moment.set_date(year, month, found.number("day") if found.text("day") else None)


def _month_of_year(moment: Moment, found: _Found) -> None:
    _date(moment, found)
    moment.day = 1


def _date_and_time(moment: Moment, found: _Found) -> None:
    _date(moment, found)
    _time(moment, found)


def _time(moment: Moment, found: _Found) -> None:
    hour = found.number("hour")
    if found.text("half"):
        hour = hour % 12 + (12 if found.text("half") == "p" else 0)
    moment.set_time(hour, found.number("minute"), found.number("second"))


def _four_digits(moment: Moment, found: _Found) -> None:
    """The time, if there is none yet and there could be one; else the year."""
    digits = found.text("digits")
    if not moment.has_time and int(digits[:2]) <= 24 and int(digits[2:]) < 60:
        moment.set_time(int(digits[:2]), int(digits[2:]), 0)
    else:
        moment.year = int(digits)


def _day_of_year(moment: Moment, found: _Found) -> None:
    moment.set_date(_year(found.text("year")), 1, found.number("day"))


def _week(moment: Moment, found: _Found) -> None:
    """A day of a week of ISO 8601, from Sunday before it, 0, to Sunday, 7."""
    monday = datetime.fromisocalendar(_year(found.text("year")), 1, 1)
    day = monday + timedelta(weeks=found.number("week") - 1, days=found.number("weekday", 1) - 1)
    if found.text("weekday") == "0":
        day -= timedelta(days=1)
    moment.set_date(day.year, day.month, day.day)


def _stamp(moment: Moment, found: _Found) -> None:
    moment.set_date(1970, 1, 1)
    moment.reset_time()
    moment.seconds += int(found.text("seconds"))
    moment.set_zone(UTC)


def _named_day(moment: Moment, found: _Found) -> None:
    word = found.text("word")
    if word != "now":
        moment.reset_time()
        moment.days += {"tomorrow": 1, "yesterday": -1}.get(word, 0)
    if word == "noon":
        moment.set_time(12, 0, 0)


def _counted(moment: Moment, found: _Found) -> None:
    """``+2 days``: each minus turns the sign."""
    count = int(found.text("number")) * (-1 if found.text("signs").count("-") % 2 else 1)
    unit = found.text("unit")
    if unit in DAYS:
        moment.add_weekday(DAYS[unit], count, counts_today=True)
    else:
        _add(moment, unit, count)


def _told(moment: Moment, found: _Found) -> None:
    """``next month``, ``first friday``."""
    word, unit = found.text("count"), found.text("unit")
    count = (COUNTS | ORDINALS)[word]
    if unit in DAYS:
        moment.reset_time()
        moment.add_weekday(DAYS[unit], count, counts_today=word == "this")
    else:
        _add(moment, unit, count)


def _add(moment: Moment, unit: str, count: int) -> None:
    field, number = UNITS[unit]
    setattr(moment, field, getattr(moment, field) + number * count)


def _told_week(moment: Moment, found: _Found) -> None:
    moment.days += 7 * COUNTS[found.text("count")]
    moment.is_in_week = True


def _weekday(moment: Moment, found: _Found) -> None:
    moment.reset_time()
    moment.weekday, moment.counts_today = DAYS[found.text("weekday")], True


def _weekday_of_month(moment: Moment, found: _Found) -> None:
    count = (COUNTS | ORDINALS)[found.text("count")]
    moment.reset_time()
    moment.counts_in_month = True
    moment.is_from_end = count <= 0
    moment.add_weekday(DAYS[found.text("weekday")], count, counts_today=count > 0)


def _edge(moment: Moment, found: _Found) -> None:
    moment.edge = found.text("edge")


def _ago(moment: Moment, _found: _Found) -> None:
    moment.turn_back()


def _offset(moment: Moment, found: _Found) -> None:
    sign = -1 if found.text("sign") == "-" else 1
    moment.set_zone(timedelta(hours=sign * found.number("hour"), minutes=sign * found.number("minute")))


def _zone(moment: Moment, found: _Found) -> None:
    name = found.text("zone")
    moment.set_zone(timedelta(hours=ZONES[name]) if name in ZONES else _region(name))


def _region(name: str) -> tzinfo:
    zone = zone_named(re.sub(r"[a-z]+", lambda word: word[0].capitalize(), name))
    if zone is None:
        raise NoDate(name)
    return zone


def _nothing(_moment: Moment, _found: _Found) -> None:
    return


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) < 4 and year < 100:
        year += 2000 if year < 70 else 1900
    return year


def _format(written: str) -> re.Pattern[str]:
    return re.compile(PART.sub(lambda part: PARTS[part[1]], written), re.A | re.I)


FORMATS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (_format(written), reader)
    for written, reader in (
        (r"@(?P<seconds>-?\d{1,11})(?:\.\d{0,6})?", _stamp),
        (r"(?P<word>now|today|midnight|noon|tomorrow|yesterday)(?!\w)", _named_day),
        (r"t?<HH>[:.]?<IM>[:.]?<SS>", _time),
        (r"t?<H>[:.]<I>(?:[:.]<S>(?:[.,]\d+)?)?", _time),
        (r"t<HH><IM>", _time),
        (r"t<HH>", _time),
        (r"<H12><HALF>", _time),
        (r"<H12>[:.]<IM>(?:[:.]<SS>)?<HALF>", _time),
        (r"(?P<digits>\d{4})", _four_digits),
        (r"<YEAR4>-?<MM>-?<DD>", _date),
        (r"<YEAR4>-<M>-<D>", _date),
        (r"<YEAR>-<M>-<D>", _date),
        (r"<YEAR4>/<M>/<D>/?", _date),
        (r"<M>/<D>(?:/<YEAR>)?", _date),
        (r"<D>[.-]<M>[.-]<YEAR4>", _date),
        (r"<D>\.<M>\.<YEAR2>", _date),
        (r"<YEAR4>-<M>", _month_of_year),
        (r"<DTH><GAP><MONTH><GAP><YEAR>", _date),
        (r"<DTH><GAP><MONTH>(?!\w)", _date),
        (r"<MONTH><GAP><DTH>[,.stndrh ]+<YEAR>(?![\d:])", _date),
        (r"<MONTH><GAP><DTH>(?=[,. ]|$)[,. ]*", _date),
        (r"<MONTH>-<DD>-<YEAR>", _date),
        (r"<YEAR>-<MONTH>-<DD>", _date),
        (r"<MONTH><GAP><YEAR4>", _month_of_year),
        (r"<YEAR4><GAP><MONTH>(?!\w)", _month_of_year),
        (r"<MONTH>(?!\w)", _date),
        (r"<YEAR4>[.-]?(?P<day>[0-2]\d\d|3[0-5]\d|36[0-6])", _day_of_year),
        (r"<YEAR4>-?W(?P<week>[0-4]\d|5[0-3])(?:-?(?P<weekday>[0-7]))?", _week),
        (r"<YEAR4><MM><DD>t?<HH>:?<IM>:?<SS>", _date_and_time),
        (r"<YEAR4>:<MM>:<DD> <HH>:<IM>:<SS>", _date_and_time),
        (r"(?P<signs>[+-]*) *(?P<number>\d{1,7}) *(?P<unit>" + UNIT + r"|week)(?!\w)", _counted),
        (r"<ORDINAL> <UNIT>(?!\w)", _told),
        (r"<COUNT> week(?!\w)", _told_week),
        (r"<ORDINAL> <WEEKDAY> of(?!\w)", _weekday_of_month),
        (r"(?P<edge>first|last) day of(?!\w)", _edge),
        (r"<WEEKDAY>(?!\w)", _weekday),
        (r"ago(?!\w)", _ago),
        (r"(?:gmt)?(?P<sign>[+-])(?P<hour>\d{1,2}):?(?P<minute>\d{2})?", _offset),
        (r"\(?(?P<zone>[a-z]+(?:[_/][a-z]+)+|[a-z]{1,6})\)?(?!\w)", _zone),
        (r"[ ,.;\t]", _nothing),
    )
)
