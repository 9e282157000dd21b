"""The last edits as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml import etree

from converters.document import Element
from converters.entries import PageName, RevisionEntry
from converters.exporters.site.press import Press
from converters.links import ABOUT, relative
from scraper.model import Exactness

FEED = f"{ABOUT}/feed.xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
LAST = 100
WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z")
# A feed must say when: for a wiki of which no edit has a date.
NEVER = "1970-01-01T00:00:00Z"


def atom(press: Press, base_url: str, changes: Iterable[tuple[PageName, RevisionEntry]]) -> bytes:
    """The feed of a site at ``base_url``, which ends with a slash. Entries are those whose time is known in UTC."""
    dated = [
        (page, revision)
        for page, revision in changes
        if WHEN.fullmatch(revision.timestamp or "") and revision.exactness != Exactness.UNKNOWN_ZONE
    ]
    language = {"{http://www.w3.org/XML/1998/namespace}lang": press.wiki.site.language}
    feed = etree.Element(f"{{{NAMESPACE}}}feed", language, {None: NAMESPACE})
    _add(feed, "title", f"{press.wiki.site.name} – {press.words('recentchanges')}")
    _add(feed, "id", _tag(base_url, "changes"))
    _add(feed, "updated", _utc(dated[0][1].timestamp) if dated else NEVER)
    _add(_add(feed, "author"), "name", press.wiki.site.name)
    _add(feed, "link", rel="self", href=base_url + FEED)
    changes_at = relative("", press.addresses.of_special("Recentchanges") + "/")
    _add(feed, "link", rel="alternate", type="text/html", href=base_url + changes_at.removeprefix("./"))
    for page, revision in dated:
        _entry(feed, press, base_url, page, revision)
    return etree.tostring(feed, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _entry(feed: Element, press: Press, base_url: str, page: PageName, revision: RevisionEntry) -> None:
    entry = _add(feed, "entry")
    _add(entry, "title", page.title.full)
    _add(entry, "id", _tag(base_url, f"revision/{revision.rev_id}"))
    _add(entry, "updated", _utc(revision.timestamp))
    _add(_add(entry, "author"), "name", revision.user or press.words("wikicompost-unknown"))
    target = press.version("", revision) or relative("", _page(press, page) + "/")
    _add(entry, "link", rel="alternate", type="text/html", href=base_url + target.removeprefix("./"))
    _add(entry, "summary", "".join(run.text for run in press.runs("", None, revision.comment, revision.hidden)))


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    child.text = None if text is None else _legal(text)
    return child


def _legal(text: str) -> str:
    """XML takes no control characters."""
    return "".join(character for character in text if character.isprintable() or character in "\t\n")


def _utc(timestamp: str | None) -> str:
    """Times that are exact to the minute lack seconds."""
    stamp = (timestamp or NEVER).removesuffix("Z")
    return stamp + ":00" * (2 - stamp.count(":")) + "Z"


def _tag(base_url: str, name: str) -> str:
    """A name for ever (RFC 4151)."""
    place = urlsplit(base_url)
    return f"tag:{place.hostname or 'archive.invalid'},2000:{place.path}{name}"


def _page(press: Press, page: PageName) -> str:
    return press.main_page if page.page_id is None else press.addresses.of_page(page.page_id)
