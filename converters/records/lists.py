"""Entries of lists; meeting notes write who did what as "Name : what they do"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converters.records.outline import ENTRIES, LISTS, Outline, Place
from converters.records.record import Extractor, Reading, Row, Rows, Table

LIST_ENTRIES = Table(
    "list_entries",
    "list_entry_id",
    ("section_id", "parent_id", "depth", "kind", "text", "label", "value"),
    local=frozenset({"parent_id"}),
)

# Lists that are not the author's: footnotes, galleries, the box of a redirect.
FOREIGN_LISTS = frozenset({"references", "gallery", "redirectText"})
KINDS = {"dt": "term", "dd": "description"}
# Colon, full-width colon, small colon, ratio sign; French sets a space before, often a no-break one.
COLON = re.compile("(\\s*)([:\uff1a\ufe55\u2236])(\\s*)")
MAX_LABEL = 80
PAIRS = ("()", "[]", "«»", "“”")


def extract(page: Reading) -> Rows:
    entries = [place for place in page.outline.of(ENTRIES) if _is_entry(place)]
    return {"list_entries": list(_rows(page.outline, entries))}


def _rows(outline: Outline, entries: list[Place]) -> Iterator[Row]:
    """``known`` has each entry's number and depth, ``terms`` the last term of each definition list."""
    known: dict[Place | None, tuple[int | None, int]] = {None: (None, 0)}
    terms: dict[Place | None, str] = {}
    for number, entry in enumerate(entries, 1):
        parent, depth = known.get(entry.inside(ENTRIES), (None, 0))
        known[entry] = number, depth + 1
        text = outline.own_text(entry, LISTS)
        label, value = _labelled(entry, text, terms)
        yield entry.section, parent, depth + 1, _kind(entry), text, label, value


def split_label(text: str) -> tuple[str, str] | None:
    """Label and value of "Label : value"; ``None`` for text without label.

    The colon of an address (``http:``), of a time (``14:00``), of a smiley or inside quotes or brackets divides
    nothing. A label ends on the first line.
    """
    for colon in COLON.finditer(text, 0, MAX_LABEL + 2):
        label, value = text[: colon.start()], text[colon.end() :]
        if "\n" in label or len(label) > MAX_LABEL:
            return None
        if label and _divides(text, colon) and _is_closed(label):
            return label, value
    return None


def _divides(text: str, colon: re.Match[str]) -> bool:
    before, sign, after = colon.groups()
    rest = text[colon.end() :]
    if sign == ":" and not (before or after) and rest:
        return False
    if text[colon.start() - 1].isdigit() and not after and rest[:1].isdigit():
        return False
    return not (sign == ":" and not after and rest[:1] in set("()|/-*"))


def _is_closed(label: str) -> bool:
    return label.count('"') % 2 == 0 and all(label.count(pair[0]) == label.count(pair[1]) for pair in PAIRS)


def _labelled(entry: Place, text: str, terms: dict[Place | None, str]) -> tuple[str, str] | tuple[None, None]:
    if entry.name == "dt":
        terms[entry.parent] = text
        return None, None
    term = terms.get(entry.parent)
    if entry.name == "dd" and term:
        return term, text
    return split_label(text) or (None, None)


def _kind(entry: Place) -> str:
    if entry.name in KINDS:
        return KINDS[entry.name]
    return "number" if entry.parent is not None and entry.parent.name == "ol" else "bullet"


def _is_entry(place: Place) -> bool:
    classes = place.parent.element.get("class") if place.parent is not None else None
    return classes is None or FOREIGN_LISTS.isdisjoint(classes.split())


EXTRACTOR = Extractor("List entries with depth, label and value", 1, (LIST_ENTRIES,), extract)
