"""Bytes of files: each kept once, named by its SHA-1, in ``files/`` beside the archive."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from pathlib import Path

from scraper.model import Sha1

CHUNK = 1 << 20


class DamagedBlob(RuntimeError):
    """Saved bytes are missing or no longer have their SHA-1."""


class Blobs:
    """A blob is written beside its place and moved there when whole, so a kill leaves nothing half done."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self._connection = connection

    def save(self, content: bytes | Path, name: str) -> int:
        """Keep these bytes (or those of that file), inside a transaction; ``name`` gives the suffix. The blob's id."""
        sha1 = Sha1.of(content) if isinstance(content, bytes) else sha1_of(content)
        row = self._connection.execute("SELECT blob_id FROM blobs WHERE sha1 = ?", (sha1.hex,)).fetchone()
        path = self._place(sha1, name)
        if row is not None and (self.folder / path).exists():
            return int(row[0])
        size = _write(self.folder / path, content)
        return int(
            self._connection.execute(
                "INSERT INTO blobs (sha1, size, path) VALUES (?, ?, ?)"
                " ON CONFLICT (sha1) DO UPDATE SET path = excluded.path RETURNING blob_id",
                (sha1.hex, size, path.as_posix()),
            ).fetchone()[0]
        )

    def set_apart(self, content: bytes | Path, name: str) -> str:
        """Keep bytes that are not what the wiki said, apart from the good ones. Their path below the folder."""
        sha1 = Sha1.of(content) if isinstance(content, bytes) else sha1_of(content)
        path = Path("files") / "damaged" / self._place(sha1, name).name
        _write(self.folder / path, content)
        return path.as_posix()

    def check(self, path: str, sha1: str) -> None:
        """Raises DamagedBlob when the bytes at ``path`` are not those of ``sha1``."""
        place = self.folder / path
        if not place.is_file():
            raise DamagedBlob(f"{path} is missing")
        found = sha1_of(place).hex
        if found != sha1:
            raise DamagedBlob(f"{path} has SHA-1 {found}, not {sha1}")

    def _place(self, sha1: Sha1, name: str) -> Path:
        # Only a short plain suffix of the wiki's name is used: names are untrusted.
        suffix = re.fullmatch(r"\.[a-z0-9]{1,5}", Path(name).suffix.lower())
        return Path("files") / sha1.hex[:2] / (sha1.hex + (suffix[0] if suffix else ""))


def sha1_of(path: Path) -> Sha1:
    """The SHA-1 of a file's bytes, read in chunks."""
    digest = hashlib.sha1(usedforsecurity=False)
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return Sha1(digest.hexdigest())


def _write(place: Path, content: bytes | Path) -> int:
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(place.name + ".part")
    with part.open("wb") as target:
        if isinstance(content, bytes):
            target.write(content)
        else:
            with content.open("rb") as source:
                while chunk := source.read(CHUNK):
                    target.write(chunk)
    size = part.stat().st_size
    part.replace(place)
    return size
