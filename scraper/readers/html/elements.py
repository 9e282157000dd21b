"""Finding elements of MediaWiki's pages by class: the classes are the same in every skin and language."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from scraper.model import Timestamp
from scraper.readers.html.page import Element, ParsedPage

MOST_DIGITS = 18  # numbers of a wiki are below 2**63
MARKS = str.maketrans("", "", "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069")  # of direction


def classes(element: Element) -> frozenset[str]:
    """The element's classes."""
    return frozenset((element.get("class") or "").split())


def of_class(element: Element, *names: str) -> Iterator[Element]:
    """The elements inside that have one of the classes, and the element itself if it has, in document order."""
    wanted = frozenset(names)
    for inner in element.iter(etree.Element):
        found = inner.get("class")
        if found and not wanted.isdisjoint(found.split()):
            yield inner


def first_of_class(element: Element, *names: str) -> Element | None:
    """The first of them."""
    return next(of_class(element, *names), None)


def is_inside(element: Element, *names: str) -> bool:
    """Whether the element, or one around it, has one of the classes."""
    wanted = frozenset(names)
    return any(not wanted.isdisjoint(classes(outer)) for outer in (element, *element.iterancestors()))


def plain_text(element: Element) -> str:
    """The visible text as it stands, with plain spaces for newlines and without marks of direction."""
    text = "".join(element.itertext(etree.Element)) if len(element) else element.text or ""
    return text.replace("\n", " ").translate(MARKS)


def number_in(text: str) -> int | None:
    """The whole number in a text of any language, whatever digits and separators it has; ``None`` without digits."""
    digits = "".join(str(int(character)) for character in text if character.isdecimal())
    return int(digits) if 0 < len(digits) <= MOST_DIGITS else None


def data_number(element: Element, name: str) -> int | None:
    """A positive number kept in an attribute."""
    value = element.get(name) or ""
    return int(value) or None if value.isascii() and value.isdecimal() and len(value) <= MOST_DIGITS else None


def exact_time(element: Element) -> Timestamp | None:
    """What ``data-mw-ts`` says (recent changes from 1.27 on): UTC, to the second."""
    return Timestamp.read_digits(element.get("data-mw-ts") or "")


def own_text(element: Element) -> str:
    """The text that stands directly in the element, a space for each element between."""
    pieces = [element.text or "", *(child.tail or "" for child in element)]
    return " ".join(pieces).replace("\n", " ").translate(MARKS)


def content_of(page: ParsedPage) -> Element:
    """What the page shows, as near as its skin tells: ``#mw-content-text`` from 1.19 on, ``#bodyContent`` before."""
    names = ("mw-content-text", "bodyContent", "mw_content", "article", "content")
    return next((page.ids[name] for name in names if name in page.ids), page.body)
