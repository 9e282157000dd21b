"""Charts as SVG, drawn once. They stretch with the page, so their words stand in HTML around them, and a table says
the same; colours are those of the text (``currentColor``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

HEIGHT = 100
COLUMN = 10  # units a month is wide
GAP = 2
LONGEST_BAR = 100
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Column:
    """One month: ``name`` is what a pointer over it tells."""

    month: str
    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """``svg`` has columns as high as their share of ``highest``; ``first`` and ``last`` are months."""

    svg: Markup
    first: str
    last: str
    highest: int


def months_between(first: str, last: str) -> Iterator[str]:
    """All months from one to another, both included: ``2017-11``, ``2017-12``, ``2018-01``."""
    year, month = int(first[:4]), int(first[5:7])
    while f"{year:04}-{month:02}" <= last[:7]:
        yield f"{year:04}-{month:02}"
        year, month = (year + 1, 1) if month == MONTHS else (year, month + 1)


def columns(title: str, description: str, found: Sequence[Column], name: str) -> Chart:
    """A chart with a column for each month and a line at each January. ``name`` is used once on its page."""
    highest = max(column.value for column in found)
    shapes = Markup("").join(_column(place, column, highest) for place, column in enumerate(found) if column.value)
    years = Markup("").join(_year(place) for place, column in enumerate(found) if column.month.endswith("-01"))
    svg = Markup(
        '<svg class="chart" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img"'
        ' aria-labelledby="{name}-title {name}-description"><title id="{name}-title">{}</title>'
        '<desc id="{name}-description">{}</desc><g class="years">{}</g>{}</svg>'
    ).format(COLUMN * len(found), HEIGHT, title, description, years, shapes, name=name)
    return Chart(svg, found[0].month, found[-1].month, highest)


def bar(value: int, highest: int) -> Markup:
    """A bar beside a number in a table, which says the same: nothing for those who listen."""
    length = round(LONGEST_BAR * value / highest, 1) if highest else 0
    return Markup(
        '<svg class="bar" viewBox="0 0 {} 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect width="{}" height="8"/></svg>'
    ).format(LONGEST_BAR, length)


def _column(place: int, column: Column, highest: int) -> Markup:
    height = max(round(HEIGHT * column.value / highest, 1), 1)
    return Markup('<rect x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>').format(
        COLUMN * place + GAP / 2, round(HEIGHT - height, 1), COLUMN - GAP, height, column.name
    )


def _year(place: int) -> Markup:
    return Markup('<path d="M{} 0V{}"/>').format(COLUMN * place, HEIGHT)
