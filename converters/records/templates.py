"""Template calls and their parameters, from the page's wikitext: the rendered page no longer shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from converters.records.record import Extractor, Reading, Row, Rows, Table
from converters.records.sections import headings

TEMPLATE_CALLS = Table(
    "template_calls",
    "template_call_id",
    ("section_id", "title", "name", "parent_id"),
    local=frozenset({"parent_id"}),
)
TEMPLATE_PARAMETERS = Table(
    "template_parameters",
    "template_parameter_id",
    ("section_id", "template_call_id", "position", "name", "value"),
    local=frozenset({"template_call_id"}),
)


def extract(page: Reading) -> Rows:
    if page.source is None:
        return {"template_calls": [], "template_parameters": []}
    sections = aligned(page.source.headings, headings(page.outline))
    calls: list[Row] = []
    parameters: list[Row] = []
    for number, call in enumerate(page.source.calls, 1):
        section = sections[call.heading]
        parent = None if call.parent is None else call.parent + 1
        calls.append((section, call.title.full, call.title.name, parent))
        for position, (name, value) in enumerate(call.parameters, 1):
            parameters.append((section, number, position, name, value))
    return {"template_calls": calls, "template_parameters": parameters}


def aligned(in_source: Sequence[str], in_page: Sequence[str]) -> list[int]:
    """For each number of headings passed in the source: the position of the section in the page.

    The page may have more headings than its source (templates bring some) or fewer; what finds no counterpart
    belongs to the section before it. ``in_page`` begins with the lead.
    """
    return list(_aligned(in_source, [_letters(title) for title in in_page]))


def _aligned(in_source: Sequence[str], in_page: Sequence[str]) -> Iterator[int]:
    position = 0
    yield position
    for heading in in_source:
        letters = _letters(heading)
        if letters in in_page[position + 1 :]:
            position = in_page.index(letters, position + 1)
        yield position


def _letters(title: str) -> str:
    return "".join(filter(str.isalnum, title)).casefold()


EXTRACTOR = Extractor("Template calls with parameters", 1, (TEMPLATE_CALLS, TEMPLATE_PARAMETERS), extract)
