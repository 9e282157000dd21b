"""What a captured thing is, told by its first bytes: names lie.

A copy calls the page of a picture ``File:Map.png``, and the answer for a missing picture is an HTML page.
"""

from __future__ import annotations

from enum import StrEnum

from scraper.readers.html.addresses import read_address
from scraper.sources.captured.addresses import parts_of
from scraper.sources.captured.heads import BYTE_ORDER_MARK, HTML, READABLE
from scraper.sources.captured.originals import original_of, thumbnail_of

UNREAD = (".css", ".js", ".svg", ".woff", ".ico")


class Kind(StrEnum):
    """What tells of a wiki, what it keeps, and what does neither."""

    ANSWER = "answer"
    FILE = "file"
    OTHER = "other"


def kind_of(url: str, head: bytes) -> Kind:
    """An answer of the wiki (page, feed, API, export, raw text), a file or its thumbnail, or what serves its looks."""
    head = head.removeprefix(BYTE_ORDER_MARK)
    if HTML.match(head):
        return Kind.ANSWER
    if original_of(url) or thumbnail_of(url):
        return Kind.FILE
    address = read_address(url) if "raw" in url else None
    if address and address.action == "raw":
        return Kind.ANSWER
    looks = parts_of(url).path.lower().endswith(UNREAD) or "load.php" in url
    return Kind.ANSWER if READABLE.match(head) and not looks else Kind.OTHER
