"""What a captured thing is, told by its first bytes: names lie.

A copy calls the page of a picture ``File:Map.png``, and the answer for a missing picture is an HTML page.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from scraper.readers.html.addresses import read_address
from scraper.sources.captured.addresses import parts_of

HEAD = 4096  # bytes that are looked at
# Possessive: what stands before the first element is passed over once, however often it could be read otherwise.
HTML = re.compile(
    rb"(?>\s+|<!--(?>.*?-->)|<\?xml[^>]*\?>)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
READABLE = re.compile(rb"\s*[<{\[]")  # HTML, XML, JSON
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ARCHIVED = re.compile(r"\d{14}!(?P<name>.+)", re.DOTALL)
UNREAD = (".css", ".js", ".svg", ".woff", ".ico")


class Kind(StrEnum):
    """What tells of a wiki, what it keeps, and what does neither."""

    ANSWER = "answer"
    FILE = "file"
    OTHER = "other"


def kind_of(url: str, head: bytes) -> Kind:
    """An answer of the wiki (page, feed, API, export, raw text), a file that was uploaded, or what serves its looks."""
    head = head.removeprefix(BYTE_ORDER_MARK)
    if HTML.match(head):
        return Kind.ANSWER
    if original_of(url):
        return Kind.FILE
    address = read_address(url) if "raw" in url else None
    if address and address.action == "raw":
        return Kind.ANSWER
    looks = parts_of(url).path.lower().endswith(UNREAD) or "load.php" in url
    return Kind.ANSWER if READABLE.match(head) and not looks else Kind.OTHER


@dataclass(frozen=True, slots=True)
class Original:
    """A file version by MediaWiki's own naming. ``archive_name`` is set for old versions."""

    name: str
    archive_name: str | None


def original_of(url: str) -> Original | None:
    """The file whose bytes stand at this address.

    MediaWiki keeps files in folders named by the first digits of the MD5 of their name
    (https://www.mediawiki.org/wiki/Manual:$wgHashedUploadDirectory), so an address proves itself; thumbnails stand
    below ``thumb``.
    """
    parts = unquote(parts_of(url).path).split("/")
    if len(parts) < 4 or "thumb" in parts:
        return None
    *_, folder, first, second, written = parts
    archived = ARCHIVED.fullmatch(written) if folder == "archive" else None
    name = archived["name"] if archived else written
    digest = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
    if (first, second) != (digest[0], digest[:2]):
        return None
    return Original(name.replace("_", " "), written if archived else None)
