"""What an archive and a wiki's database tell alike, whatever door the wiki was harvested through.

Times to the minute: that is how exact pages are. Ids of pages at the time of log events, change tags and user numbers
are not shown by pages, nor what only exists inside the wiki (when a page was last touched).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from tests.harvest import kept
from tests.lab.rows import FileVersion, LogEvent, Page, Revision
from tests.lab.truth import Truth

Told = dict[str, dict[Any, tuple[Any, ...]]]
MINUTE = len("2017-05-25T14:56")


def by_the_wiki(truth: Truth) -> Told:
    """What a visitor can see of the wiki."""
    return {
        "pages": _pages(truth.pages()),
        "revisions": _revisions(revision.public() for revision in truth.revisions()),
        "log events": _log_events(event.public() for event in truth.log_events()),
        "file versions": _file_versions(version.public() for version in truth.file_versions()),
        "users": {user.name: () for user in truth.users()},
        "protected titles": {(title.namespace, title.name): () for title in truth.protected_titles()},
    }


def by_the_archive(connection: sqlite3.Connection) -> Told:
    """The same of an archive."""
    connection.row_factory = sqlite3.Row
    return {
        "pages": _pages(kept.pages(connection)),
        "revisions": _revisions(kept.revisions(connection)),
        "log events": _log_events(kept.log_events(connection)),
        "file versions": _file_versions(kept.file_versions(connection)),
        "users": {user.name: () for user in kept.users(connection)},
        "protected titles": {(title.namespace, title.name): () for title in kept.protected_titles(connection)},
    }


def differences(wanted: Told, found: Told) -> list[str]:
    """One line for each thing that is told differently."""
    return [
        f"{kind} {key}: {wanted[kind].get(key)} / {found[kind].get(key)}"[:400]
        for kind in wanted
        for key in sorted({*wanted[kind], *found[kind]}, key=str)
        if wanted[kind].get(key) != found[kind].get(key)
    ]


def _pages(pages: Iterable[Page]) -> dict[Any, tuple[Any, ...]]:
    return {p.page_id: (p.namespace, p.name, p.is_redirect, p.latest) for p in pages}


def _revisions(revisions: Iterable[Revision]) -> dict[Any, tuple[Any, ...]]:
    return {
        r.rev_id: (r.page_id, r.timestamp[:MINUTE], r.user, r.comment, r.minor, r.size, r.text, r.deleted)
        for r in revisions
    }


def _log_events(events: Iterable[LogEvent]) -> dict[Any, tuple[Any, ...]]:
    return {e.log_id: (e.type, e.action, e.timestamp[:MINUTE], e.comment, e.deleted) for e in events}


def _file_versions(versions: Iterable[FileVersion]) -> dict[Any, tuple[Any, ...]]:
    return {
        (v.name, v.archive_name): (v.timestamp[:MINUTE], v.user, v.comment, v.size, v.width, v.height, v.sha1)
        for v in versions
    }
