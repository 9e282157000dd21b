"""Facts about pages: how they stand, their revisions, the wiki's own rendering."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scraper.model.values import Hidden, Sha1, Timestamp, Title, UserName, Via


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
class PageProtection:
    """Who may edit and move a page, as its own scripts say; ``protection`` has the API's shape, without expiry."""

    page_id: int
    title: Title
    protection: tuple[Mapping[str, str], ...]
    via: Via


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
class RevisionGone:
    """The wiki no longer has this revision (deleted, or never was: then the archive holds no row for it)."""

    rev_id: int
    seen_at: Timestamp


@dataclass(frozen=True, slots=True)
class Rendering:
    """The wiki's own HTML of one revision, without the skin (``action=parse``, or cut out of a captured page).

    ``rev_id`` is ``None`` where a captured page does not tell what it shows. ``categories`` and ``sections`` have the
    API's shapes (formatversion 2).
    """

    page_id: int
    rev_id: int | None
    html: str
    display_title: str | None
    categories: tuple[Mapping[str, Any], ...]
    sections: tuple[Mapping[str, Any], ...]
    language_links: tuple[Mapping[str, Any], ...]
    via: Via
    touched_at: Timestamp | None = None
