"""Values as dumps write them: users, times, hashes, texts."""

from __future__ import annotations

import re

from lxml import etree

from scraper.model import Sha1, Timestamp, UserName
from scraper.readers.dump_xml import local_name

Element = etree._Element

NUMBER = re.compile(r"-?[0-9]{1,18}")  # what a database holds
LONGEST_SHOWN = 40  # characters of a value that cannot be read
NO_TEXT = Sha1.of(b"")


def children(element: Element) -> dict[str, Element]:
    """Its child elements by local name; of several with one name, the last."""
    return {local_name(child): child for child in element}


def text_of(parts: dict[str, Element], name: str) -> str | None:
    """The text of a child, ``""`` when it is empty, ``None`` when there is none."""
    part = parts.get(name)
    return None if part is None else part.text or ""


def number_of(parts: dict[str, Element], name: str) -> int | None:
    """The number in a child, ``None`` when there is none: what cannot be one is as good as not said."""
    text = (text_of(parts, name) or "").strip()
    return int(text) if NUMBER.fullmatch(text) else None


def id_of(parts: dict[str, Element]) -> int:
    """What the wiki numbers it with. Raises ValueError when it has no id, or one that is none."""
    number = number_of(parts, "id")
    if number is None or number <= 0:
        said = text_of(parts, "id")
        raise ValueError(f"its id is no id: {said[:LONGEST_SHOWN]!r}" if said else "it has no id")
    return number


def is_deleted(element: Element | None) -> bool:
    """Whether the wiki hides it (since 0.4)."""
    return element is not None and element.get("deleted") is not None


def read_user(contributor: Element | None) -> UserName | None:
    """Who it was, ``None`` when hidden or empty (MediaWiki lost the name: https://phabricator.wikimedia.org/T224221)."""
    if contributor is None:
        return None
    parts = children(contributor)
    address = text_of(parts, "ip")
    if address:
        return UserName(address, 0)
    name = text_of(parts, "username")
    return UserName(name, number_of(parts, "id")) if name else None


def read_timestamp(text: str | None) -> Timestamp | None:
    """``None`` for what cannot be read as a time."""
    return Timestamp.read((text or "").strip())


def read_sha1(digits: str | None) -> Sha1 | None:
    """From base 36; tools that copy the API's answers write 40 hexadecimal digits. ``None`` where nothing is said."""
    digits = (digits or "").strip().lower()
    try:
        return Sha1(f"{int(digits, 16):040x}") if len(digits) == 40 else Sha1.from_base36(digits)
    except ValueError:
        return None


def read_text(element: Element | None, sha1: Sha1 | None) -> bytes | None:
    """A revision's text in UTF-8; ``None`` when hidden, when the wiki lost it, and in stub dumps.

    An element without content is an empty text only when nothing says otherwise: stubs have ``id`` or ``location``,
    lost texts the size or SHA-1 of what was there (XmlDumpWriter::writeSlot).
    """
    if element is None or is_deleted(element):
        return None
    # Straight from libxml2, which has it in UTF-8: five times faster than by way of a str, and a third of the memory.
    content = etree.tostring(element, method="text", encoding="utf-8", with_tail=False)
    if content:
        return content
    if sha1 == NO_TEXT:
        return b""
    is_stub = sha1 is not None or any(name in element.attrib for name in ("id", "location"))
    return None if is_stub or read_size(element, None) else b""


def read_size(element: Element | None, text: bytes | None) -> int | None:
    """``bytes=`` (since 0.5), ``None`` where it says nothing.

    MediaWiki before 1.21 wrote ``rev_len``, which is 0 for revisions older than that column.
    """
    said = element.get("bytes") if element is not None else None
    if said is None or not NUMBER.fullmatch(said) or (text and int(said) == 0):
        return None
    return int(said)
