"""Facts about files and log events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scraper.model.values import Hidden, Sha1, Timestamp, Title, UserName, Via


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

    @classmethod
    def untold(cls, name: str, via: Via, archive_name: str | None = None) -> FileVersion:
        """A version of which nothing is known but that there are bytes of it."""
        return cls(
            name=name,
            timestamp=None,
            user=None,
            comment=None,
            size=None,
            width=None,
            height=None,
            mime=None,
            media_type=None,
            bits=None,
            sha1=None,
            url=None,
            archive_name=archive_name,
            via=via,
        )


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
