"""Which page of which wiki a capture shows: told by the page itself, never by the name of its file.

Each fact is looked for in the script variables, then in the body's classes, the permanent link, the print footer and
the structure: which of them a page has depends on its MediaWiki's version, and one copy may hold pages of many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from scraper.model import Timestamp
from scraper.readers.html.addresses import AddressRules
from scraper.titles import TitleParser


class Kind(StrEnum):
    """What a capture is: MediaWiki's actions, and what else a wiki's address may answer."""

    VIEW = "view"
    OLD_VIEW = "old view"
    HISTORY = "history"
    EDIT = "edit"
    DIFF = "diff"
    INFO = "info"
    ACTION = "action"  # another action: delete, protect, purge's question…
    SPECIAL = "special page"
    RAW = "raw"
    FEED = "feed"
    API = "api"
    EXPORT = "export"
    REDIRECT = "redirect"  # only says where to go: a meta refresh, a tool's "page has moved"
    MISSING = "missing page"
    ERROR = "error"
    OTHER = "not a wiki's page"


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a capture says about itself; empty or ``None`` where it does not say.

    ``title`` is the whole title with prefix as the wiki wrote it, with spaces. ``rev_id`` is the revision that is
    shown, ``current_rev_id`` the page's latest at that time. ``special`` is the special page's canonical (English)
    name, or its name in the wiki's language where the page does not give the other. ``parameters`` are those of the
    capture's address. ``language`` is the content's, ``user_language`` the interface's. ``cached_at`` is the exact
    time at which the parser cache took the page's rendering, ``main_page`` the address of the main page as linked.
    """

    kind: Kind
    title: str = ""
    namespace_id: int | None = None
    rev_id: int | None = None
    current_rev_id: int | None = None
    page_id: int | None = None
    action: str = "view"
    special: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    redirected_from: str = ""
    language: str = ""
    user_language: str = ""
    version: str = ""
    skin: str = ""
    site_name: str = ""
    dbname: str = ""
    server: str = ""
    article_path: str = ""
    script_path: str = ""
    main_page: str = ""
    user_name: str = ""
    cached_at: Timestamp | None = None

    @property
    def is_mediawiki(self) -> bool:
        return self.kind is not Kind.OTHER

    @property
    def version_number(self) -> tuple[int, int]:
        """``(1, 27)``; ``(0, 0)`` where the page does not tell."""
        parts = self.version.split(".")
        if len(parts) < 2 or not parts[0].isdecimal() or not parts[1][:2].rstrip("-").isdecimal():
            return 0, 0
        return int(parts[0]), int(parts[1][:2].rstrip("-"))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the wiki before a page is read. Everything may be unknown: then each page stands for itself.

    ``offset`` is how many minutes displayed times are ahead of UTC; ``None`` when nobody knows. ``banners`` are what
    :mod:`scraper.readers.html.banners` recognised. ``address_titles`` gives the titles of captures by their address,
    for copies whose links lead to files.
    """

    titles: TitleParser | None = None
    language: str = ""
    site_name: str = ""
    offset: int | None = None
    rules: AddressRules = field(default_factory=AddressRules)
    banners: frozenset[str] = frozenset()
    address_titles: Mapping[str, str] = field(default_factory=dict)


NOTHING = Known()
