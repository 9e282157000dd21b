"""Files and log events."""

from __future__ import annotations

import sqlite3

from scraper.archive.columns import dumps, exactness, iso, names
from scraper.archive.users import Users
from scraper.model import FileGone, FileVersion, LogEvent, LogMention

SAME_LINE = """
SELECT log_id FROM log_events WHERE type = ? AND action IN (?, '') AND timestamp IS ? AND user_id IS ? AND title IS ?
"""


class EventSaver:
    """Every change belongs into a transaction."""

    def __init__(self, connection: sqlite3.Connection, users: Users) -> None:
        self._connection = connection
        self._users = users

    def save_file_version(self, version: FileVersion) -> None:
        file_id = self._connection.execute(
            "INSERT INTO files (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET gone_at = NULL RETURNING file_id",
            (version.name,),
        ).fetchone()[0]
        self._connection.execute(
            "INSERT INTO file_versions (file_id, archive_name, timestamp, user_id, comment, size, width, height,"
            " mime, media_type, bits, sha1, url, metadata, hidden, via, exactness)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (file_id, timestamp) DO UPDATE SET archive_name = excluded.archive_name,"
            " user_id = COALESCE(excluded.user_id, user_id), comment = COALESCE(excluded.comment, comment),"
            " size = COALESCE(excluded.size, size), sha1 = COALESCE(excluded.sha1, sha1),"
            " width = COALESCE(excluded.width, width), height = COALESCE(excluded.height, height),"
            " mime = COALESCE(excluded.mime, mime), media_type = COALESCE(excluded.media_type, media_type),"
            " bits = COALESCE(excluded.bits, bits),"
            " metadata = CASE excluded.metadata WHEN 'null' THEN metadata ELSE excluded.metadata END,"
            " url = COALESCE(excluded.url, url), hidden = excluded.hidden, gone_at = NULL, via = excluded.via,"
            " exactness = excluded.exactness",
            (
                file_id,
                version.archive_name or "",
                iso(version.timestamp),
                self._users.id_of(version.user),
                version.comment,
                version.size,
                version.width,
                version.height,
                version.mime,
                version.media_type,
                version.bits,
                version.sha1.hex if version.sha1 else None,
                version.url,
                dumps(version.metadata),
                names(version.hidden),
                version.via,
                exactness(version.timestamp),
            ),
        )

    def mark_file_gone(self, gone: FileGone) -> None:
        of_file = "file_id = (SELECT file_id FROM files WHERE name = ?) AND gone_at IS NULL"
        if gone.timestamp is not None:
            self._connection.execute(
                f"UPDATE file_versions SET gone_at = ? WHERE {of_file} AND timestamp = ?",
                (gone.seen_at.iso, gone.name, gone.timestamp.iso),
            )
            return
        self._connection.execute(f"UPDATE file_versions SET gone_at = ? WHERE {of_file}", (gone.seen_at.iso, gone.name))
        self._connection.execute(
            "UPDATE files SET gone_at = ? WHERE name = ? AND gone_at IS NULL", (gone.seen_at.iso, gone.name)
        )

    def save_log_event(self, event: LogEvent) -> None:
        self._connection.execute(
            "INSERT INTO log_events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (log_id) DO UPDATE SET user_id = COALESCE(excluded.user_id, user_id),"
            " namespace_id = COALESCE(excluded.namespace_id, namespace_id), title = COALESCE(excluded.title, title),"
            " page_id = COALESCE(excluded.page_id, page_id), comment = COALESCE(excluded.comment, comment),"
            " params = CASE excluded.params WHEN '{}' THEN params ELSE excluded.params END,"
            " tags = excluded.tags, hidden = excluded.hidden",
            (
                event.log_id,
                event.type,
                event.action,
                iso(event.timestamp),
                self._users.id_of(event.user),
                event.title.namespace_id if event.title else None,
                event.title.full if event.title else None,
                event.page_id,
                event.comment,
                dumps(event.params),
                dumps(sorted(event.tags)),
                names(event.hidden),
                event.via,
                exactness(event.timestamp),
            ),
        )

    def save_log_mention(self, line: LogMention) -> None:
        """What the wiki's API or a dump tells of the same event stays; a line without id is kept once."""
        log_id = line.log_id if line.log_id is not None else self._number_of(line)
        self._connection.execute(
            "INSERT INTO log_events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (log_id) DO NOTHING",
            (
                log_id,
                line.type,
                line.action,
                iso(line.timestamp),
                self._users.id_of(line.user),
                line.title.namespace_id if line.title else None,
                line.title.full if line.title else None,
                None,
                line.comment,
                dumps(line.params),
                dumps(sorted(line.tags)),
                names(line.hidden),
                line.via,
                exactness(line.timestamp),
            ),
        )

    def _number_of(self, line: LogMention) -> int:
        """The event's id if it is here already, else a new negative number."""
        title = line.title.full if line.title else None
        known = (line.type, line.action, iso(line.timestamp), self._users.id_of(line.user), title)
        row = self._connection.execute(SAME_LINE, known).fetchone()
        if row is None:
            query = "SELECT min(0, COALESCE(min(log_id), 0)) - 1 FROM log_events"
            row = self._connection.execute(query).fetchone()
        return int(row[0])
