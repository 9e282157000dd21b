"""References (footnotes): number, name, text and the addresses in them."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict

from converters.document import LinkKind
from converters.records.outline import Outline, Place
from converters.records.record import Extractor, Reading, Row, Rows, Table

REFS = Table("refs", "ref_id", ("section_id", "ref_group", "name", "number", "uses", "text", "urls"))

MARKS = frozenset({"sup"})
NOTES = frozenset({"li"})
# Cite writes cite_note-NAME-NUMBER for references with a name, cite_note-NUMBER for the others.
NOTE_ID = re.compile(r"cite_note-(?:(?P<name>.+)-)?\d+")


def extract(page: Reading) -> Rows:
    """References that the page lists; one that is only marked in the text has no words to keep."""
    outline = page.outline
    uses: Counter[str] = Counter()
    sections: dict[str, int] = {}
    for mark in outline.of(MARKS):
        note_id = _target(mark)
        uses[note_id] += 1
        sections.setdefault(note_id, mark.section)
    rows: list[Row] = []
    numbers: defaultdict[str, int] = defaultdict(int)
    for note in filter(_is_note, outline.of(NOTES)):
        note_id, group = note.element.get("id", ""), _group(note)
        numbers[group] += 1
        section = sections.get(note_id, note.section)
        row = (section, group, name_of(note_id), numbers[group], uses[note_id], *_content(outline, note))
        rows.append(row)
    return {"refs": rows}


def name_of(note_id: str) -> str:
    """The name in an element's id; empty for a reference without name."""
    found = NOTE_ID.fullmatch(note_id)
    return (found["name"] or "").replace("_", " ") if found else ""


def _content(outline: Outline, note: Place) -> tuple[str, str]:
    """Text, and addresses as JSON."""
    links = (child.element for child in note.children if child.name == "a")
    urls = [link.get("href") for link in links if link.get("data-link") == LinkKind.EXTERNAL]
    return outline.text(note), json.dumps(urls, ensure_ascii=False)


def _target(mark: Place) -> str:
    """The id of the note that a mark leads to."""
    hrefs = (child.element.get("href") or "" for child in mark.children if child.name == "a")
    return next((href[1:] for href in hrefs if href.startswith("#cite_note")), "")


def _is_note(entry: Place) -> bool:
    return entry.parent is not None and "references" in (entry.parent.element.get("class") or "").split()


def _group(note: Place) -> str:
    return (note.parent.element.get("data-ref-group") or "") if note.parent is not None else ""


EXTRACTOR = Extractor("References with group, name, number, text, addresses", 1, (REFS,), extract)
