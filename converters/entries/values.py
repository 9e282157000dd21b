"""What exporters get: one value per page, revision, file, member of a category, with names in the place of ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from converters.document import PageDocument
from scraper.model import Exactness, Hidden, Site, Title

# MediaWiki's numbers of the namespaces whose pages are shown in their own way.
USER, FILE, CATEGORY = 2, 6, 14


@dataclass(frozen=True, slots=True)
class RevisionEntry:
    """One version of a page. ``change`` is its size less that of the revision before, ``None`` when one is unknown.

    ``timestamp`` is ISO 8601 in UTC, unless ``exactness`` says that its zone is unknown. ``is_minor`` is false where
    nothing says so. ``user`` and ``comment`` are ``None`` when hidden or not said. ``has_text`` and ``has_rendering``
    say what is here of its content.
    """

    rev_id: int
    parent_id: int | None
    timestamp: str | None
    user: str | None
    comment: str | None
    is_minor: bool
    size: int | None
    change: int | None
    tags: tuple[str, ...]
    hidden: frozenset[Hidden]
    is_gone: bool
    exactness: Exactness = Exactness.SECOND
    has_text: bool = True
    has_rendering: bool = False

    @property
    def can_be_compared(self) -> bool:
        """Its text is here, or hidden: then a difference can say so."""
        return self.has_text or Hidden.TEXT in self.hidden

    @property
    def can_be_shown(self) -> bool:
        """There is more to say of it than this line."""
        return self.can_be_compared or self.has_rendering


@dataclass(frozen=True, slots=True, eq=False)
class PageEntry:
    """One page as it stands, or as it last stood before the wiki lost it (``gone_at``).

    ``document`` is ``None`` where there is nothing to read as a page; ``source`` is then its text, if there is one:
    a script, a style sheet, or wikitext that nothing can parse. ``shows_older``: of the newest version nothing was
    captured, so an older one is shown. ``is_history_cut``: only a part of the history was captured. ``text``: its last
    text, whatever else there is.
    """

    page_id: int
    title: Title
    document: PageDocument | None
    source: str | None
    content_model: str
    language: str | None
    is_redirect: bool
    gone_at: str | None
    latest: RevisionEntry | None
    shows_older: bool = False
    is_history_cut: bool = False
    text: str | None = None


@dataclass(frozen=True, slots=True)
class PageName:
    """A page in a list. ``page_id`` is ``None`` for a category or file without a page of its own."""

    page_id: int | None
    title: Title
    is_redirect: bool = False
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's plain text, as records have it."""

    page_id: int
    title: str
    text: str
    namespace_id: int


@dataclass(frozen=True, slots=True)
class Member:
    """A page in a category, under the letter where it is sorted."""

    page: PageName
    letter: str


@dataclass(frozen=True, slots=True)
class FileVersionEntry:
    """One version of a file. ``path``: its bytes below the archive's folder, ``None`` when they are not here."""

    timestamp: str | None
    user: str | None
    comment: str | None
    size: int | None
    width: int | None
    height: int | None
    mime: str | None
    path: str | None
    is_current: bool
    is_gone: bool
    hidden: frozenset[Hidden]


@dataclass(frozen=True, slots=True)
class HarvestEntry:
    """One time that somebody fetched from the wiki; times are ISO 8601 in UTC."""

    source: str
    kind: str
    tool_version: str
    started_at: str
    ended_at: str | None
    outcome: str
    requests: int


@dataclass(frozen=True, slots=True)
class CoverageEntry:
    """A line of the ledger. ``expected`` is ``None`` when the wiki does not say."""

    kind: str
    namespace_id: int | None
    expected: int | None
    held: int
    hidden: int
    is_binding: bool


@dataclass(frozen=True, slots=True)
class ProblemEntry:
    """A kind of problem and how often it was met, with some of its subjects."""

    code: str
    severity: str
    count: int
    advice: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WikiEntry:
    """The wiki and its archive as a whole. ``harvests`` has the newest first.

    ``notices`` are words that the wiki showed on all its pages.
    """

    site: Site
    messages: Mapping[str, str]
    harvests: tuple[HarvestEntry, ...]
    coverage: tuple[CoverageEntry, ...]
    problems: tuple[ProblemEntry, ...]
    counts: Mapping[str, int]
    notices: tuple[str, ...] = ()
