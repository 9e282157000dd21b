"""Footnotes: which list each mark belongs to (extension Cite, its HTML since 1.27)."""

from __future__ import annotations

import re

from converters.document.tree import Element, classes

LABEL = re.compile(r"\[(.+)\s\S+\]")


def mark_references(root: Element) -> None:
    """Write ``data-ref-group`` on footnote marks and on their lists, in place."""
    marks = [mark for mark in root.iter("sup") if "reference" in classes(mark)]
    groups = {_target(mark): _labelled_group(mark) for mark in marks}
    for notes in root.iter("ol"):
        if "references" in classes(notes):
            ids = [note.get("id") or "" for note in notes.iterchildren("li")]
            group = notes.get("data-mw-group") or next((groups[note] for note in ids if groups.get(note)), "")
            notes.set("data-ref-group", group)
            groups.update(dict.fromkeys(ids, group))
    for mark in marks:
        mark.set("data-ref-group", groups[_target(mark)])


def _labelled_group(mark: Element) -> str:
    # Only groups with marks of their own (lower-alpha …) are named on the list; the others stand in the mark.
    found = LABEL.fullmatch("".join(mark.itertext()).strip())
    return found[1] if found else ""


def _target(mark: Element) -> str:
    link = next(mark.iter("a"), None)
    return (link.get("href") or "").removeprefix("#") if link is not None else ""
