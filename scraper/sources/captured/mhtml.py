"""Pages that a browser saved as one file, with all that they show (MHTML, RFC 2557: ``.mhtml``, ``.mht``)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.utils import parsedate_to_datetime

from scraper.model import Timestamp
from scraper.problems import Problem
from scraper.sources.captured.heads import HEAD
from scraper.sources.captured.item import LARGEST_PAGE, Body, Item

BEGINNING = re.compile(
    rb"\s*(?:From|Snapshot-Content-Location|Subject|Date|MIME-Version|Content-Type|X-MAF\S*):[^\0]*?multipart/related",
    re.I,
)
SCHEMES = ("http://", "https://")


def is_mhtml(head: bytes) -> bool:
    """Whether a file that begins like this holds such a page."""
    return BEGINNING.match(head) is not None


def parts_of(place: str, body: Body, weak: Timestamp) -> Iterator[Item | Problem]:
    """The page and what it shows, each at its own address; ``weak`` is the time of a file that does not tell it."""
    content = body.read(2 * LARGEST_PAGE)
    if body.read(1):
        yield Problem("capture-too-large", place, f"it has more than {2 * LARGEST_PAGE:,} bytes")
        return
    try:
        message = message_from_bytes(content)
        taken_at = _moment(message) or weak
        parts = [part for part in message.walk() if _header(part, "Content-Location").startswith(SCHEMES)]
    except (MessageError, ValueError) as error:
        yield Problem("capture-damaged", place, f"it cannot be read: {error}")
        return
    for part in parts:
        yield _item(place, part, taken_at)
    if not parts or not content.rstrip().endswith(b"--"):
        yield Problem("capture-damaged", place, "it ends before its time")


def _item(place: str, part: Message, taken_at: Timestamp) -> Item:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    url = _header(part, "Content-Location")
    return Item(place, url, 200, {}, taken_at, content[:HEAD], io.BytesIO(content[HEAD:]))


def _moment(message: Message) -> Timestamp | None:
    try:
        moment = parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, OverflowError):
        return None
    return Timestamp.from_mediawiki(moment.strftime("%Y%m%d%H%M%S")) if not moment.utcoffset() else None


def _header(message: Message, name: str) -> str:
    """Its value, empty without it; some programs write UTF-8 into it as it is."""
    values = (value for header, value in message.raw_items() if header.lower() == name.lower())
    value = str(next(values, "")).encode("ascii", "surrogateescape")
    return value.decode("utf-8", "replace").strip()
