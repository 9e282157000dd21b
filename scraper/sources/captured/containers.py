"""What a person may give as captures or as a frozen copy, told by what it begins with."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

from scraper.sources.captured.folder import Folder, SavedPage
from scraper.sources.captured.frames import DAMAGES, opened
from scraper.sources.captured.heads import HTML
from scraper.sources.captured.item import Container
from scraper.sources.captured.mhtml import is_mhtml
from scraper.sources.captured.packed import Tar, Zip
from scraper.sources.captured.wacz import WARC_NAMES, Wacz
from scraper.sources.captured.warc import Warc
from scraper.sources.source import UnusableSource

TAR_MARK = slice(257, 262)  # where a tar file has "ustar"
HEAD = 4096
CAPTURE_NAMES = (*WARC_NAMES, ".wacz")
PACKED_NAMES = (".zip", ".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz", ".tar.lzma", ".tar.zst")


def holds_captures(path: Path) -> bool:
    """Whether this is a WARC or WACZ file, or a folder with such files in it."""
    if path.is_dir():
        return next(capture_files(path), None) is not None
    return path.name.lower().endswith(CAPTURE_NAMES) or _begins_with(path, b"WARC/")


def holds_copy(path: Path) -> bool:
    """Whether this may be a copy made of files: any folder, a packed one, a saved page."""
    if path.is_dir() or path.name.lower().endswith(PACKED_NAMES):
        return True
    head = _head(path)
    return head[TAR_MARK] == b"ustar" or head.startswith(b"PK\3\4") or HTML.match(head) is not None or is_mhtml(head)


def capture_files(folder: Path) -> Iterator[Path]:
    """WARC and WACZ files at any depth, by their names."""
    waiting = [folder]
    while waiting:
        entries = _entries(waiting.pop())
        yield from (Path(one.path) for one in entries if one.name.lower().endswith(CAPTURE_NAMES) and not one.is_dir())
        waiting += [Path(one.path) for one in reversed(entries) if one.is_dir(follow_symlinks=False)]


def captures_at(path: Path) -> list[Container]:
    """The containers of captures. Raises UnusableSource when there are none."""
    files = list(capture_files(path)) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise UnusableSource(f"there are no captures at {path}: wanted are .warc, .warc.gz, .warc.zst or .wacz files.")
    return [Wacz(file) if zipfile.is_zipfile(file) else Warc.at(file) for file in files]


def copy_at(path: Path) -> list[Container]:
    """The container of a frozen copy. Raises UnusableSource when there is none."""
    if path.is_dir():
        return [Folder(path)]
    if not path.is_file():
        raise UnusableSource(f"there is no frozen copy at {path}: wanted is a folder of HTML files, packed or not.")
    if zipfile.is_zipfile(path):
        return [Zip(path)]
    head = _head(path)
    if HTML.match(head) or is_mhtml(head):
        return [SavedPage(path)]
    if head[TAR_MARK] == b"ustar" or path.name.lower().endswith(PACKED_NAMES):
        return [Tar(path)]
    raise UnusableSource(f"{path} is no copy of a wiki: neither zip, nor tar, nor HTML.")


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """By their names; none of a folder that cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def _begins_with(path: Path, mark: bytes) -> bool:
    return _head(path).startswith(mark)


def _head(path: Path) -> bytes:
    """The unpacked beginning of a file; empty where there is none to read."""
    try:
        with opened(path) as stream:
            return stream.read(HEAD)
    except DAMAGES:
        return b""
