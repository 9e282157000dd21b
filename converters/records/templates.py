"""Template calls and their parameters, from the page's wikitext: the rendered page no longer shows them."""

from __future__ import annotations

import re

from converters.records.magic import is_magic
from converters.records.record import Extractor, Reading, Row, Rows, Table
from converters.wikitext.templates import MODIFIERS, TEMPLATE
from converters.wikitext.words import Words, words_of
from scraper.model import Title
from scraper.titles import IllegalTitle

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

COMMENT = re.compile(r"<!--.*?-->", re.S)


def extract(page: Reading) -> Rows:
    """Calls of templates; parser functions and variables are passed over, what stands in them is not."""
    if not page.calls:
        return {"template_calls": [], "template_parameters": []}
    sections = source_sections(page)
    words = words_of(page.wiki)
    calls: list[Row] = []
    parameters: list[Row] = []
    around: list[tuple[int, int]] = []
    for call in page.calls:
        while around and around[-1][0] >= call.depth:
            around.pop()
        title = title_of(call.name, page, words)
        if title is None:
            continue
        section = sections[min(call.section, len(sections) - 1)]
        calls.append((section, title.full, title.name, around[-1][1] if around else None))
        around.append((call.depth, len(calls)))
        for position, parameter in enumerate(call.parameters, 1):
            parameters.append((section, len(calls), position, parameter.name, parameter.value))
    return {"template_calls": calls, "template_parameters": parameters}


def source_sections(page: Reading) -> list[int]:
    """For each number of headings passed in the wikitext: the position of the section in the page."""
    anchors = [heading.element.get("id") for heading in page.outline.headings]
    if page.own_anchors is None:
        return list(range(len(anchors) + 1))
    positions = {anchor: position for position, anchor in enumerate(anchors, 1)}
    found = [0]
    for anchor in page.own_anchors:
        found.append(positions.get(anchor, found[-1]))
    return found


def title_of(name: str, page: Reading, words: Words) -> Title | None:
    """The page that a call names; ``None`` for parser functions, variables, and names that cannot be titles."""
    name = COMMENT.sub("", name).strip()
    for modifier in (f"{word}:" for word in sorted(MODIFIERS)):
        if name.lower().startswith(modifier):
            name = name[len(modifier) :].strip()
    if is_magic(name, words):
        return None
    if name.startswith("/"):
        name = f":{page.document.title.full}{name.rstrip('/')}"
    try:
        return page.wiki.titles.parse(name, TEMPLATE)
    except IllegalTitle:
        return None


EXTRACTOR = Extractor("Template calls with parameters", 1, (TEMPLATE_CALLS, TEMPLATE_PARAMETERS), extract)
