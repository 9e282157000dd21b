"""Values that facts are made of: where they come from, moments, hashes, titles, names."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

DIGITS = 14  # of a moment as MediaWiki's databases have it
BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


class Via(StrEnum):
    """The road by which a fact came."""

    API = "api"
    EXPORT = "export"
    RAW = "raw"
    HTML = "html"
    DUMP = "dump"


class Exactness(StrEnum):
    """How far a time can be trusted."""

    SECOND = "second"
    MINUTE = "minute"
    UNKNOWN_ZONE = "zone unknown"


class Hidden(StrEnum):
    """A part of a revision, log event or file version that the wiki hides from the public.

    ``ACTION`` is a log event's target and parameters; ``FILE`` a file version's content;
    ``SUPPRESSED`` marks that administrators cannot see the parts either (MediaWiki's ``suppressed``).
    """

    TEXT = "text"
    USER = "user"
    COMMENT = "comment"
    ACTION = "action"
    FILE = "file"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True, order=True)
class Timestamp:
    """A moment in UTC as ISO 8601 with seconds and ``Z``, and how exact it is."""

    iso: str
    exactness: Exactness = Exactness.SECOND

    @classmethod
    def from_mediawiki(cls, digits: str) -> Timestamp:
        """From MediaWiki's 14 digits (``20170525145603``), its form in URLs and databases."""
        if len(digits) != DIGITS or not digits.isdecimal():
            raise ValueError(f"not a MediaWiki timestamp: {digits!r}")
        d = digits
        return cls(f"{d[:4]}-{d[4:6]}-{d[6:8]}T{d[8:10]}:{d[10:12]}:{d[12:14]}Z")

    @classmethod
    def of(cls, moment: datetime) -> Timestamp:
        """From a moment in any zone. Raises OverflowError where UTC has no year for it."""
        return cls(moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"))

    @classmethod
    def read(cls, text: str) -> Timestamp | None:
        """From ISO 8601 with a zone, as the API and dumps write it; ``None`` for what is no moment."""
        try:
            moment = datetime.fromisoformat(text)
            return cls.of(moment) if moment.tzinfo else None
        except (ValueError, OverflowError):
            return None

    @classmethod
    def read_digits(cls, digits: str) -> Timestamp | None:
        """From MediaWiki's 14 digits, wherever somebody may have written others; ``None`` for what is no moment."""
        try:
            moment = datetime.strptime(digits, "%Y%m%d%H%M%S") if len(digits) == DIGITS else None
        except ValueError:
            return None
        return cls.of(moment.replace(tzinfo=UTC)) if moment else None

    @property
    def mediawiki(self) -> str:
        """The same moment in MediaWiki's 14 digits."""
        return "".join(character for character in self.iso[:19] if character.isdecimal())


@dataclass(frozen=True, slots=True)
class Sha1:
    """A SHA-1 in 40 lower-case hexadecimal digits: the API's form; dumps write it in base 36."""

    hex: str

    @classmethod
    def of(cls, content: bytes) -> Sha1:
        return cls(hashlib.sha1(content, usedforsecurity=False).hexdigest())

    @classmethod
    def from_base36(cls, digits: str) -> Sha1:
        """From the 31 base-36 digits of an XML dump (shorter ones occur: leading zeros dropped)."""
        return cls(f"{int(digits, 36):040x}")

    @property
    def base36(self) -> str:
        """31 digits, as MediaWiki's databases and dumps write it."""
        number, digits = int(self.hex, 16), ""
        while number:
            number, remainder = divmod(number, 36)
            digits = BASE36[remainder] + digits
        return digits.rjust(31, "0")


@dataclass(frozen=True, slots=True)
class Title:
    """A page's name: namespace number, name without prefix, and the prefix in the wiki's language."""

    namespace_id: int
    name: str
    prefix: str = ""

    @property
    def full(self) -> str:
        """The title as the wiki displays it, with prefix and spaces."""
        return f"{self.prefix}:{self.name}" if self.prefix else self.name

    @property
    def dbkey(self) -> str:
        """The full title with underscores, as in addresses."""
        return self.full.replace(" ", "_")


@dataclass(frozen=True, slots=True)
class UserName:
    """Who did something: the name as shown (account, IP address or imported name) and the wiki's user id.

    ``wiki_user_id`` is ``None`` where the source does not say, 0 for IP addresses and imported names.
    """

    name: str
    wiki_user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer of a wiki, wherever it was found: over HTTP now, in a WARC, in a folder of files.

    ``headers`` has lower-case names. ``taken_at`` is when the wiki gave the answer, not when we read it.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    taken_at: Timestamp
    via: Via
