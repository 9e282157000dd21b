"""Special:NewPages: pages by when they were made, each with its first revision (SpecialNewpages, NewPagesPager).

Who, when and why are the first revision's, and the date links to it; ``data-mw-revid`` and the length are the page's
latest one's (``page_latest`` and ``page_len`` in NewPagesPager::getQueryInfo).
"""

from __future__ import annotations

from collections.abc import Iterator

from scraper.model import Place, RevisionMention, TitleMention, Via
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.elements import content_of, data_number, first_of_class, number_in, own_text, plain_text
from scraper.readers.html.frame import frame_of
from scraper.readers.html.page import ParsedPage
from scraper.readers.html.rows import Row, user_in
from scraper.readers.reading import Reading


def read_new_pages(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """First revisions where the lines name them (1.17 and later), titles alone before."""
    frame = frame_of(page, what, known)
    rows = (Row(item, frame) for item in content_of(page).iter("li"))
    return Reading.of(fact for row in rows for fact in _facts(row))


def _facts(row: Row) -> Iterator[RevisionMention | TitleMention]:
    titles = (row.frame.title(address.title) for _, address in row.addresses if address.title)
    title = next((found for found in titles if found), None)
    user = user_in(row.element, row.frame)
    rev_id = next(row.linked_ids(), None)
    if title is None or (user is None and rev_id is None):
        return
    if rev_id is None:
        yield TitleMention(title, Place.LIST, Via.HTML)
        return
    is_latest = data_number(row.element, "data-mw-revid") == rev_id
    length = first_of_class(row.element, "mw-newpages-length")
    yield RevisionMention(
        rev_id=rev_id,
        title=title,
        place=Place.LIST,
        via=Via.HTML,
        parent_id=0,
        timestamp=row.timestamp or row.frame.time_within(own_text(row.element)),
        user=user,
        comment=row.comment,
        size=number_in(plain_text(length)) if is_latest and length is not None else None,
        tags=row.tags,
        hidden=row.hidden,
    )
