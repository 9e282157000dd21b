"""Footnotes: which list each mark belongs to (extension Cite, its HTML since 1.27)."""

from __future__ import annotations

from converters.document.tree import Element, classes


def mark_references(root: Element) -> None:
    """Write ``data-ref-group`` on footnote marks and on their lists, in place."""
    groups: dict[str, str] = {}
    for notes in root.iter("ol"):
        if "references" in classes(notes):
            group = notes.get("data-mw-group") or ""
            notes.set("data-ref-group", group)
            groups.update((note.get("id") or "", group) for note in notes.iterchildren("li"))
    for mark in root.iter("sup"):
        if "reference" in classes(mark):
            mark.set("data-ref-group", groups.get(_target(mark), ""))


def _target(mark: Element) -> str:
    link = next(mark.iter("a"), None)
    return (link.get("href") or "").removeprefix("#") if link is not None else ""
