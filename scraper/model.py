"""The wiki's own nouns, as immutable values: what readers give and the archive keeps.

A *fact* is one thing the wiki said. It says by which road it came (``via``) and, where a clock is involved,
how exact it is. A field that is ``None`` was not said; a part that the wiki hides is named in ``hidden``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

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
        if len(digits) != 14 or not digits.isdecimal():
            raise ValueError(f"not a MediaWiki timestamp: {digits!r}")
        d = digits
        return cls(f"{d[:4]}-{d[4:6]}-{d[6:8]}T{d[8:10]}:{d[10:12]}:{d[12:14]}Z")

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


@dataclass(frozen=True, slots=True)
class UserName:
    """Who did something: the name as shown (account, IP address or imported name) and the wiki's user id.

    ``wiki_user_id`` is ``None`` where the source does not say, 0 for IP addresses and imported names.
    """

    name: str
    wiki_user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """What the wiki says of itself.

    ``siteinfo`` is the whole answer of ``meta=siteinfo``, or what a dump's header says in the same shape.
    """

    name: str
    base_url: str
    generator: str
    language: str
    main_page: str
    server: str
    article_path: str
    script_path: str
    case: str
    timezone: str
    license_name: str
    license_url: str
    siteinfo: Mapping[str, Any]
    via: Via
    api_url: str | None = None
    index_url: str | None = None


@dataclass(frozen=True, slots=True)
class Namespace:
    """``name`` is in the wiki's language, ``canonical`` in English.

    ``case`` is ``first-letter`` or ``case-sensitive``.
    """

    namespace_id: int
    name: str
    canonical: str
    case: str = "first-letter"
    is_content: bool = False
    has_subpages: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interwiki:
    """A prefix that leads to another wiki; ``language`` is the language's own name for language links."""

    prefix: str
    url: str
    language: str | None = None
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """An interface message in the wiki's language, with the wiki's own changes."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class User:
    """An account as ``list=allusers`` shows it; ``groups`` are the explicit ones."""

    name: str
    wiki_user_id: int
    edit_count: int | None
    registered_at: Timestamp | None
    groups: tuple[str, ...]
    is_blocked: bool
    via: Via


@dataclass(frozen=True, slots=True)
class UserRenamed:
    """An account has another name now; everything it did follows."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PageMention:
    """A page known by id and title only, because a revision or rendering named it."""

    page_id: int
    title: Title
    via: Via


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it stands now. ``protection`` and ``properties`` have the API's shapes (prop=info, prop=pageprops)."""

    page_id: int
    title: Title
    latest_rev_id: int | None
    size: int | None
    content_model: str | None
    language: str | None
    is_redirect: bool
    touched_at: Timestamp | None
    protection: tuple[Mapping[str, Any], ...]
    properties: Mapping[str, str]
    via: Via


@dataclass(frozen=True, slots=True)
class PageGone:
    """The wiki no longer has this page; the archive keeps it and marks it."""

    page_id: int
    seen_at: Timestamp


@dataclass(frozen=True, slots=True)
class RevisionGone:
    """The wiki no longer has this revision (deleted, or never was: then the archive holds no row for it)."""

    rev_id: int
    seen_at: Timestamp


@dataclass(frozen=True, slots=True)
class ProtectedTitle:
    """A title without page that may not be created (list=protectedtitles)."""

    title: Title
    level: str
    expiry: str
    timestamp: Timestamp | None
    user: UserName | None
    comment: str | None
    via: Via


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of a page.

    ``text`` is the main slot's content in UTF-8, ``None`` when hidden or not given. ``size`` and ``sha1`` are what
    the wiki said, ``None`` where it said nothing. ``other_slots`` has role → content, rare outside big wikis.
    """

    rev_id: int
    page_id: int
    parent_id: int | None
    timestamp: Timestamp | None
    user: UserName | None
    comment: str | None
    is_minor: bool
    size: int | None
    sha1: Sha1 | None
    content_model: str | None
    content_format: str | None
    text: bytes | None
    via: Via
    tags: tuple[str, ...] = ()
    hidden: frozenset[Hidden] = frozenset()
    other_slots: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rendering:
    """The wiki's own HTML of one revision, without the skin (``action=parse``).

    ``categories`` and ``sections`` have the API's shapes (formatversion 2).
    """

    page_id: int
    rev_id: int
    html: str
    display_title: str | None
    categories: tuple[Mapping[str, Any], ...]
    sections: tuple[Mapping[str, Any], ...]
    language_links: tuple[Mapping[str, Any], ...]
    via: Via
    touched_at: Timestamp | None = None


@dataclass(frozen=True, slots=True)
class FileVersion:
    """One version of a file. ``name`` is the file's name without namespace, with spaces.

    ``archive_name`` (``20170525145603!Name.png``) is set for old versions only. ``sha1`` and ``size`` are the wiki's.
    """

    name: str
    timestamp: Timestamp | None
    user: UserName | None
    comment: str | None
    size: int | None
    width: int | None
    height: int | None
    mime: str | None
    media_type: str | None
    bits: int | None
    sha1: Sha1 | None
    url: str | None
    archive_name: str | None
    via: Via
    metadata: Any = None
    hidden: frozenset[Hidden] = frozenset()


@dataclass(frozen=True, slots=True)
class FileGone:
    """The wiki no longer shows this file, or only this version of it when ``timestamp`` is given."""

    name: str
    seen_at: Timestamp
    timestamp: Timestamp | None = None


@dataclass(frozen=True, slots=True)
class LogEvent:
    """One line of the wiki's logs. ``page_id`` is the page's id at the time, 0 when there was none."""

    log_id: int
    type: str
    action: str
    timestamp: Timestamp | None
    user: UserName | None
    title: Title | None
    page_id: int | None
    comment: str | None
    params: Mapping[str, Any]
    tags: tuple[str, ...]
    via: Via
    hidden: frozenset[Hidden] = frozenset()


Fact = (
    Site
    | Namespace
    | Interwiki
    | Message
    | User
    | UserRenamed
    | PageMention
    | Page
    | PageGone
    | RevisionGone
    | ProtectedTitle
    | Revision
    | Rendering
    | FileVersion
    | FileGone
    | LogEvent
)
