"""Bytes of files that lie in a copy or were captured: kept with the version that they are of."""

from __future__ import annotations

import zlib
from collections.abc import Set
from pathlib import Path
from types import TracebackType

from scraper.archive import Archive
from scraper.archive.blobs import sha1_of
from scraper.model import FileVersion, Sha1, Via
from scraper.problems import Problem
from scraper.sources.captured.frames import DAMAGES
from scraper.sources.captured.hosts import foreign, is_of
from scraper.sources.captured.item import Item, TooLarge
from scraper.sources.captured.originals import Original, Thumbnail, original_of, thumbnail_of

BLOCK = 2**20
UNMEASURED = LEAST_MEASURED = 64 * 2**20  # bytes of a file, behind which it is measured how much of it says anything
MOST_EMPTY = 100  # bytes to one packed byte; pictures, films and documents of people come nowhere near it
INCOMING = "incoming-capture"  # beside the archive, where there is room for files
# The version itself by its SHA-1 where the wiki told one, else the one of that name that stands first: old versions
# have names of their own, the current one is the newest of those without.
VERSION = """
    SELECT version_id, v.sha1 FROM file_versions v JOIN files USING (file_id)
    WHERE name = :name AND (v.sha1 = :sha1 OR archive_name = :archive_name)
    ORDER BY v.sha1 = :sha1 DESC, timestamp DESC LIMIT 1
"""
FILE = "SELECT 1 FROM files WHERE name = ?"
HAS_BYTES = """
    SELECT 1 FROM files JOIN file_versions USING (file_id)
    WHERE name = ? AND archive_name = '' AND blob_id IS NOT NULL
"""
KEEP_THUMBNAIL = """
    INSERT OR IGNORE INTO thumbnails (file_id, width, url, captured_at, blob_id)
    SELECT file_id, ?, ?, ?, ? FROM files WHERE name = ?
"""
HELD = "SELECT b.sha1, path FROM file_versions JOIN blobs b USING (blob_id) WHERE version_id = ?"


class FileKeeper:
    """Keeps files one after the other; ``kept`` counts them. Every call belongs into a transaction.

    ``stand_ins`` are the addresses of thumbnails that are kept. What comes from none of these ``hosts``, where some are
    given, has to be a file that the wiki is known to have.
    """

    def __init__(self, archive: Archive, stand_ins: Set[str] = frozenset(), hosts: Set[str] = frozenset()) -> None:
        self._archive = archive
        self._stand_ins = stand_ins
        self._hosts = hosts
        self._incoming = archive.folder / INCOMING
        self._taken: dict[int, str] = {}  # when the bytes of a version were captured, where no SHA-1 tells them right
        self.kept = 0

    def __enter__(self) -> FileKeeper:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._incoming.unlink(missing_ok=True)

    def keep(self, item: Item) -> None:
        """The bytes of a file version, or of a thumbnail that stands in for one."""
        original, thumbnail = original_of(item.url), thumbnail_of(item.url)
        if original and self._is_the_wikis(item.url, original) and self._bring(item):
            self._keep_original(item, original)
        elif thumbnail and self._is_wanted(item.url, thumbnail) and self._bring(item):
            self._keep_thumbnail(item, thumbnail)

    def _is_wanted(self, url: str, thumbnail: Thumbnail) -> bool:
        is_stand_in = url in self._stand_ins and not self._has_bytes(thumbnail.name)
        return is_stand_in and self._is_the_wikis(url, Original(thumbnail.name))

    def _is_the_wikis(self, url: str, original: Original) -> bool:
        if self._is_file(original.name) or (original.is_proven and is_of(url, self._hosts)):
            return True
        if original.is_proven:
            self._archive.report(foreign(url))
        return False

    def _bring(self, item: Item) -> bool:
        """Whether its bytes are whole, and lie beside the archive now."""
        if item.cut:
            self._archive.report(Problem("capture-damaged", item.place, item.cut))
            return False
        try:
            _write(item, self._incoming)
        except TooLarge as error:
            self._archive.report(Problem("capture-too-large", item.place, str(error)))
        except DAMAGES as error:
            self._archive.report(Problem("capture-damaged", item.place, f"its bytes are cut or damaged: {error}"))
        else:
            return True
        return False

    def _keep_thumbnail(self, item: Item, thumbnail: Thumbnail) -> None:
        blob_id = self._archive.blobs.save(self._incoming, thumbnail.written)
        connection = self._archive.connection
        connection.execute("INSERT OR IGNORE INTO files (name) VALUES (?)", (thumbnail.name,))
        connection.execute(
            KEEP_THUMBNAIL, (thumbnail.width or None, item.url, item.taken_at.iso, blob_id, thumbnail.name)
        )

    def _is_file(self, name: str) -> bool:
        return self._archive.connection.execute(FILE, (name,)).fetchone() is not None

    def _has_bytes(self, name: str) -> bool:
        return self._archive.connection.execute(HAS_BYTES, (name,)).fetchone() is not None

    def _keep_original(self, item: Item, original: Original) -> None:
        """A version that no page told of is made known."""
        where = f"file {original.archive_name or original.name}"
        sha1 = sha1_of(self._incoming)
        version_id, told = self._version(original, sha1)
        if told is not None and told != sha1.hex:
            self._archive.report(Problem("file-damaged", where, f"SHA-1 {sha1.hex}, the wiki says {told}"))
            return
        if told is None and not self._is_newest(version_id, item, sha1, where):
            return
        blob_id = self._archive.blobs.save(self._incoming, original.name)
        self._archive.connection.execute(
            "UPDATE file_versions SET blob_id = ? WHERE version_id = ?", (blob_id, version_id)
        )
        for code in ("file-missing", "file-damaged"):
            self._archive.resolve(code, where)
        self.kept += 1

    def _is_newest(self, version_id: int, item: Item, sha1: Sha1, where: str) -> bool:
        """Whether these bytes are the version's, as the newest that were captured of it; others are set apart.

        Bytes that an earlier harvest kept stay: when they were captured is not known any more.
        """
        held = self._archive.connection.execute(HELD, (version_id,)).fetchone()
        if held is None or held[0] == sha1.hex:
            self._taken[version_id] = max(item.taken_at.iso, self._taken.get(version_id, ""))
            return True
        is_newer = version_id in self._taken and item.taken_at.iso > self._taken[version_id]
        other = self._archive.folder / held[1] if is_newer else self._incoming
        apart = self._archive.blobs.set_apart(other, other.name if is_newer else item.url)
        detail = f"two captures have different bytes of it; the newer ones are kept, the others are in {apart}"
        self._archive.report(Problem("sources-disagree", where, detail))
        if is_newer:
            self._taken[version_id] = item.taken_at.iso
        return is_newer

    def _version(self, original: Original, sha1: Sha1) -> tuple[int, str | None]:
        """Its number in the archive and the SHA-1 that the wiki told."""
        values = {"name": original.name, "sha1": sha1.hex, "archive_name": original.archive_name or ""}
        row = self._archive.connection.execute(VERSION, values).fetchone()
        if row is None:
            self._archive.save(FileVersion.untold(original.name, Via.HTML, original.archive_name))
            row = self._archive.connection.execute(VERSION, values).fetchone()
        return int(row[0]), row[1]


def _write(item: Item, path: Path) -> None:
    """Raises TooLarge for what unpacks to much that says nothing, however it was packed; DAMAGES."""
    written, packed = len(item.head), 0
    with path.open("wb") as target:
        target.write(item.head)
        while block := item.body.read(BLOCK):
            written += len(block)
            measured = written - UNMEASURED
            packed += len(zlib.compress(block, 1)) if measured > 0 else 0
            if measured > max(LEAST_MEASURED, packed * MOST_EMPTY):
                raise TooLarge(f"it unpacks to more than {written:,} bytes that say next to nothing")
            target.write(block)
