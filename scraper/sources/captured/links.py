"""Which addresses of a frozen copy are worth asking, going by the links of its pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from scraper.model import Capture
from scraper.readers.html.addresses import AddressRules, read_address
from scraper.readers.html.page import ParsedPage, parse_page
from scraper.sources.captured.addresses import joined, parts_of
from scraper.sources.captured.heads import HEAD, HTML
from scraper.sources.captured.originals import original_of, thumbnail_of

SCHEMES = {"http", "https"}
# What serves a page's looks, or a browser: no facts stand there.
USELESS = (".css", ".js", ".ico", ".woff", ".woff2", ".ttf", ".map")
LONGEST = 2000  # characters of an address


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the copy ends: one host, and what lies below one folder of it."""

    host: str
    folder: str

    def hold(self, url: str) -> bool:
        """Whether the address belongs to the copy. Uploaded files may lie beside it."""
        parts = parts_of(url)
        if parts.scheme not in SCHEMES or parts.netloc != self.host or len(url) > LONGEST:
            return False
        path = posixpath.normpath(unquote(parts.path)) + "/"
        original = original_of(url)
        is_file = thumbnail_of(url) is not None or (original is not None and original.is_proven)
        return path.startswith(unquote(self.folder)) or is_file


def bounds_of(start: Capture) -> Bounds:
    """From the page that a person gave: its folder, or as far above it as its own links lead."""
    parts = parts_of(start.url)
    folder = _folder(parts.path)
    for href in hrefs(start):
        link = parts_of(href)
        if not link.scheme and not link.netloc and link.path.startswith("../"):
            target = _folder(parts_of(joined(start.url, href)).path)
            folder = _common(folder, target)
    return Bounds(parts.netloc, folder)


def links_of(page: Capture, bounds: Bounds) -> Iterator[str]:
    """Addresses of the copy that the page leads to: its pages, and the files that were uploaded."""
    for href in hrefs(page):
        url = joined(page.url, href)
        if bounds.hold(url) and _is_useful(url):
            yield url


def thumbnails_in(page: Capture, bounds: Bounds) -> Iterator[str]:
    """Addresses of the smaller pictures of the wiki's files that the page shows."""
    parsed = parsed_page(page) if b"thumb" in page.body else None
    for picture in () if parsed is None else parsed.root.iter("img"):
        larger = (one.strip().partition(" ")[0] for one in (picture.get("srcset") or "").split(","))
        for source in (picture.get("src") or "", *larger):
            url = joined(page.url, source.strip())
            if thumbnail_of(url) and bounds.hold(url):
                yield url


def kind_of_question(url: str) -> str:
    """What is asked of pages: ``oldid``, ``action=history``, ``Special:WhatLinksHere``; empty for a page as it stands.

    A copy has all of a kind, or many, or none.
    """
    address = read_address(url, AddressRules(is_mirror=True))
    if address is None:
        return "?" if parts_of(url).query else ""
    action = [f"action={address.action}"] if address.action != "view" else []
    asked = [*action, *(["oldid"] if address.rev_id else []), *sorted(address.parameters)]
    root, slash, _ = address.title.partition("/")
    return "&".join(asked) or (root if slash and ":" in root else "")


def hrefs(page: Capture) -> Iterator[str]:
    """As they stand in the page."""
    parsed = parsed_page(page)
    for link in () if parsed is None else parsed.root.iter("a"):
        href = (link.get("href") or "").strip()
        if href and not href.startswith(("#", "javascript:", "mailto:")):
            yield href


def parsed_page(answer: Capture) -> ParsedPage | None:
    """``None`` for what is no HTML."""
    return parse_page(answer) if HTML.match(answer.body, 0, HEAD) else None


def _is_useful(url: str) -> bool:
    address = read_address(url)
    if address and address.is_missing:
        return False
    path = parts_of(url).path.lower()
    return not path.endswith(USELESS) and "load.php" not in path and "/thumb/" not in path


def _folder(path: str) -> str:
    return path.rpartition("/")[0] + "/"


def _common(one: str, other: str) -> str:
    return posixpath.commonpath([one, other]).rstrip("/") + "/"
