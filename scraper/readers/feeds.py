"""Atom and RSS feeds of histories, recent changes, new pages and contributions: exact times, in UTC.

What FeedUtils and ChannelFeed write: an entry's address is the difference it shows (``diff=N&oldid=prev``), its
summary begins with the comment as a paragraph of HTML, its author is the user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from lxml import etree, html

from scraper import languages
from scraper.model import Capture, Fact, Place, RevisionMention, Timestamp, Title, TitleMention, Via
from scraper.readers.html.addresses import WikiAddress
from scraper.readers.html.comments import comment_text
from scraper.readers.html.context import Known
from scraper.readers.html.elements import first_of_class
from scraper.readers.html.frame import Frame
from scraper.readers.html.rows import ids_compared, user_called
from scraper.readers.reading import Reading
from scraper.titles import TitleParser

PARSER = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SEPARATOR = re.compile("[\\s\u00a0\u202f]*[:：][\\s\u00a0\u202f]*")
SPECIAL = -1


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of either format, as it stands: ``summary`` is HTML."""

    title: str
    link: str
    summary: str
    author: str
    timestamp: Timestamp | None


def read_feed(capture: Capture, known: Known) -> Reading:
    """A mention of each entry's revision; feeds of new pages name only titles."""
    root = _root(capture.body)
    if root is None:
        return Reading()
    frame = _frame(capture, known, root)
    feed = _Feed(_page(root, frame), _is_of_new_pages(root, frame), frame)
    return Reading.of(fact for entry in _entries(root) for fact in _facts(entry, feed))


@dataclass(frozen=True, slots=True)
class _Feed:
    """``page`` is the page whose history it is, ``None`` for other feeds."""

    page: Title | None
    is_of_new_pages: bool
    frame: Frame


def _root(body: bytes) -> etree._Element | None:
    try:
        root = etree.fromstring(body.lstrip(b"\xef\xbb\xbf \t\r\n"), PARSER)
    except etree.XMLSyntaxError:
        return None
    return root if isinstance(root, etree._Element) else None


def _frame(capture: Capture, known: Known, root: etree._Element) -> Frame:
    code = known.language or root.get(LANG) or _text(root, "language")
    language = languages.of(code)
    titles = known.titles or TitleParser(language.namespaces(known.site_name or "Project"))
    return Frame(capture.url, known.rules, titles, language, language, known.offset)


def _page(root: etree._Element, frame: Frame) -> Title | None:
    """Told by what the feed is an alternative of."""
    found = (frame.title(address.title) for address in _own_addresses(root, frame) if address.action == "history")
    return next(found, None)


def _is_of_new_pages(root: etree._Element, frame: Frame) -> bool:
    titles = (frame.title(address.title) for address in _own_addresses(root, frame))
    return any(title and title.namespace_id == SPECIAL and frame.special(title) == "Newpages" for title in titles)


def _own_addresses(root: etree._Element, frame: Frame) -> list[WikiAddress]:
    found = (frame.address(link.get("href") or link.text or "") for link in _children(root, "link"))
    return [address for address in found if address]


def _entries(root: etree._Element) -> Iterator[Entry]:
    for element in root.iter("{*}entry", "{*}item"):
        links = [link.get("href") or link.text or "" for link in _children(element, "link")]
        yield Entry(
            title=_text(element, "title"),
            link=next((link for link in links if link.strip()), "").strip(),
            summary=_text(element, "summary") or _text(element, "description"),
            author=_text(element, "author") or _text(element, "creator"),
            timestamp=_moment(_text(element, "updated") or _text(element, "pubDate") or _text(element, "date")),
        )


def _facts(entry: Entry, feed: _Feed) -> Iterator[Fact]:
    """Feeds of recent changes join a user's edits in a row, so that ``oldid`` is not always the parent."""
    frame = feed.frame
    address = frame.address(entry.link)
    title = feed.page or (frame.title(address.title) if address and address.title else None)
    if address is None or title is None or title.namespace_id == SPECIAL:
        return
    rev_id = _rev_id(address)
    if rev_id is None:
        yield from [TitleMention(title, Place.FEED, Via.HTML)] if feed.is_of_new_pages else []
        return
    yield RevisionMention(
        rev_id=rev_id,
        title=title,
        place=Place.FEED,
        via=Via.HTML,
        page_id=address.page_id,
        timestamp=entry.timestamp,
        user=user_called(entry.author) if entry.author else None,
        comment=_comment(entry, feed),
    )


def _rev_id(address: WikiAddress) -> int | None:
    return next(ids_compared([address]), None) or address.rev_id


def _comment(entry: Entry, feed: _Feed) -> str | None:
    """The first paragraph; ``None`` where the summary has another form, or tells a log's line instead.

    Feeds of contributions put the user before it, who stands in the entry's author as well (ApiFeedContributions).
    An entry without author hides its user, and may hide its comment.
    """
    if not entry.summary.strip() or not entry.author:
        return None
    fragment = html.fragment_fromstring(entry.summary, create_parent="div")
    first = next((element for element in fragment if isinstance(element.tag, str)), None)
    if first is None or first.tag != "p" or first_of_class(first, "mw-userlink") is not None:
        return None
    first.set("class", "comment comment--without-parentheses")
    text = comment_text(first, feed.frame)
    return text if feed.page else _without_user(text, entry.author)


def _without_user(text: str, user: str) -> str:
    named = SEPARATOR.match(text[len(user) :]) if user and text.startswith(user) else None
    return text[len(user) + named.end() :] if named else text


def _moment(text: str) -> Timestamp | None:
    """ISO 8601 in Atom, the form of e-mails in RSS."""
    text = text.strip()
    try:
        return Timestamp.read(text) or Timestamp.of(parsedate_to_datetime(text))
    except (ValueError, OverflowError):
        return None


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of that name, those of RSS in their channel too."""
    yield from element.iterchildren("{*}" + name)
    for channel in element.iterchildren("{*}channel"):
        yield from channel.iterchildren("{*}" + name)


def _text(element: etree._Element, name: str) -> str:
    found = next(_children(element, name), None)
    return "" if found is None else "".join(str(text) for text in found.itertext()).strip()
