"""``action=info`` (InfoAction, 1.20 and later): a page's id, its first and its latest revision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scraper.model import Hidden, PageMention, Place, RevisionMention, Title, Via
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.elements import first_of_class, number_in, plain_text
from scraper.readers.html.frame import Frame, frame_of
from scraper.readers.html.page import Element, ParsedPage
from scraper.readers.html.rows import user_in
from scraper.readers.reading import Reading

ROW = "mw-pageinfo-"


def read_info(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """The page and its first and latest revision. All rows have ids of their own, the same in every language."""
    frame = frame_of(page, what, known)
    title = frame.title_in(what.title, what.namespace_id)
    if title is None:
        return Reading()
    page_id = _number(page, "article-id") or what.page_id
    named = [PageMention(page_id, title, Via.HTML)] if page_id else []
    return Reading((*named, *_revisions(page, title, page_id, frame)))


def _revisions(page: ParsedPage, title: Title, page_id: int | None, frame: Frame) -> Iterator[RevisionMention]:
    first = _revision(page, "first", title, page_id, frame)
    latest = _revision(page, "last", title, page_id, frame)
    if first:
        yield replace(first, parent_id=0)
    if latest:
        yield replace(latest, size=_number(page, "length"), is_latest=True)


def _revision(page: ParsedPage, which: str, title: Title, page_id: int | None, frame: Frame) -> RevisionMention | None:
    time, user = _value(page, f"{which}time"), _value(page, f"{which}user")
    link = None if time is None else next(time.iter("a"), None)
    address = frame.address(link.get("href") or "") if link is not None else None
    if time is None or address is None or not address.rev_id:
        return None
    is_hidden = user is not None and first_of_class(user, "history-deleted") is not None
    return RevisionMention(
        rev_id=address.rev_id,
        title=title,
        place=Place.INFO,
        via=Via.HTML,
        page_id=page_id,
        timestamp=frame.time(plain_text(time)),
        user=user_in(user, frame) if user is not None else None,
        hidden=frozenset({Hidden.USER}) if is_hidden else frozenset(),
    )


def _value(page: ParsedPage, name: str) -> Element | None:
    row = page.ids.get(ROW + name)
    cells = [] if row is None else list(row.iter("td"))
    return cells[1] if len(cells) > 1 else None


def _number(page: ParsedPage, name: str) -> int | None:
    cell = _value(page, name)
    return None if cell is None else number_in(plain_text(cell))
