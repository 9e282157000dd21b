"""Recent changes, related changes and new pages: lists by day, plain or grouped by page (enhanced).

OldChangesList and EnhancedChangesList of 1.8 to 1.43. The day stands in a heading above, the hour in the line; from
1.27 on ``data-mw-ts`` has the exact time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from scraper.model import Fact, LogEvent, LogMention, PageMention, Place, RevisionMention, Timestamp, Title, Via
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.elements import (
    classes,
    content_of,
    data_number,
    exact_time,
    first_of_class,
    is_inside,
    of_class,
    own_text,
    plain_text,
)
from scraper.readers.html.frame import Frame, frame_of
from scraper.readers.html.logs import log_line
from scraper.readers.html.page import Element, ParsedPage
from scraper.readers.html.rows import Row, user_in
from scraper.readers.raw_text import offset_between
from scraper.readers.reading import Reading

NESTED = "mw-enhanced-rc-nested"
LOG = "mw-changeslist-log-"
TIMES = ("mw-enhanced-rc-time", "mw-changeslist-time", "mw-changeslist-date")
SPECIAL_LOG = "Log"


@dataclass(frozen=True, slots=True)
class Line:
    """A change: its element, the table around it where it has one, and the day above it."""

    element: Element
    group: Element | None
    day: str


def read_recent_changes(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """Revisions, pages and log lines, in the list's order."""
    frame = frame_of(page, what, known)
    if frame.offset is None:
        frame = replace(frame, offset=_offset(page, frame))
    facts = [fact for line in _lines(page) for fact in _facts(line, frame)]
    moved = {fact.title for fact in facts if isinstance(fact, LogEvent | LogMention) and "target_title" in fact.params}
    return Reading(tuple(_as_called_now(facts, moved)))


def _offset(page: ParsedPage, frame: Frame) -> int | None:
    """Minutes ahead of UTC: "changes starting from …" shows the list's own moment, and asks for it in UTC."""
    for link in content_of(page).iter("a"):
        address = frame.address(link.get("href") or "")
        exact = Timestamp.read_digits(address.parameters.get("from", "")) if address else None
        shown = frame.time_within(plain_text(link)) if exact else None
        if exact and shown:
            return offset_between(shown, exact)
    return None


def _as_called_now(facts: Iterable[Fact], moved: Collection[Title | None]) -> Iterator[Fact]:
    """A line names its page as it was called then: after a move only the page's id is sure."""
    for fact in facts:
        if isinstance(fact, RevisionMention) and fact.title in moved and fact.page_id:
            yield replace(fact, title=None)
        elif not (isinstance(fact, PageMention) and fact.title in moved):
            yield fact


def _lines(page: ParsedPage) -> Iterator[Line]:
    """Items of lists below a day's heading; rows of tables, of those with several rows all but the first."""
    day = ""
    for element in content_of(page).iter("h4", "li", "table"):
        if element.tag == "h4":
            day = plain_text(element)
        elif not day:
            continue
        elif element.tag == "li":
            yield Line(element, None, day)
        elif "mw-enhanced-rc" in classes(element):
            nested = [row for row in element.iter("tr") if first_of_class(row, NESTED) is not None]
            yield from (Line(row, element, day) for row in nested or list(element.iter("tr"))[:1])


def _facts(line: Line, frame: Frame) -> Iterator[Fact]:
    row = Row(line.element, frame)
    type_ = _log_type(line, row)
    if type_:
        yield log_line(line.element, frame, type_, _time(line, frame))
        return
    title = _title(line, row)
    if title is None:
        return
    page_id = next((address.page_id for _, address in row.addresses if address.page_id), None)
    if page_id:
        yield PageMention(page_id, title, Via.HTML)
    if row.rev_id:
        yield _mention(row, line, title, page_id)


def _mention(row: Row, line: Line, title: Title, page_id: int | None) -> RevisionMention:
    before = row.previous_id
    return RevisionMention(
        rev_id=row.rev_id or 0,
        title=title,
        place=Place.RECENT_CHANGES,
        via=Via.HTML,
        page_id=page_id,
        parent_id=before if before and before < (row.rev_id or 0) else None,
        timestamp=_time(line, row.frame),
        user=user_in(line.element, row.frame),
        comment=row.comment,
        is_minor=row.is_minor,
        size=row.size,
        tags=row.tags,
        hidden=row.hidden,
    )


def _log_type(line: Line, row: Row) -> str:
    """The log that a line belongs to, told by its classes or by the link to that log; ``""`` for an edit."""
    for element in (line.element, line.group):
        names = () if element is None else sorted(classes(element))
        found = next((name.removeprefix(LOG) for name in names if name.startswith(LOG)), "")
        if found:
            return found
    name, _, type_ = row.addresses[0][1].title.partition("/") if row.addresses else ("", "", "")
    is_log = type_ and row.frame.language.special(name.partition(":")[2]) == SPECIAL_LOG
    return type_ if is_log else ""


def _title(line: Line, row: Row) -> Title | None:
    """Of the page that was changed: the line's own links name it, in groups those of the first line."""
    for element in (line.element, line.group):
        links = () if element is None else of_class(element, "mw-changeslist-title")
        named = (row.frame.link(link) for link in links)
        found = next((row.frame.title(address.title) for address in named if address), None)
        if found:
            return found
    own = (address.title for link, address in row.addresses if "mw-userlink" not in classes(link))
    return next((row.frame.title(title) for title in own if title), None)


def _time(line: Line, frame: Frame) -> Timestamp | None:
    is_alone = line.group is not None and data_number(line.group, "data-mw-revid") is not None
    exact = exact_time(line.element) or (exact_time(line.group) if is_alone and line.group is not None else None)
    if exact:
        return exact
    marked = (mark for mark in of_class(line.element, *TIMES) if not is_inside(mark, "comment"))
    shown = next((plain_text(mark) for mark in marked), "") or _bare_time(line.element)
    return frame.time_within(f"{line.day} {shown}")


def _bare_time(element: Element) -> str:
    """The text of a line outside its links, or of the cell of a table that holds flags and the hour."""
    cell = first_of_class(element, "mw-enhanced-rc") if element.tag == "tr" else None
    return own_text(element) if cell is None else plain_text(cell)
