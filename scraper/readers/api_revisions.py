"""list=allrevisions and prop=revisions, with slots (1.32 and later) and without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Any

from scraper.model import Fact, Hidden, PageMention, Revision, Sha1, Via
from scraper.problems import Problem
from scraper.readers import parts
from scraper.readers.answers import Answer
from scraper.readers.reading import Reading
from scraper.titles import TitleParser

MAIN = "main"
SLOT = ("contentmodel", "contentformat", "content")
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
            facts.append(_revision(item, page["pageid"], answer))
            problems += _lost_text(item, page["pageid"])
    missing = tuple(int(item["revid"]) for item in _bad(query.get("badrevids")))
    return Reading(tuple(facts), tuple(problems), missing)


def revision_ids(reading: Reading) -> list[int]:
    """The ids of the revisions in it, in the answer's order."""
    return [fact.rev_id for fact in reading.facts if isinstance(fact, Revision)]


def _bad(found: Any) -> Iterator[Mapping[str, Any]]:
    yield from found.values() if isinstance(found, dict) else found or ()


def _revision(item: Mapping[str, Any], page_id: int, answer: Answer) -> Revision:
    slots = item.get("slots", {})
    main = slots.get(MAIN, item)
    text = _content(main)
    size, sha1 = _size_and_sha1(item, slots)
    return Revision(
        rev_id=item["revid"],
        page_id=page_id,
        parent_id=parts.number(item.get("parentid")),
        timestamp=parts.timestamp(item.get("timestamp")),
        user=parts.user(item),
        comment=_comment(item, answer),
        is_minor=item.get("minor", False) is not False,
        size=size,
        sha1=sha1,
        content_model=main.get("contentmodel") or None,
        content_format=main.get("contentformat"),
        text=text,
        via=Via.API,
        tags=parts.texts(item.get("tags")),
        hidden=parts.hidden(item, FLAGS) | parts.hidden(main, FLAGS),
        other_slots={role: _kept(slot) for role, slot in slots.items() if role != MAIN and "content" in slot},
    )


def _comment(item: Mapping[str, Any], answer: Answer) -> str | None:
    """Before 1.17 an empty one was left out."""
    hidden = item.get("commenthidden", False) is not False
    asked = answer.asked.get("arvprop", answer.asked.get("rvprop", "comment")).split("|")
    return parts.comment(item) if hidden or "comment" in item or "comment" not in asked else ""


def _content(slot: Mapping[str, Any]) -> bytes | None:
    content = slot.get("content")
    return content.encode("utf-8", "surrogatepass") if isinstance(content, str) else None


def _kept(slot: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: slot[name] for name in SLOT if name in slot}


def _size_and_sha1(item: Mapping[str, Any], slots: Mapping[str, Any]) -> tuple[int | None, Sha1 | None]:
    """Of the main slot's content: as the wiki says of the slot, or of the revision when it is the only one."""
    main = slots.get(MAIN, item)
    if len(slots) < 2 or "sha1" in main:
        return parts.number(main.get("size", item.get("size"))), parts.sha1(main.get("sha1", item.get("sha1")))
    contents = {role: _content(slot) for role, slot in slots.items()}
    known = {role: content for role, content in contents.items() if content is not None}
    said = parts.sha1(item.get("sha1"))
    if said is None or MAIN not in known:
        return None, None
    text = known[MAIN]
    return len(text), Sha1.of(text) if len(known) == len(slots) and said == _sha1_of_slots(known) else said


def _sha1_of_slots(contents: Mapping[str, bytes]) -> Sha1:
    """A revision's SHA-1 from its slots', in the order of their roles, as RevisionSlots::computeSha1 chains them."""
    first, *others = (Sha1.of(contents[role]) for role in sorted(contents))
    return reduce(lambda so_far, sha1: Sha1.of((so_far.base36 + sha1.base36).encode()), others, first)


def _lost_text(item: Mapping[str, Any], page_id: int) -> Iterator[Problem]:
    if item.get("slots", {}).get(MAIN, item).get("textmissing"):
        rev_id = item["revid"]
        yield Problem("text-lost", f"revision {rev_id}", "the wiki calls its text missing", page_id, rev_id)
