"""Datasette plug-in of a wikicompost archive: what stands in cells, made easy to read.

It stands alone: this file works in the archive's folder without wikicompost, with Datasette 0.65 and 1.0. Nothing that
came from the wiki is ever markup here: all of it is escaped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from datasette import hookimpl
from markupsafe import Markup

PREFORMATTED = frozenset({"text", "html", "siteinfo", "metadata", "value"})
SIZES = frozenset({"size", "bytes"})
JSON_COLUMNS = frozenset({
    "tags", "hidden", "groups", "aliases", "urls", "protection", "properties", "params", "parameters", "options",
    "categories", "sections", "language_links", "other_slots", "pages", "what",
})  # fmt: skip
LONGEST_CELL = 20_000
SHORT_TEXT = 300
# char(2) and char(3) in saved queries: no wiki's text has them.
MARKS = {"\x02": Markup("<mark>"), "\x03": Markup("</mark>")}
BOX = "white-space: pre-wrap; overflow-wrap: anywhere; max-height: 30em; max-width: 60em; overflow-y: auto; margin: 0"
BAR = Markup(
    '<svg role="img" aria-label="{0:.0f} %" width="200" height="14">'
    '<rect width="{0:.1f}%" height="14" fill="#2d8059"/></svg>'
)
# Lines of a difference by their first sign.
CHANGES = {
    "+": Markup('<ins style="background: #cfe8d8; color: #12331f; text-decoration: none">{}</ins>'),
    "-": Markup('<del style="background: #f6d5d0; color: #4a120c; text-decoration: none">{}</del>'),
}


@hookimpl
def render_cell(value: Any, column: str) -> Markup | None:
    """Texts as they are, lists as lists, sizes in units, shares as bars; ``None``: as Datasette would."""
    if column == "chart" and isinstance(value, int | float):
        return bar(value)
    if isinstance(value, int) and column in SIZES:
        return Markup('<span title="{} bytes">{}</span>').format(value, in_units(value))
    return text_cell(value, column) if isinstance(value, str) and value else None


def text_cell(value: str, column: str) -> Markup | None:
    """Words of the wiki by the kind of column they stand in."""
    if column == "snippet":
        return marked(value)
    if column == "diff":
        return difference(value)
    if column in JSON_COLUMNS:
        return json_cell(value)
    is_long = len(value) > SHORT_TEXT or "\n" in value
    return preformatted(value) if is_long and column in PREFORMATTED else None


def bar(share: float) -> Markup:
    """A number from 0 to 100 as a bar of that length."""
    width = min(max(float(share), 0), 100)
    return BAR.format(width)


def difference(value: str) -> Markup:
    """Lines of a unified difference, those that changed marked."""
    lines = value[:LONGEST_CELL].split("\n")
    shown = (CHANGES.get(line[:1], Markup("{}")).format(line) for line in lines)
    return Markup('<pre style="{}" tabindex="0">{}</pre>').format(BOX, Markup("\n").join(shown))


def in_units(size: int) -> str:
    """Bytes as a person reads them."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if abs(size) >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} B"


def marked(snippet: str) -> Markup:
    """A search result with the words that were found in ``<mark>``; unpaired marks are closed."""
    parts, is_open = [], False
    for character in snippet:
        if character in MARKS:
            if (character == "\x02") != is_open:
                parts.append(MARKS[character])
                is_open = not is_open
        else:
            parts.append(Markup.escape(character))
    return Markup("").join([*parts, MARKS["\x03"]] if is_open else parts)


def json_cell(value: str) -> Markup | None:
    """A JSON array as a list, an object as its names and values; ``None`` when it is neither."""
    try:
        found = json.loads(value)
    except ValueError:
        return None
    if found in ([], {}):
        return Markup('<span style="opacity: .5">–</span>')
    if isinstance(found, dict) and len(value) <= LONGEST_CELL:
        line = Markup("<div><b>{}</b> {}</div>")
        return Markup("").join(line.format(*pair) for pair in _flat(found))
    if isinstance(found, list) and all(isinstance(item, str) for item in found):
        return Markup('<ul style="margin: 0; padding-left: 1.2em; list-style-position: outside">{}</ul>').format(
            Markup("").join(Markup("<li>{}</li>").format(item) for item in found)
        )
    return preformatted(json.dumps(found, ensure_ascii=False, indent=1))


def _flat(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        yield name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def preformatted(value: str) -> Markup:
    """Text with its lines; the end of a very long one is left out."""
    rest = len(value) - LONGEST_CELL
    shown = value if rest <= 0 else f"{value[:LONGEST_CELL]}\n… ({rest:,} characters more)"
    return Markup('<pre style="{}" tabindex="0">{}</pre>').format(BOX, shown)
