"""Banners: what many pages repeat and what is no part of any of them: site notices, "this is a frozen copy" boxes.

First all pages' pieces are counted (:class:`BannerCount`), then what repeats is known. A piece beside the content needs
to stand on half of all pages; a piece inside the content on nearly all, histories and special pages included, since a
template of the wiki may stand on most of its articles, but not on what MediaWiki makes itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from lxml import etree, html

from scraper.readers.html.content import PARSER_OUTPUT, content_box
from scraper.readers.html.elements import classes
from scraper.readers.html.furniture import AROUND_CLASSES, AROUND_IDS
from scraper.readers.html.page import Element, ParsedPage, text_of

NOTICE_IDS = ("siteNotice", "localNotice", "centralNotice", "mw-dismissable-notice")
OWN_PREFIXES = ("mw-", "p-", "column-", "ca-")  # of ids that skins give
AT_THE_EDGE = 3  # pieces looked at on each side of the content
FEWEST_PAGES = 5
SHARE_BESIDE, SHARE_INSIDE = 0.5, 0.9
SHORTEST, LONGEST = 12, 5000  # characters of a piece's text
DIGITS = re.compile(r"\d+")
BOXES = ("div", "p", "table", "center", "aside", "section", "blockquote", "dl", "ul", "h2", "h3")


@dataclass(frozen=True, slots=True)
class Piece:
    """A box of a page. ``key`` is its text, numbers aside: the same on pages that show the same banner."""

    key: str
    html: str
    is_inside: bool


@dataclass(frozen=True, slots=True)
class Banner:
    """A box that many pages repeat: as HTML, its words, and on how many pages it stood."""

    key: str
    html: str
    text: str
    pages: int


class BannerCount:
    """Counts the pieces of many pages; holds one copy of each piece, and at most ``most`` different ones."""

    def __init__(self, most: int = 20_000) -> None:
        self.most = most
        self.pages = 0
        self._counts: Counter[tuple[str, bool]] = Counter()
        self._html: dict[str, str] = {}

    def add(self, pieces: Iterable[Piece]) -> None:
        """Count one page's pieces."""
        self.pages += 1
        # A notice in a notice says the same: the outer one, which comes first, counts.
        for piece in {(piece.key, piece.is_inside): piece for piece in reversed(list(pieces))}.values():
            if piece.key in self._html or len(self._html) < self.most:
                self._html.setdefault(piece.key, piece.html)
                self._counts[piece.key, piece.is_inside] += 1

    def banners(self) -> tuple[Banner, ...]:
        """What repeats on so many pages that it is no part of them, most frequent first."""
        found = []
        for (key, is_inside), pages in self._counts.most_common():
            share = SHARE_INSIDE if is_inside else SHARE_BESIDE
            if pages >= FEWEST_PAGES and pages >= share * self.pages:
                found.append(Banner(key, self._html[key], text_of(html.fromstring(self._html[key])), pages))
        return tuple(found)


def pieces_of(page: ParsedPage) -> tuple[Piece, ...]:
    """What may be a banner: site notices, boxes beside the content that are not MediaWiki's, the content's edges."""
    content = content_box(page)
    beside = [page.ids[name] for name in NOTICE_IDS if name in page.ids]
    if content is not None:
        beside += _strangers(content)
    inside = [] if content is None else _edges(content)
    return tuple(piece for elements, is_inside in ((beside, False), (inside, True)) for element in elements
                 for piece in _piece(element, is_inside))  # fmt: skip


def without_banners(content: Element, banners: Set[str]) -> Element:
    """The same content; banners at its edges are taken out, in place."""
    for element in _edges(content) if banners else ():
        if _key(element) in banners:
            element.drop_tree()
    return content


def _strangers(content: Element) -> Iterator[Element]:
    """Boxes beside the content's ancestors that have no name of MediaWiki's or a skin's."""
    for outer in (content, *content.iterancestors()):
        for element in outer.itersiblings(*BOXES, preceding=True):
            if not _is_furniture(element) and not element.get("id", "").startswith(OWN_PREFIXES):
                yield element


def _is_furniture(element: Element) -> bool:
    return element.get("id") in AROUND_IDS or not AROUND_CLASSES.isdisjoint(classes(element))


def _edges(content: Element) -> list[Element]:
    """The first and the last boxes of the content."""
    box = next((child for child in content if PARSER_OUTPUT in classes(child)), content)
    children = [child for child in box if child.tag in BOXES and not _is_furniture(child)]
    return list(dict.fromkeys([*children[:AT_THE_EDGE], *children[-AT_THE_EDGE:]]))


def _piece(element: Element, is_inside: bool) -> Iterator[Piece]:
    key = _key(element)
    if SHORTEST <= len(key) <= LONGEST:
        written = html.tostring(element, encoding="unicode", with_tail=False)
        yield Piece(key, written, is_inside)


def _key(element: Element) -> str:
    words = "".join(element.itertext(etree.Element))[: 2 * LONGEST]
    return DIGITS.sub("0", " ".join(words.split()))
