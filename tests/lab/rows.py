"""What MediaWiki keeps, as plain values: the rows of `Truth`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeVar

TEXT, COMMENT, USER, RESTRICTED = 1, 2, 4, 8
"""MediaWiki's bits of hidden parts; for log events 1 is the target with its parameters, for files the file."""


@dataclass(frozen=True, slots=True)
class Page:
    page_id: int
    namespace: int
    name: str
    is_redirect: bool
    latest: int
    size: int
    model: str
    touched: str
    protections: tuple[dict[str, Any], ...]
    """``type``, ``level``, ``cascade``, ``expiry`` (ISO time or ``infinity``), in that order of types."""
    properties: dict[str, str]


@dataclass(frozen=True, slots=True)
class Revision:
    rev_id: int
    page_id: int
    parent_id: int
    timestamp: str
    user: str | None
    user_id: int
    comment: str | None
    minor: bool
    tags: tuple[str, ...]
    model: str
    size: int
    sha1: str | None
    text: bytes | None
    deleted: int

    def public(self) -> Revision:
        """The revision as a visitor without rights sees it: hidden parts are None (user id 0)."""
        return _without_hidden(self, {"text": None, "sha1": None})


@dataclass(frozen=True, slots=True)
class LogEvent:
    log_id: int
    type: str
    action: str
    timestamp: str
    user: str | None
    user_id: int
    namespace: int | None
    name: str | None
    page_id: int
    comment: str | None
    params: dict[str, Any]
    """As stored, without the position before the name: ``4::target`` is ``target``."""
    tags: tuple[str, ...]
    deleted: int

    def public(self) -> LogEvent:
        """The event as a visitor without rights sees it: hidden parts are None (parameters empty)."""
        return _without_hidden(self, {"namespace": None, "name": None, "params": {}})


@dataclass(frozen=True, slots=True)
class FileVersion:
    name: str
    archive_name: str | None
    timestamp: str
    user: str | None
    user_id: int
    comment: str | None
    size: int
    width: int
    height: int
    mime: str | None
    sha1: str | None
    deleted: int

    def public(self) -> FileVersion:
        """The version as a visitor without rights sees it: hidden parts are None (user id 0)."""
        return _without_hidden(self, {"archive_name": None, "mime": None, "sha1": None})


@dataclass(frozen=True, slots=True)
class User:
    user_id: int
    name: str
    registration: str | None
    edit_count: int
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProtectedTitle:
    namespace: int
    name: str
    level: str
    expiry: str
    timestamp: str
    user: str
    comment: str


Hideable = TypeVar("Hideable", Revision, LogEvent, FileVersion)


def _without_hidden(row: Hideable, without_text: dict[str, Any]) -> Hideable:
    blank: dict[str, Any] = {}
    if row.deleted & TEXT:
        blank |= without_text
    if row.deleted & COMMENT:
        blank["comment"] = None
    if row.deleted & USER:
        blank |= {"user": None, "user_id": 0}
    return replace(row, **blank)
