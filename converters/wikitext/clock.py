"""Variables of time: what ``{{CURRENTDAY}}`` and its kin tell of the moment a page is read for (CoreMagicVariables)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from converters.language import Language, language, own_digits
from converters.wikitext.state import Page

ENGLISH = "en"
# A number, quoted text, an escaped character.
CLOCK_CODE = re.compile(r'[HGis]|"([^"]*)"|\\(.)')
# No name of a zone has more parts, and none of them is as long.
ZONE_NAME = re.compile(r"[\w+-]{1,40}(?:/[\w+-]{1,40}){0,2}", re.A)

Tell = Callable[[datetime, Language], str]


def time_variable(key: str, page: Page) -> str | None:
    """The value of a variable of time by MediaWiki's own name of it; ``None`` when it is none, or nobody knows."""
    now, zone_here = page.lookups.now, zone_of(page)
    kinds = (("current", now, UTC), ("local", now, zone_here), ("revision", page.lookups.moment, zone_here))
    # What is told of a revision is in digits as they are.
    for kind, moment, zone in kinds:
        tell = TELLS.get(key.removeprefix(kind)) if key.startswith(kind) else None
        if tell is not None and moment is None:
            page.lacks_revision = True
        elif tell is not None and moment is not None:
            spoken = language(page.wiki.site.language if kind != "revision" else ENGLISH)
            return tell(_moved(moment, zone), spoken)
    return None


def zone_of(page: Page) -> tzinfo:
    """The wiki's own time zone, UTC where it is unknown."""
    return zone_named(page.wiki.site.timezone) or UTC


def zone_named(name: str) -> tzinfo | None:
    """A zone by its name in the IANA's database, ``None`` where that has none. What is a folder there is no zone."""
    try:
        return ZoneInfo(name) if ZONE_NAME.fullmatch(name) else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _moved(moment: datetime, zone: tzinfo) -> datetime:
    """The moment as a zone has it; as it is where that would be before the first year or after the last."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment


def _time_of_day(moment: datetime, spoken: Language) -> str:
    """Hours and minutes, in the language's format, as far as ``#time`` has its codes (Language::time)."""
    numbers = {"H": f"{moment.hour:02}", "G": str(moment.hour), "i": f"{moment.minute:02}", "s": f"{moment.second:02}"}

    def written(code: re.Match[str]) -> str:
        return code[1] or code[2] or own_digits(numbers[code[0]], spoken)

    return CLOCK_CODE.sub(written, spoken.clock)


def _format(pattern: str) -> Tell:
    return lambda moment, spoken: own_digits(moment.strftime(pattern), spoken)


def _number(read: Callable[[datetime], int]) -> Tell:
    return lambda moment, spoken: own_digits(read(moment), spoken)


TELLS: dict[str, Tell] = {
    "year": lambda moment, spoken: own_digits(f"{moment.year:04}", spoken),
    "month": _format("%m"),
    "month1": _number(lambda moment: moment.month),
    "monthname": lambda moment, spoken: spoken.months[moment.month - 1],
    "monthnamegen": lambda moment, spoken: spoken.months_genitive[moment.month - 1],
    "monthabbrev": lambda moment, spoken: spoken.months_short[moment.month - 1],
    "day": _number(lambda moment: moment.day),
    "day2": _format("%d"),
    "dayname": lambda moment, spoken: spoken.days[moment.isoweekday() % 7],
    "dow": _number(lambda moment: moment.isoweekday() % 7),
    "week": _number(lambda moment: moment.isocalendar().week),
    "hour": _format("%H"),
    "time": _time_of_day,
    "timestamp": lambda moment, _spoken: f"{moment.year:04}" + moment.strftime("%m%d%H%M%S"),
}
