"""Histories of pages: ``action=history``, from PageHistory (1.5) to HistoryPager (1.43)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scraper.model import HistoryGap, PageMention, Place, RevisionMention, Title, Via
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.elements import first_of_class
from scraper.readers.html.frame import Frame, frame_of
from scraper.readers.html.page import Element, ParsedPage
from scraper.readers.html.paging import Paging, begins_at, read_paging
from scraper.readers.html.rows import Row
from scraper.readers.raw_text import is_same_moment
from scraper.readers.reading import Reading

# Filters of the form above a history: between two of its rows others may be left out.
FILTERS = frozenset({"tagfilter", "tagInvert", "deleted"})


def read_history(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """The rows as mentions, newest first, and whether more rows exist than are shown."""
    frame = frame_of(page, what, known)
    title = frame.title_in(what.title, what.namespace_id)
    if title is None:
        return Reading()
    shown = list(history_rows(page, frame))
    rows = [row for row in shown if row.rev_id]
    paging = read_paging(page, frame)
    mentions = [_mention(row, title, what.page_id) for row in rows]
    is_unbroken = len(rows) == len(shown) and not FILTERS & what.parameters.keys()
    facts = _with_neighbours(mentions, rows, paging, what.current_rev_id) if is_unbroken else mentions
    facts = [*facts, *(_exactly_timed(mentions, paging, frame) if is_unbroken else ())]
    gap = HistoryGap(title, len(rows), paging.has_older, paging.has_newer, Via.HTML)
    named = (PageMention(what.page_id, title, Via.HTML),) if what.page_id else ()
    return Reading((*named, *facts, *((gap,) if paging.has_older or paging.has_newer else ())))


def history_rows(page: ParsedPage, frame: Frame) -> Iterator[Row]:
    """The lines of ``#pagehistory``: a list, from 1.38 on a section with one list for each day."""
    box = page.ids.get("pagehistory")
    for item in () if box is None else box.iter("li"):
        if _is_row(item, box):
            yield Row(item, frame)


def _is_row(item: Element, box: Element | None) -> bool:
    parent = item.getparent()
    return parent is box or (parent is not None and parent.getparent() is box)


def _mention(row: Row, title: Title, page_id: int | None) -> RevisionMention:
    # All versions mark the user; some web archives take all classes away, and then nobody knows what else was there.
    is_marked = first_of_class(row.element, "history-user") is not None
    return RevisionMention(
        rev_id=row.rev_id or 0,
        title=title,
        place=Place.HISTORY,
        via=Via.HTML,
        page_id=page_id,
        timestamp=row.timestamp,
        user=row.user,
        comment=row.comment if is_marked else None,
        is_minor=row.is_minor if is_marked else None,
        size=row.size,
        tags=row.tags,
        hidden=row.hidden,
    )


def _exactly_timed(mentions: Sequence[RevisionMention], paging: Paging, frame: Frame) -> Iterator[RevisionMention]:
    """The first and the last row once more, where a link to newer or older ones tells their times to the second."""
    for url, row in ((paging.newer, mentions[:1]), (paging.older, mentions[-1:])):
        exact = begins_at(url, frame) if url else None
        for shown in row:
            if exact and shown.timestamp and is_same_moment(exact, shown.timestamp):
                yield RevisionMention(shown.rev_id, shown.title, shown.place, Via.HTML, shown.page_id, timestamp=exact)


def _with_neighbours(
    mentions: Sequence[RevisionMention], rows: Sequence[Row], paging: Paging, current: int | None
) -> list[RevisionMention]:
    """With parents, told by the rows below or by the last row's links, and with which revision is the latest.

    That is ``current`` where the page's variables tell it: of several of one second it need not stand first.
    """
    following = [*(mention.rev_id for mention in mentions[1:]), None][: len(mentions)]
    latest = current or (mentions[0].rev_id if mentions and not paging.has_newer else None)
    return [
        replace(
            mention,
            parent_id=_parent(row, below, is_last=not paging.has_older),
            is_latest=mention.rev_id == latest,
        )
        for mention, row, below in zip(mentions, rows, following, strict=True)
    ]


def _parent(row: Row, below: int | None, is_last: bool) -> int | None:
    """The revision before, 0 for a page's first; rows are in the order of times.

    Where an older row has a higher id, it was imported between others and nobody's parent: then it is not known.
    """
    before = row.previous_id or below
    if before is None:
        return 0 if is_last and not row.has_previous_link else None
    return before if before < (row.rev_id or 0) else None
