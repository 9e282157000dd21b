"""action=parse: the wiki's own rendering of one revision."""

from __future__ import annotations

import re

from scraper.model import Rendering, Timestamp, Via
from scraper.readers.answers import Answer, Unreadable

# Written by the parser and its cache behind the HTML: times and counts of the server, not content.
REPORTS = re.compile(
    r"(?<!\s)\s*+<!--\s*+(?:NewPP limit report|Transclusion expansion time report|"
    r"Saved in (?:parser|RevisionOutput) cache|Complex Transclusion)(?:(?!<!--).)*?-->\s*",
    re.DOTALL,
)


def read_rendering(answer: Answer, page_id: int, touched_at: Timestamp | None) -> Rendering | Unreadable:
    """The rendering of the page that was asked for; ``touched_at`` is how fresh that page was known to be."""
    parse = answer.data.get("parse")
    if not isinstance(parse, dict) or not isinstance(parse.get("text"), str):
        return Unreadable("no rendering in the answer")
    return Rendering(
        page_id=page_id,
        rev_id=int(parse.get("revid") or answer.asked["oldid"]),
        html=REPORTS.sub("\n", parse["text"]).strip("\n"),
        display_title=parse.get("displaytitle"),
        categories=tuple(parse.get("categories", ())),
        sections=tuple(parse.get("sections", ())),
        language_links=tuple(parse.get("langlinks", ())),
        via=Via.API,
        touched_at=touched_at,
    )
