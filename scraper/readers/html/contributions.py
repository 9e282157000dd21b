"""Special:Contributions: what one user did (ContribsPager, 1.8 to 1.43)."""

from __future__ import annotations

from collections.abc import Iterator

from scraper.model import Place, RevisionMention, Timestamp, UserName, Via
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.elements import content_of, first_of_class, own_text
from scraper.readers.html.frame import frame_of
from scraper.readers.html.page import ParsedPage
from scraper.readers.html.rows import Row, user_called, user_in
from scraper.readers.reading import Reading


def read_contributions(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """The user's revisions. A line names its user itself only in lists of a range of addresses (1.30 and later)."""
    frame = frame_of(page, what, known)
    user = _whose(page, what)
    rows = (Row(item, frame) for item in content_of(page).iter("li"))
    return Reading.of(mention for row in rows for mention in _mention(row, user))


def _mention(row: Row, user: UserName | None) -> Iterator[RevisionMention]:
    titles = (row.frame.title(address.title) for _, address in row.addresses if address.title)
    title = next((found for found in titles if found), None)
    if not row.rev_id or title is None:
        return
    is_new = first_of_class(row.element, "newpage") is not None
    is_top = first_of_class(row.element, "mw-uctop") is not None
    yield RevisionMention(
        rev_id=row.rev_id,
        title=title,
        place=Place.CONTRIBUTIONS,
        via=Via.HTML,
        parent_id=0 if is_new else row.previous_id,
        timestamp=_time(row),
        user=_shown_user(row) or user,
        comment=row.comment,
        is_minor=row.is_minor,
        size=row.size,
        tags=row.tags,
        hidden=row.hidden,
        is_latest=is_top or None,
    )


def _shown_user(row: Row) -> UserName | None:
    named = first_of_class(row.element, "mw-userlink")
    return user_in(row.element, row.frame) if named is not None else None


def _time(row: Row) -> Timestamp | None:
    """The date is a link from 1.11 on, and stands bare at the line's beginning before."""
    return row.timestamp or row.frame.time_within(own_text(row.element))


def _whose(page: ParsedPage, what: PageContext) -> UserName | None:
    fields = (field.get("value") or "" for field in page.body.iter("input") if field.get("name") == "target")
    name = what.title.partition("/")[2] or what.parameters.get("target", "") or next(fields, "")
    return user_called(name.strip()) if name.strip() else None
