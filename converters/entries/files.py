"""Files and their versions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from functools import lru_cache

from converters.entries.sorting import sort_form
from converters.entries.values import FileVersionEntry
from scraper.archive import Archive
from scraper.model import Hidden

VERSIONS = (
    "SELECT v.timestamp, u.name, v.comment, v.size, v.width, v.height, v.mime, b.path, v.archive_name, v.gone_at,"
    " v.hidden FROM files f"
    " JOIN file_versions v USING (file_id) LEFT JOIN blobs b USING (blob_id) LEFT JOIN users u USING (user_id)"
    " WHERE f.name = ? ORDER BY v.archive_name = '' DESC, v.timestamp DESC, v.version_id DESC"
)
THUMBNAIL = """
    SELECT path, width FROM files JOIN thumbnails t USING (file_id) JOIN blobs USING (blob_id)
    WHERE name = ? AND NOT EXISTS (
        SELECT 1 FROM file_versions v WHERE v.file_id = t.file_id AND archive_name = '' AND v.blob_id IS NOT NULL
    )
    ORDER BY width DESC, thumbnail_id LIMIT 1
"""


class FileEntries:
    """Reads files of one archive by their name without namespace."""

    def __init__(self, archive: Archive) -> None:
        self._database = archive.connection
        self._database.create_function("sort_form", 1, sort_form, deterministic=True)
        self.path_of = lru_cache(maxsize=10_000)(self._path_of)

    def versions(self, name: str) -> list[FileVersionEntry]:
        """All versions, the current one first; none for a file that the archive does not know."""
        cursor = self._database.cursor()
        cursor.row_factory = sqlite3.Row
        return [_version(row) for row in cursor.execute(VERSIONS, (name,))]

    def sizes(self) -> Iterator[tuple[str, int | None]]:
        """All files by name, with the bytes of their current version."""
        query = (
            "SELECT f.name, v.size FROM files f LEFT JOIN file_versions v ON v.file_id = f.file_id"
            " AND v.archive_name = '' AND v.gone_at IS NULL GROUP BY f.file_id ORDER BY sort_form(f.name)"
        )
        yield from self._database.execute(query)

    def originals(self) -> Iterator[tuple[str, str]]:
        """Address at the wiki and path of the bytes, of each version that has both."""
        yield from self._database.execute(
            "SELECT v.url, b.path FROM file_versions v JOIN blobs b USING (blob_id) WHERE v.url IS NOT NULL ORDER BY 1"
        )

    def used_in(self, name: str) -> list[int]:
        """Ids of the pages that show the file."""
        query = "SELECT DISTINCT page_id FROM file_uses WHERE name = ? ORDER BY page_id"
        return [page_id for (page_id,) in self._database.execute(query, (name,))]

    def thumbnail(self, name: str) -> tuple[str, int | None] | None:
        """Path of the widest picture, and its width, that stands in for a current version whose bytes are lost."""
        found: tuple[str, int | None] | None = self._database.execute(THUMBNAIL, (name,)).fetchone()
        return found

    def _path_of(self, name: str) -> str | None:
        """What to show for a file: its current version, a picture made from it, else the newest that is here."""
        thumbnail = self.thumbnail(name)
        if thumbnail:
            return thumbnail[0]
        return next((version.path for version in self.versions(name) if version.path), None)


def _version(row: sqlite3.Row) -> FileVersionEntry:
    return FileVersionEntry(
        timestamp=row["timestamp"],
        user=row["name"],
        comment=row["comment"],
        size=row["size"],
        width=row["width"],
        height=row["height"],
        mime=row["mime"],
        path=row["path"],
        is_current=row["archive_name"] == "" and row["gone_at"] is None,
        is_gone=row["gone_at"] is not None,
        hidden=frozenset(map(Hidden, json.loads(row["hidden"]))),
    )
