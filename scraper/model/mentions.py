"""What pages, feeds and forms of a wiki show of its revisions, where its API and its exports no longer answer.

None of them tells everything, so every part may be unknown (``None``). The archive lays all mentions of a revision
together and remembers of each part where it came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from scraper.model.values import Hidden, Timestamp, Title, UserName, Via


class Place(StrEnum):
    """Where in the wiki a thing was shown: MediaWiki's own actions and special pages."""

    API = "api"
    EXPORT = "export"
    RAW = "raw"
    FEED = "feed"
    EDIT_FORM = "edit form"
    HISTORY = "history"
    OLD_VIEW = "old view"
    VIEW = "view"
    DIFF = "diff"
    INFO = "info"
    CONTRIBUTIONS = "contributions"
    RECENT_CHANGES = "recent changes"
    FILE_PAGE = "file page"
    LOG = "log"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class RevisionMention:
    """One revision as one page of the wiki shows it. ``rev_id`` is always known; one of ``title`` and ``page_id`` is.

    ``text`` is the whole source in UTF-8. ``comment`` is wikitext as far as it can be told from what is shown;
    ``""`` means that there was none. ``is_latest`` says that it was the page's current revision when this was shown.
    """

    rev_id: int
    title: Title | None
    place: Place
    via: Via
    page_id: int | None = None
    parent_id: int | None = None
    timestamp: Timestamp | None = None
    user: UserName | None = None
    comment: str | None = None
    is_minor: bool | None = None
    size: int | None = None
    text: bytes | None = None
    content_model: str | None = None
    tags: tuple[str, ...] | None = None
    hidden: frozenset[Hidden] = frozenset()
    is_latest: bool | None = None


@dataclass(frozen=True, slots=True)
class PageView:
    """A page's content as HTML, cut out of whatever skin it was shown in (``action=view``, old views included).

    ``rev_id`` is ``None`` where the page does not tell which revision it shows; then ``modified_at`` is when that was
    saved, if the page displays it. ``is_old`` marks a view by ``oldid=``. ``categories`` maps names without prefix to
    their sort keys (``""`` where unknown), ``language_links`` language codes to addresses. ``taken_at`` is when the
    wiki showed it, ``None`` where nobody knows.
    """

    title: Title
    html: str
    via: Via
    page_id: int | None = None
    rev_id: int | None = None
    is_old: bool = False
    is_redirect: bool = False
    display_title: str | None = None
    categories: Mapping[str, str] | None = None
    language_links: Mapping[str, str] | None = None
    taken_at: Timestamp | None = None
    modified_at: Timestamp | None = None


@dataclass(frozen=True, slots=True)
class HistoryGap:
    """A history of which only a part was captured: ``shown`` rows, and whether older or newer ones follow."""

    title: Title
    shown: int
    has_older: bool
    has_newer: bool
    via: Via


@dataclass(frozen=True, slots=True)
class SectionText:
    """The source of one section of a revision, from its edit form (``action=edit&section=N``)."""

    rev_id: int
    title: Title
    section: str
    text: bytes
    via: Via


@dataclass(frozen=True, slots=True)
class PageText:
    """The source of a page, of which nothing says which revision it is: some tools drop what an edit form hides."""

    title: Title
    text: bytes
    via: Via


@dataclass(frozen=True, slots=True)
class TitleMention:
    """A page that the wiki lists by its title alone (Special:AllPages, categories, feeds of new pages).

    ``is_redirect`` is ``None`` where the list does not tell.
    """

    title: Title
    place: Place
    via: Via
    is_redirect: bool | None = None


@dataclass(frozen=True, slots=True)
class LogMention:
    """One line of the wiki's logs as a page shows it: before 1.31 without its id.

    ``action`` is ``""`` where the line does not name it (before 1.31), ``type`` where it does not even name the log
    (before 1.13). ``params`` has the API's names, as far as the line's links tell them.
    """

    type: str
    action: str
    place: Place
    via: Via
    log_id: int | None = None
    timestamp: Timestamp | None = None
    user: UserName | None = None
    title: Title | None = None
    comment: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    hidden: frozenset[Hidden] = frozenset()


@dataclass(frozen=True, slots=True)
class SiteNotice:
    """A box that the wiki showed on many pages (site notice, "this is an archive"), recognised by its repetition.

    ``html`` is as shown, ``text`` its words, ``pages`` how many captured pages have it.
    """

    html: str
    text: str
    pages: int
    via: Via
    first_seen_at: Timestamp | None = None
    last_seen_at: Timestamp | None = None
