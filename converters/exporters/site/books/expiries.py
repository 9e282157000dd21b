"""How long a block lasts, in the wiki's words (Language::translateBlockExpiry)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime, timedelta

from converters.exporters.site.books.logscene import Scene

# What MediaWiki takes for "without end" (wfIsInfinity).
INFINITE = frozenset({"infinite", "indefinite", "infinity", "never"})
# Spans of time as PHP's strtotime reads them, those alone that administrators write.
SPAN = re.compile(r"\+?\s*(\d{1,4})\s*(sec|second|min|minute|hour|day|week|fortnight|month|year)s?\b[\s,]*", re.I)
SPANS = re.compile(rf"\s*(?:{SPAN.pattern})+", re.I)
MONTHS = {"month": 1, "year": 12}
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "f": 1_209_600}
# The units in which MediaWiki 1.43 tells what lies between two moments (Language::formatDurationBetweenTimestamps).
PARTS_OF_MONTHS = (("decades", 120), ("years", 12), ("months", 1))
PARTS_OF_SECONDS = (("days", 86_400), ("hours", 3600), ("minutes", 60), ("seconds", 1))


def expiry_of(scene: Scene) -> str:
    """A duration that the wiki offers by the name it offers it under, any other in numbers, or until when."""
    asked = str(scene.told("duration") or scene.told("expiry") or "")
    offered = _offered(scene.words("ipboptions"))
    if asked in INFINITE:
        asked = next(iter(offered.keys() & INFINITE), asked)
    return offered.get(asked) or _span(scene, asked) or scene.words.moment(asked)


def _offered(options: str) -> dict[str, str]:
    """``2 hours:2 heures,…`` turned round: by what strtotime reads, what people read."""
    pairs = (option.partition(":") for option in options.split(","))
    return {(value or name).strip(): name.strip() for name, _, value in pairs}


def _span(scene: Scene, asked: str) -> str:
    """Empty for what is no span. One that begins at no known time cannot be told in other units."""
    if not SPANS.fullmatch(asked) or scene.line.timestamp is None:
        return ""
    try:
        start = datetime.fromisoformat(scene.line.timestamp[:19])
        months, seconds = _between(start, _after(start, asked))
    except (ValueError, OverflowError):
        return ""
    parts = [*_parts(months, PARTS_OF_MONTHS), *_parts(seconds, PARTS_OF_SECONDS)]
    return scene.listed([scene.words(f"duration-{unit}", number) for unit, number in parts])


def _after(start: datetime, asked: str) -> datetime:
    spans = [(int(number), unit.lower()) for number, unit in SPAN.findall(asked)]
    months = sum(number * MONTHS.get(unit, 0) for number, unit in spans)
    seconds = sum(number * SECONDS[unit[0]] for number, unit in spans if unit not in MONTHS)
    return _shifted(start, months) + timedelta(seconds=seconds)


def _between(start: datetime, end: datetime) -> tuple[int, int]:
    """Whole months, then seconds."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if _shifted(start, months) > end:
        months -= 1
    rest = end - _shifted(start, months)
    return months, rest.days * SECONDS["d"] + rest.seconds


def _shifted(moment: datetime, months: int) -> datetime:
    """Months later, on the last day of a month that is too short."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def _parts(amount: int, units: tuple[tuple[str, int], ...]) -> list[tuple[str, int]]:
    found = []
    for unit, size in units:
        number, amount = divmod(amount, size)
        if number:
            found.append((unit, number))
    return found
