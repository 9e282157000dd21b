"""list=allrevisions and prop=revisions, with slots (1.32 and later) and without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scraper.model import Fact, Hidden, PageMention, Revision, Via
from scraper.problems import Problem
from scraper.readers import parts
from scraper.readers.answers import Answer
from scraper.readers.reading import Reading
from scraper.titles import TitleParser

MAIN = "main"
FLAGS = {
    "userhidden": Hidden.USER,
    "commenthidden": Hidden.COMMENT,
    "texthidden": Hidden.TEXT,
    "sha1hidden": Hidden.TEXT,  # the same switch of a wiki hides both
    "suppressed": Hidden.SUPPRESSED,
}


def read_revisions(answer: Answer, titles: TitleParser) -> Reading:
    """Pages' mentions and their revisions; ``missing`` holds the revision ids that the wiki calls bad."""
    query = answer.query
    facts: list[Fact] = []
    problems: list[Problem] = []
    for page in (*query.get("allrevisions", ()), *query.get("pages", ())):
        if not page.get("pageid") or "revisions" not in page:
            continue
        facts.append(PageMention(page["pageid"], titles.split(page["title"], page["ns"]), Via.API))
        for item in page["revisions"]:
            facts.append(_revision(item, page["pageid"]))
            problems += _lost_text(item, page["pageid"])
    missing = tuple(int(item["revid"]) for item in _bad(query.get("badrevids")))
    return Reading(tuple(facts), tuple(problems), missing)


def revision_ids(reading: Reading) -> list[int]:
    """The ids of the revisions in it, in the answer's order."""
    return [fact.rev_id for fact in reading.facts if isinstance(fact, Revision)]


def _bad(found: Any) -> Iterator[Mapping[str, Any]]:
    yield from found.values() if isinstance(found, dict) else found or ()


def _revision(item: Mapping[str, Any], page_id: int) -> Revision:
    slots = item.get("slots", {})
    main = slots.get(MAIN, item)
    content = main.get("content")
    return Revision(
        rev_id=item["revid"],
        page_id=page_id,
        parent_id=parts.number(item.get("parentid")),
        timestamp=parts.timestamp(item.get("timestamp")),
        user=parts.user(item),
        comment=parts.comment(item),
        is_minor=item.get("minor", False) is not False,
        size=parts.number(main.get("size", item.get("size"))),
        sha1=parts.sha1(main.get("sha1", item.get("sha1"))),
        content_model=main.get("contentmodel") or None,
        content_format=main.get("contentformat"),
        text=content.encode("utf-8", "surrogatepass") if isinstance(content, str) else None,
        via=Via.API,
        tags=parts.texts(item.get("tags")),
        hidden=parts.hidden(item, FLAGS) | parts.hidden(main, FLAGS),
        other_slots={role: slot for role, slot in slots.items() if role != MAIN},
    )


def _lost_text(item: Mapping[str, Any], page_id: int) -> Iterator[Problem]:
    if item.get("slots", {}).get(MAIN, item).get("textmissing"):
        rev_id = item["revid"]
        yield Problem("text-lost", f"revision {rev_id}", "the wiki calls its text missing", page_id, rev_id)
