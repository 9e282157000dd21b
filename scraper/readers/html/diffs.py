"""Differences between two revisions: what their headers say of both (DifferenceEngine, 1.5 to 1.43)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scraper.model import Place, RevisionMention, Timestamp, UserName, Via
from scraper.readers.html.addresses import number
from scraper.readers.html.comments import comment_of
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.elements import first_of_class, plain_text
from scraper.readers.html.frame import Frame, frame_of
from scraper.readers.html.page import Element, ParsedPage
from scraper.readers.html.rows import Row, user_in
from scraper.readers.reading import Reading

# Up to 1.18 a page's first revision has no table, only a header above its text.
FIRST = "firstrevisionheader"


def read_diff(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """One mention for each side: the older one, where there is one, first."""
    frame = frame_of(page, what, known)
    first = first_of_class(page.body, FIRST)
    if first is not None:
        return Reading.of(_first_revision(first, page, what, frame))
    older, newer = (_side(page, name, what, frame) for name in ("otitle", "ntitle"))
    if newer and not newer.rev_id:
        newer = replace(newer, rev_id=_latest_id(page, what))
    mentions = [side.mention(what, frame) for side in (older, newer) if side and side.rev_id]
    return Reading.of(_joined([mention for mention in mentions if mention], page))


@dataclass(frozen=True, slots=True)
class Side:
    """The header of one side; ``row`` is all of it, ``heading`` its first line, ``links`` its last one."""

    row: Row
    heading: Element
    links: Element | None
    rev_id: int | None
    title: str

    def mention(self, what: PageContext, frame: Frame) -> RevisionMention | None:
        title = frame.title(self.title) or frame.title_in(what.title, what.namespace_id)
        if title is None:
            return None
        return RevisionMention(
            rev_id=self.rev_id or 0,
            title=title,
            place=Place.DIFF,
            via=Via.HTML,
            timestamp=self.timestamp,
            user=self.user,
            comment=self.row.comment,
            is_minor=self.row.is_minor,
            tags=self.row.tags,
            hidden=self.row.hidden,
            parent_id=0 if self._is_end("differences-prevlink", "otitle") else None,
            is_latest=True if self._is_end("differences-nextlink", "ntitle") else None,
        )

    @property
    def timestamp(self) -> Timestamp | None:
        """Exact from 1.36 on (``data-timestamp``)."""
        exact = first_of_class(self.heading, "mw-diff-timestamp")
        told = Timestamp.read(exact.get("data-timestamp") or "") if exact is not None else None
        return told or self.row.frame.time_within(plain_text(self.heading))

    @property
    def user(self) -> UserName | None:
        return user_in(self.row.element, self.row.frame)

    def _is_end(self, link: str, side: str) -> bool:
        """Whether the way on from this side is missing: that revision is the page's first, or its latest."""
        if self.links is None or side not in (self.links.get("id") or ""):
            return False
        return not any(inner.get("id") == link for inner in self.links.iter("a"))


def _side(page: ParsedPage, name: str, what: PageContext, frame: Frame) -> Side | None:
    """``td.diff-otitle`` and ``td.diff-ntitle``; their lines have ids of their own from 1.10 on."""
    cell = first_of_class(page.body, f"diff-{name}")
    if cell is None:
        return None
    row = Row(cell, frame)
    heading = page.ids.get(f"mw-diff-{name}1")
    title = next((address.title for _, address in row.addresses if address.title), what.title)
    return Side(row, cell if heading is None else heading, page.ids.get(f"mw-diff-{name}4"), row.rev_id, title)


def _latest_id(page: ParsedPage, what: PageContext) -> int | None:
    """The newer side's id where its heading does not link to it: what was asked for, or the page's latest."""
    asked = number(what.parameters.get("diff", ""))
    return page.number("wgDiffNewId") or asked or what.current_rev_id


def _first_revision(header: Element, page: ParsedPage, what: PageContext, frame: Frame) -> Iterator[RevisionMention]:
    onward = page.ids.get("differences-nextlink")
    address = frame.address(onward.get("href") or "") if onward is not None else None
    rev_id = number(address.parameters.get("oldid", "")) if address else _latest_id(page, what)
    title = frame.title_in(what.title, what.namespace_id)
    heading = next((element for element in header.itersiblings() if element.tag == "h2"), None)
    if rev_id and title:
        yield RevisionMention(
            rev_id=rev_id,
            title=title,
            place=Place.DIFF,
            via=Via.HTML,
            parent_id=0,
            timestamp=frame.time_within(plain_text(heading)) if heading is not None else None,
            user=user_in(header, frame),
            comment=comment_of(header, frame),
        )


def _joined(mentions: list[RevisionMention], page: ParsedPage) -> list[RevisionMention]:
    """With parents: none for a side that stands alone, the older side where none is between them (``diff-multi``)."""
    if len(mentions) == 1 and first_of_class(page.body, "diff-otitle") is None:
        return [replace(mentions[0], parent_id=0)]
    if len(mentions) != 2:
        return mentions
    older, newer = mentions
    is_next = older.title == newer.title and older.rev_id < newer.rev_id
    if is_next and first_of_class(page.body, "diff-multi") is None:
        newer = replace(newer, parent_id=older.rev_id)
    return [older, newer]
