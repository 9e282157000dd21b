"""What an archive keeps, in the rows of :mod:`tests.lab.rows`, to be held against the wiki's own database."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from scraper.archive import read_text
from tests.lab.rows import COMMENT, RESTRICTED, TEXT, USER, FileVersion, LogEvent, Page, ProtectedTitle, Revision, User

BITS = {"text": TEXT, "action": TEXT, "file": TEXT, "comment": COMMENT, "user": USER, "suppressed": RESTRICTED}
USER_OF = "u.name AS user, COALESCE(u.wiki_user_id, 0) AS wiki_user_id"


def pages(connection: sqlite3.Connection) -> list[Page]:
    """Every page."""
    return [
        Page(
            page_id=row["page_id"],
            namespace=row["namespace_id"],
            name=row["name"],
            is_redirect=bool(row["is_redirect"]),
            latest=row["latest_rev_id"],
            size=row["size"],
            model=row["content_model"],
            touched=row["touched_at"],
            protections=tuple(_protections(row["protection"])),
            properties=json.loads(row["properties"]),
        )
        for row in connection.execute("SELECT * FROM pages")
    ]


def revisions(connection: sqlite3.Connection) -> list[Revision]:
    """Every revision with its text."""
    return [
        Revision(
            rev_id=row["rev_id"],
            page_id=row["page_id"],
            parent_id=row["parent_id"],
            timestamp=row["timestamp"],
            user=row["user"],
            user_id=row["wiki_user_id"],
            comment=row["comment"],
            minor=bool(row["is_minor"]),
            tags=tuple(json.loads(row["tags"])),
            model=row["content_model"],
            size=row["size"],
            sha1=row["sha1"],
            text=None if row["text_id"] is None else read_text(connection, row["text_id"]),
            deleted=_bits(row),
        )
        for row in connection.execute(f"SELECT r.*, {USER_OF} FROM revisions r LEFT JOIN users u USING (user_id)")
    ]


def log_events(connection: sqlite3.Connection) -> list[LogEvent]:
    """Every log event."""
    return [
        LogEvent(
            log_id=row["log_id"],
            type=row["type"],
            action=row["action"],
            timestamp=row["timestamp"],
            user=row["user"],
            user_id=row["wiki_user_id"],
            namespace=row["namespace_id"],
            name=_name(connection, row),
            page_id=row["page_id"] or 0,
            comment=row["comment"],
            params=json.loads(row["params"]),
            tags=tuple(json.loads(row["tags"])),
            deleted=_bits(row),
        )
        for row in connection.execute(f"SELECT l.*, {USER_OF} FROM log_events l LEFT JOIN users u USING (user_id)")
    ]


def file_versions(connection: sqlite3.Connection) -> list[FileVersion]:
    """Every version of every file; its SHA-1 is that of the bytes which are here."""
    return [
        FileVersion(
            name=row["file"],
            archive_name=row["archive_name"] or None,
            timestamp=row["timestamp"],
            user=row["user"],
            user_id=row["wiki_user_id"],
            comment=row["comment"],
            size=row["size"],
            width=row["width"],
            height=row["height"],
            mime=row["mime"],
            sha1=row["bytes"],
            deleted=_bits(row),
        )
        for row in connection.execute(
            f"SELECT v.*, f.name AS file, {USER_OF}, b.sha1 AS bytes FROM file_versions v JOIN files f USING (file_id)"
            " LEFT JOIN users u USING (user_id) LEFT JOIN blobs b USING (blob_id)"
        )
    ]


def users(connection: sqlite3.Connection) -> list[User]:
    """Every account."""
    return [
        User(
            user_id=row["wiki_user_id"],
            name=row["name"],
            registration=row["registered_at"],
            edit_count=row["edit_count"],
            groups=tuple(json.loads(row["groups"])),
        )
        for row in connection.execute("SELECT * FROM users WHERE is_account")
    ]


def protected_titles(connection: sqlite3.Connection) -> list[ProtectedTitle]:
    """Every title that may not be created."""
    return [
        ProtectedTitle(
            namespace=row["namespace_id"],
            name=_name(connection, row),
            level=row["level"],
            expiry=row["expiry"],
            timestamp=row["timestamp"],
            user=row["user"],
            comment=row["comment"],
        )
        for row in connection.execute(
            "SELECT t.*, u.name AS user FROM protected_titles t LEFT JOIN users u USING (user_id)"
        )
    ]


def _protections(text: str) -> list[dict[str, Any]]:
    """The page's own: those that cascade from elsewhere name their source."""
    own = [protection for protection in json.loads(text) if "source" not in protection]
    return [{"cascade": False, **protection} for protection in sorted(own, key=lambda one: str(one["type"]))]


def _name(connection: sqlite3.Connection, row: sqlite3.Row) -> Any:
    """The title without its namespace's prefix."""
    query = "SELECT name FROM namespaces WHERE namespace_id = ?"
    prefix = connection.execute(query, (row["namespace_id"],)).fetchone()
    return row["title"].removeprefix(f"{prefix['name']}:") if prefix and row["title"] else row["title"]


def _bits(row: sqlite3.Row) -> int:
    return sum(BITS[part] for part in json.loads(row["hidden"]))
