"""Special:ProtectedTitles (1.11 and later): titles without page that may not be created (SpecialProtectedtitles)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scraper.model import ProtectedTitle, Via
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.elements import content_of, plain_text
from scraper.readers.html.frame import Frame, frame_of
from scraper.readers.html.page import Element, ParsedPage
from scraper.readers.reading import Reading

SPECIAL = -1
FOREVER = "infinity"


def read_protected_titles(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """Titles, who may create them, and until when; the list tells neither who protected them nor why."""
    frame = frame_of(page, what, known)
    levels = _levels(page)
    items = content_of(page).iter("li")
    return Reading.of(title for item in items for title in _protected(item, frame, levels))


def _protected(item: Element, frame: Frame, levels: Mapping[str, str]) -> Iterator[ProtectedTitle]:
    link = next(item.iter("a"), None)
    address = frame.link(link) if link is not None else None
    title = frame.title(address.title) if address and address.title else None
    if link is None or title is None or title.namespace_id == SPECIAL:
        return
    told = plain_text(item).partition(plain_text(link))[2]
    until = frame.time_within(told)
    yield ProtectedTitle(
        title=title,
        level=next((level for words, level in levels.items() if words in told.casefold()), ""),
        expiry=until.iso if until else FOREVER,
        timestamp=None,
        user=None,
        comment=None,
        via=Via.HTML,
    )


def _levels(page: ParsedPage) -> Mapping[str, str]:
    """Level by its name in the interface, longer names first: the form offers all of them."""
    choices = (choice for choice in page.body.iter("select") if choice.get("name") == "level")
    options = [option for choice in choices for option in choice.iter("option")]
    named = {plain_text(option).strip().casefold(): option.get("value") or "" for option in options}
    return {words: named[words] for words in sorted(named, key=len, reverse=True) if words and named[words] != "0"}
