"""``#formatdate``: a written date in another order (DateFormatter)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from converters.document.tree import escape
from converters.language import language
from converters.wikitext.functions.call import Function, FunctionCall
from converters.wikitext.models import language_of

# How each order of a date is written.
FORMATS = {
    "dmy": "{day} {month} {year}",
    "ydm": "{year}, {day} {month}",
    "mdy": "{month} {day}, {year}",
    "ymd": "{year} {month} {day}",
    "dm": "{day} {month}",
    "md": "{month} {day}",
    "iso": "{iso_year}-{iso_month}-{iso_day}",
}
# The order that is asked for → how it writes dates without a year; ISO 8601 leaves them.
YEARLESS = {"dmy": {"md": "dm"}, "mdy": {"dm": "md"}}
WISHES = {"dmy": "dmy", "mdy": "mdy", "ymd": "ymd", "iso 8601": "iso"}


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What finds a date of each order in a language, and the numbers of its months."""

    of: dict[str, re.Pattern[str]]
    months: tuple[str, ...]
    numbers: dict[str, int]


@lru_cache(maxsize=8)
def _patterns(code: str) -> _Patterns:
    spoken = language(code)
    numbers = {name.lower(): place for place, name in enumerate(spoken.months, 1)}
    numbers |= {name.lower(): place for place, name in enumerate(spoken.months_short, 1)}
    month = "(?P<month>" + "|".join(map(re.escape, sorted(numbers, key=len, reverse=True))) + ")"
    day_month, month_day = rf"(?P<day>\d{{1,2}})[ _]{month}", rf"{month}[ _](?P<day>\d{{1,2}})"
    year, gap = r"(?P<year>\d{1,4}(?:[ _]BC)?)", "(?: *, *| +)"
    written = {
        "dmy": f"{day_month}{gap}{year}",
        "ydm": f"{year}{gap}{day_month}",
        "mdy": f"{month_day}{gap}{year}",
        "ymd": f"{year}{gap}{month_day}",
        "dm": day_month,
        "md": month_day,
        "iso": r"(?P<iso_year>-?\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})",
    }
    return _Patterns({order: re.compile(p, re.I) for order, p in written.items()}, tuple(spoken.months), numbers)


def _format_date(call: FunctionCall) -> str:
    patterns = _patterns(language_of(call.page.title, call.page.wiki.site.language))
    wish = WISHES.get(call.argument(1).lower(), "")
    for order, pattern in patterns.of.items():
        found = pattern.fullmatch(call.first)
        if found:
            has_year = order not in ("dm", "md")
            target = (wish or order) if has_year else YEARLESS.get(wish, {}).get(order, order)
            return _written(found.groupdict(), target, patterns) or call.first
    return call.first


def _written(parts: dict[str, str], target: str, patterns: _Patterns) -> str | None:
    """The date as MediaWiki marks it up; ``None`` when it has no such month."""
    number = int(parts["iso_month"]) if "iso_month" in parts else patterns.numbers[parts["month"].lower()]
    if not 1 <= number <= len(patterns.months):
        return None
    iso_year = parts.get("iso_year") or (_iso_year(parts["year"]) if "year" in parts else "")
    day = parts.get("day") or str(int(parts["iso_day"]))
    iso = {"iso_year": iso_year, "iso_month": f"{number:02}", "iso_day": f"{int(day):02}"}
    year = parts.get("year") or (_year(iso_year) if iso_year else "")
    shown = FORMATS[target].format(day=day, month=patterns.months[number - 1], year=year, **iso)
    exact = "-".join(part for part in iso.values() if part)
    return f'<span class="mw-formatted-date" title="{escape(exact)}">{shown}</span>'


def _iso_year(year: str) -> str:
    return f"-{int(year[:-3]) - 1:04}" if year.endswith("BC") else f"{int(year):04}"


def _year(iso: str) -> str:
    return f"{int(iso[1:]) + 1} BC" if iso.startswith("-") else str(int(iso))


DATES: dict[str, Function] = {"#formatdate": _format_date}
