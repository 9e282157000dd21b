"""Sections: the tree of headings, and what is written under each."""

from __future__ import annotations

from converters.records.record import Extractor, Reading, Row, Rows, Table

SECTIONS = Table(
    "sections",
    "section_id",
    ("position", "parent_id", "level", "title", "anchor", "text"),
    has_section=False,
    local=frozenset({"parent_id"}),
    first=0,
)


def extract(page: Reading) -> Rows:
    outline = page.outline
    starts = [heading.start for heading in outline.headings] + [len(outline.pieces)]
    rows: list[Row] = [(0, None, 0, "", "", outline.slice(0, starts[0]))]
    for heading, following in zip(outline.headings, starts[1:], strict=True):
        title, anchor = outline.text(heading), heading.element.get("id") or ""
        text = outline.slice(heading.end, following)
        rows.append((heading.section, None, int(heading.name[1]), title, anchor, text))
    return {"sections": _with_parents(rows)}


def _with_parents(rows: list[Row]) -> list[Row]:
    """Each section stands under the nearest heading above it that is of a higher level."""
    found, open_sections = [], [(0, 0)]
    for position, _, level, *rest in rows:
        while open_sections[-1][1] >= level > 0:
            open_sections.pop()
        parent = open_sections[-1][0] if level else None
        found.append((position, parent, level, *rest))
        if level:
            open_sections.append((position, level))
    return found


EXTRACTOR = Extractor("Sections: tree, anchors, own text", 1, (SECTIONS,), extract)
