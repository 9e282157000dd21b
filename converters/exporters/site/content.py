"""A page document as HTML of the site: links and pictures get their addresses, and all of it is sanitised."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lxml import etree

from converters.document import Element, LinkKind, article, inner_html
from converters.document.sanitise import sanitise
from converters.document.vocabulary import HEADINGS
from converters.exporters.site import copies
from converters.links import relative

# What may mark up a title (DISPLAYTITLE).
TITLE_ELEMENTS = frozenset({
    "b", "i", "em", "strong", "u", "s", "del", "ins", "sub", "sup", "small", "big", "span", "bdi", "bdo", "code", "var",
})  # fmt: skip
MEDIA = ("img", "audio", "video")
NEW, OUT = "new", "external"
# A contents list helps a reader from this many headings on, as in MediaWiki.
CONTENTS_FROM = 4
DEEPEST_IN_CONTENTS = 3
ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
# Nobody who follows a link out tells where from, and the page there cannot reach back.
REL = "noopener noreferrer nofollow"


def _nowhere(_: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Targets:
    """Where things are: the address of a title, the path of a file's bytes below the site, ``None`` for neither.

    ``missing_words`` and ``copy_words`` are told of links to a page that is missing, and to the copy of an address.
    ``own_at`` and ``special_at`` know what the site has of the wiki's scripts and special pages.
    """

    address_of: Callable[[str], str | None]
    file_at: Callable[[str], str | None]
    missing_words: Callable[[str], str]
    copy_words: str = ""
    own_at: Callable[[str], str | None] = _nowhere
    special_at: Callable[[str], str | None] = _nowhere


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents list; ``level`` is 1 for the outermost."""

    level: int
    text: str
    anchor: str


def to_html(root: Element, here: str, targets: Targets) -> str:
    """The safe HTML of a document at the address ``here``. The document stays as it is.

    Links out have their copies beside them, from a time that :func:`copies.dated` fills in.
    """
    root = copy.deepcopy(root)
    for link in root.iter("a"):
        _lead(link, here, targets)
    for media in list(root.iter(*MEDIA)):
        _show(media, here, targets)
    for link in [link for link in root.iter("a") if link.get("data-link") == LinkKind.EXTERNAL]:
        _add_copy(link, targets.copy_words)
    for table in [table for table in root.iter("table") if _may_scroll(table)]:
        _wrap(table)
    _help_readers(root)
    # The sanitiser writes attributes of its vocabulary only; "<img " is always a tag in what it gives.
    return sanitise(inner_html(root)).replace("<img ", '<img loading="lazy" ')


def heading_html(shown: str) -> str:
    """A page's title as the page wants it shown: safe HTML of words, without links and pictures."""
    safe = sanitise(shown)
    if "<" not in safe:
        return safe.strip()
    root = article(safe)
    etree.strip_tags(root, *{str(element.tag) for element in root.iterdescendants()} - TITLE_ELEMENTS)
    return sanitise(inner_html(root)).strip()


def contents(root: Element) -> list[Heading]:
    """The headings that a contents list shows; none when the page has few."""
    headings = [element for element in root.iter(*HEADINGS) if element.get("id")]
    if len(headings) < CONTENTS_FROM:
        return []
    top = min(int(str(element.tag)[1]) for element in headings)
    listed = [
        Heading(int(str(element.tag)[1]) - top + 1, _words(element), element.get("id") or "") for element in headings
    ]
    return [heading for heading in listed if heading.level <= DEEPEST_IN_CONTENTS]


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _lead(link: Element, here: str, targets: Targets) -> None:
    kind = link.get("data-link")
    if kind in (LinkKind.INTERNAL, LinkKind.FILE, LinkKind.CATEGORY):
        _lead_to_page(link, here, targets)
    elif kind in (LinkKind.EXTERNAL, LinkKind.INTERWIKI, LinkKind.LANGUAGE):
        own = targets.own_at((link.get("href") or "").strip())
        if own is None:
            _lead_out(link)
        else:
            link.set("href", relative(here, own + "/", link.get("data-fragment") or ""))


def _lead_out(link: Element) -> None:
    href = (link.get("href") or "").strip()
    if href.startswith("//"):
        href = f"https:{href}"
    if not ABSOLUTE.match(href):
        link.attrib.pop("href", None)
        return
    link.set("href", href)
    link.set("rel", REL)
    _add_class(link, OUT)


def _add_copy(link: Element, words: str) -> None:
    """A link to the copy of the address, a small sign after the link to the address itself."""
    address = copies.copy_of(link.get("href") or "", copies.SOME_TIME)
    if address is None:
        return
    beside = etree.Element("a", {"class": copies.KIND, "href": address, "title": words, "rel": REL})
    beside.tail, link.tail = link.tail, None
    link.addnext(beside)


def _lead_to_page(link: Element, here: str, targets: Targets) -> None:
    title = link.get("data-title") or ""
    address = targets.address_of(title) or targets.special_at(title)
    words = [word for word in (link.get("class") or "").split() if word != NEW]
    _set(link, "class", " ".join(words))
    if address is None:
        link.attrib.pop("href", None)
        link.set("title", targets.missing_words(title))
        _add_class(link, NEW)
        return
    link.set("href", relative(here, address + "/", link.get("data-fragment") or ""))
    _set(link, "title", "" if " ".join(link.itertext()) == title else title)


def _show(media: Element, here: str, targets: Targets) -> None:
    name = media.get("data-file")
    if name is None:
        _leave_out(media)
        return
    path = targets.file_at(name)
    if path is None:
        _replace_with_words(media, media.get("alt") or name)
        return
    media.set("src", relative(here, path))
    if media.tag == "img":
        media.set("alt", media.get("alt") or "")
    else:
        media.set("controls", "")
        media.set("preload", "none")


def _may_scroll(table: Element) -> bool:
    """A table in the flow of the text, not in another one and not beside the text."""
    words = (table.get("class") or "").lower()
    is_beside = "infobox" in words or "float" in words or "float" in (table.get("style") or "") or table.get("align")
    return not is_beside and next(table.iterancestors("table"), None) is None


def _wrap(table: Element) -> None:
    """A box that scrolls when the table is wider than the page, by keyboard too."""
    box = etree.Element("div", {"class": "scroll", "tabindex": "0"})
    box.tail, table.tail = table.tail, None
    table.addprevious(box)
    box.append(table)


def _help_readers(root: Element) -> None:
    """What the wiki's markup leaves out for keyboards and screen readers."""
    for code in root.iter("pre"):
        code.set("tabindex", "0")  # its long lines scroll
    for link in root.iter("a"):
        if "href" in link.attrib and not _words(link):
            _give_name(link)
    for terms in list(root.iter("dl")):
        if terms.find("dt") is None:  # ":" at the beginning of a line: set in, no list of terms
            _set_in(terms)


def _set_in(terms: Element) -> None:
    """No role says that a ``dd`` means nothing, so it is none."""
    for element in (terms, *terms.iterchildren("dd")):
        element.tag = "div"
    _add_class(terms, "indented")


def _give_name(link: Element) -> None:
    """A link without words is called by its title or picture; one without, such as a line's number, leads nowhere."""
    picture = next(link.iter(*MEDIA), None)
    if picture is None:
        if not link.get("title"):
            del link.attrib["href"]
    elif picture.tag == "img" and not picture.get("alt"):
        picture.set("alt", picture.get("data-file") or "")


def _leave_out(media: Element) -> None:
    """A picture from elsewhere would tell others who reads the archive, and will be gone one day: a link remains."""
    source = media.get("src") or ""
    _replace_with_words(media, media.get("alt") or source)
    if media.tag == "span" and not any(parent.tag == "a" for parent in media.iterancestors()):
        media.tag = "a"
        media.set("href", source)
        media.set("rel", REL)
        _add_class(media, OUT)


def _replace_with_words(media: Element, words: str) -> None:
    tail = media.tail
    media.clear()
    media.tag = "span"
    media.text = words
    media.tail = tail
    media.set("class", "absent")


def _add_class(element: Element, word: str) -> None:
    _set(element, "class", f"{element.get('class') or ''} {word}".strip())


def _set(element: Element, name: str, value: Any) -> None:
    if value:
        element.set(name, value)
    else:
        element.attrib.pop(name, None)
