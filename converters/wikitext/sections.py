"""``#lst``, ``#lstx`` and ``#lsth``: parts of other pages (extension LabeledSectionTransclusion)."""

from __future__ import annotations

import re

from converters.wikitext.functions.call import Function, FunctionCall
from scraper.titles import IllegalTitle

MARK = re.compile(r"<section\s+(begin|end)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s/>]+))\s*/?>", re.I)
HEADING = re.compile(r"^(={1,6})(.+)\1[ \t]*$", re.M)


def _part(call: FunctionCall) -> str | None:
    """What stands between the marks of one label, everywhere on the page."""
    text = _source(call)
    return None if text is None else call.parser.preprocess(_between(text, call.argument(1)), call.frame)


def _rest(call: FunctionCall) -> str | None:
    """The page without a labelled part, or with other text in its place."""
    text = _source(call)
    if text is None:
        return None
    part = _between(text, call.argument(1))
    return call.parser.preprocess(text.replace(part, call.argument(2)) if part else text, call.frame)


def _under_heading(call: FunctionCall) -> str | None:
    """What stands under a heading, down to the next of its level; without a heading, what stands before the first."""
    text = _source(call)
    if text is None:
        return None
    wanted, start, level = call.argument(1).lower(), 0 if not call.argument(1) else None, 6
    for found in HEADING.finditer(text):
        if start is not None and len(found[1]) <= level:
            return call.parser.preprocess(text[start : found.start()].strip(), call.frame)
        if start is None and found[2].strip().lower() == wanted:
            start, level = found.end(), len(found[1])
    return call.parser.preprocess(text[start:].strip(), call.frame) if start is not None else ""


def _source(call: FunctionCall) -> str | None:
    try:
        title = call.page.wiki.titles.parse(call.first)
    except IllegalTitle:
        return None
    return None if title == call.page.title else call.page.lookups.template(title)


def _between(text: str, label: str) -> str:
    pieces: list[str] = []
    start: int | None = None
    for found in MARK.finditer(text):
        if (found[2] or found[3] or found[4] or "").strip() != label:
            continue
        if found[1].lower() == "begin":
            start = found.end()
        elif start is not None:
            pieces.append(text[start : found.start()])
            start = None
    return "".join(pieces)


SECTIONS: dict[str, Function] = {"#lst": _part, "#lstx": _rest, "#lsth": _under_heading}
