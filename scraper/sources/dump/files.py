"""Files that lie beside a dump: found by the names the wiki gave them, checked, and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from scraper.archive import Archive
from scraper.archive.blobs import sha1_of
from scraper.model import FileVersion, Via
from scraper.problems import Problem
from scraper.readers.dump import FileContent

FOLDERS = ("files", "images")  # ours and wikiteam's; MediaWiki's own upload folder is called images too
WANTED = """
    SELECT version_id, name, archive_name, size, sha1 FROM file_versions JOIN files USING (file_id)
    WHERE blob_id IS NULL AND file_versions.gone_at IS NULL AND hidden NOT LIKE '%"file"%'
    ORDER BY version_id
"""
# A dump without <upload> names files by their pages only.
UNDESCRIBED = """
    SELECT name FROM pages WHERE namespace_id = 6 AND gone_at IS NULL AND name NOT IN (SELECT name FROM files)
    ORDER BY page_id
"""


def keep_content(archive: Archive, item: FileContent, path: Path | None) -> None:
    """Bytes that a dump itself carries, inside a transaction; their version is in the archive already.

    ``path`` is where they are, ``None`` when their base64 is damaged.
    """
    row = archive.connection.execute(
        "SELECT version_id, name, archive_name, size, sha1 FROM file_versions JOIN files USING (file_id)"
        " WHERE name = ? AND archive_name = ? ORDER BY version_id DESC LIMIT 1",
        (item.name, item.archive_name),
    ).fetchone()
    version = _Wanted(*row)
    if path is None:
        archive.report(Problem("file-damaged", version.where, "its base64 in the dump is damaged"))
    elif version.size and not path.stat().st_size:
        archive.report(Problem("file-missing", version.where, "the dump has no bytes of it: hidden, or lost"))
    else:
        _keep(archive, version, path)


def keep_files(archive: Archive, beside: Path) -> tuple[int, int]:
    """Take every file of the wiki that lies beside the dump, inside a transaction: how many are held, how many wanted.

    Nothing happens when there is no such folder.
    """
    folders = [beside / name for name in FOLDERS if (beside / name).is_dir()]
    if not folders:
        return 0, 0
    archive.set_cursor("files", beside.name)
    for (name,) in archive.connection.execute(UNDESCRIBED).fetchall():
        _describe(archive, folders, name)
    wanted = [_Wanted(*row) for row in archive.connection.execute(WANTED).fetchall()]
    held = sum(_take(archive, folders, version) for version in wanted)
    return held, len(wanted)


class _Wanted:
    """A file version whose bytes are not kept yet."""

    def __init__(self, version_id: int, name: str, archive_name: str, size: int | None, sha1: str | None) -> None:
        self.version_id = version_id
        self.name = name
        self.archive_name = archive_name
        self.size = size
        self.sha1 = sha1

    @property
    def where(self) -> str:
        return f"file {self.archive_name or self.name}"


def _describe(archive: Archive, folders: list[Path], name: str) -> None:
    """A file that only its page and its bytes tell of."""
    path = _find(folders, name, "")
    if path is not None:
        archive.save(FileVersion.untold(name, Via.DUMP))


def _take(archive: Archive, folders: list[Path], version: _Wanted) -> bool:
    path = _find(folders, version.name, version.archive_name)
    if path is None:
        archive.report(Problem("file-missing", version.where, "it does not lie beside the dump"))
        return False
    return _keep(archive, version, path)


def _keep(archive: Archive, version: _Wanted, path: Path) -> bool:
    sha1 = sha1_of(path)
    if version.sha1 is not None and sha1.hex != version.sha1:
        detail = f"SHA-1 {sha1.hex}, the wiki says {version.sha1}"
        archive.report(Problem("file-damaged", version.where, detail))
        return False
    blob_id = archive.blobs.save(path, version.name)
    archive.connection.execute(
        "UPDATE file_versions SET blob_id = ? WHERE version_id = ?", (blob_id, version.version_id)
    )
    for code in ("file-missing", "file-damaged"):
        archive.resolve(code, version.where)
    return True


def _find(folders: list[Path], name: str, archive_name: str) -> Path | None:
    for folder in folders:
        for path in _places(folder, name.replace(" ", "_"), archive_name.replace(" ", "_")):
            if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                return path
    return None


def _places(folder: Path, name: str, archive_name: str) -> Iterator[Path]:
    """Flat as our sample and wikiteam have it, also with spaces or escaped; or hashed as in MediaWiki's own folder."""
    hashed = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
    root = folder / "archive" if archive_name else folder
    written = archive_name or name
    for spelling in (written, written.replace("_", " "), quote(written, safe="")):
        yield root / spelling
        yield root / hashed[0] / hashed[:2] / spelling
