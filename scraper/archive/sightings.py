"""What the lists of a running harvest named, so that at their end what the wiki has lost can be told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from enum import StrEnum
from typing import Any


class Sighting(StrEnum):
    """Kinds of things that lists name, and what the key of each is."""

    PAGE = "page"  # page id
    REVISION = "revision"  # revision id
    FILE_VERSION = "file version"  # name|timestamp
    MESSAGE = "message"  # key
    PROTECTED_TITLE = "protected title"  # full title
    TITLE = "title"  # full title of a page, where lists show no ids
    FILE = "file"  # name
    CHANGED_TITLE = "changed title"  # full title of a page whose history has to be looked over again


UNSEEN = "NOT EXISTS (SELECT 1 FROM sightings s WHERE s.harvest_id = :harvest AND s.kind = :kind AND s.key = {key})"


class Sightings:
    """Every change belongs into a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def see(self, harvest_id: int, kind: Sighting, keys: Iterable[int | str]) -> None:
        """The list named these."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO sightings VALUES (?, ?, ?)", [(harvest_id, kind, key) for key in keys]
        )

    def settle(self, kind: Sighting, keys: Iterable[int | str]) -> None:
        """These need no more attention."""
        self._connection.executemany("DELETE FROM sightings WHERE kind = ? AND key = ?", [(kind, key) for key in keys])

    def forget(self) -> None:
        """The harvest is over."""
        self._connection.execute("DELETE FROM sightings")

    def unseen_pages(self, harvest_id: int, after: int, count: int) -> list[int]:
        """Page ids above ``after`` that are held as present and that no list of pages named."""
        return self._unseen(
            f"SELECT page_id FROM pages WHERE gone_at IS NULL AND page_id > :after AND {UNSEEN.format(key='page_id')}"
            " ORDER BY page_id LIMIT :count",
            {"harvest": harvest_id, "kind": Sighting.PAGE, "after": after, "count": count},
        )

    def unseen_revisions(self, harvest_id: int, page_id: int) -> list[int]:
        """Revisions held as present of a page whose history was listed and did not name them."""
        return self._unseen(
            f"SELECT rev_id FROM revisions WHERE gone_at IS NULL AND page_id = :page AND {UNSEEN.format(key='rev_id')}",
            {"harvest": harvest_id, "kind": Sighting.REVISION, "page": page_id},
        )

    def unseen_file_versions(self, harvest_id: int) -> list[tuple[str, str]]:
        """Name and timestamp of file versions held as present and not listed."""
        unseen = UNSEEN.format(key="name || '|' || timestamp")
        return self._connection.execute(
            "SELECT name, timestamp FROM file_versions v JOIN files USING (file_id)"
            f" WHERE v.gone_at IS NULL AND {unseen}",
            {"harvest": harvest_id, "kind": Sighting.FILE_VERSION},
        ).fetchall()

    def seen(self, harvest_id: int, kind: Sighting, after: str, count: int) -> list[str]:
        """Keys of this kind that were named, in their order."""
        query = "SELECT key FROM sightings WHERE harvest_id = ? AND kind = ? AND key > ? ORDER BY key LIMIT ?"
        return [row[0] for row in self._connection.execute(query, (harvest_id, kind, after, count))]

    def unlisted_files(self, harvest_id: int) -> list[str]:
        """Names of files held as present that no list of files named."""
        return self._unseen(
            f"SELECT name FROM files WHERE gone_at IS NULL AND {UNSEEN.format(key='name')}",
            {"harvest": harvest_id, "kind": Sighting.FILE},
        )

    def unseen_files(self, harvest_id: int) -> set[str]:
        """Names of files of which no version was listed."""
        unseen = UNSEEN.format(key="name || '|' || timestamp")
        rows = self._connection.execute(
            f"SELECT name FROM file_versions v JOIN files f USING (file_id) WHERE v.gone_at IS NULL"
            f" GROUP BY name HAVING min({unseen})",
            {"harvest": harvest_id, "kind": Sighting.FILE_VERSION},
        )
        return {row[0] for row in rows}

    def drop_unseen_messages(self, harvest_id: int) -> None:
        """A message that is worded as everywhere again is no longer listed."""
        self._connection.execute(
            f"DELETE FROM messages WHERE {UNSEEN.format(key='messages.key')}",
            {"harvest": harvest_id, "kind": Sighting.MESSAGE},
        )

    def drop_unseen_protected_titles(self, harvest_id: int) -> None:
        """The present state only: the log keeps what was."""
        self._connection.execute(
            f"DELETE FROM protected_titles WHERE {UNSEEN.format(key='title')}",
            {"harvest": harvest_id, "kind": Sighting.PROTECTED_TITLE},
        )

    def _unseen(self, query: str, values: dict[str, object]) -> list[Any]:
        return [row[0] for row in self._connection.execute(query, values)]
