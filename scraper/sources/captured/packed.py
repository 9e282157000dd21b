"""A frozen copy packed into one file: zip, or tar with any usual compression. Nothing is unpacked onto the disk."""

from __future__ import annotations

import calendar
import posixpath
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scraper.problems import Problem
from scraper.sources.captured.folder import ORIGINAL, file_items, has_original
from scraper.sources.captured.frames import DAMAGES, opened
from scraper.sources.captured.item import Item


class Tar:
    """A tar file, compressed or not, read as a stream from its beginning to its end."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._path = path
        self._originals: set[str] | None = None

    def items(self) -> Iterator[Item | Problem]:
        """In the order of the file."""
        if self._originals is None:
            self._originals = self._find_originals()
        place = "its beginning"
        try:
            with self._opened() as tar:
                for member in tar:
                    _forget(tar)
                    place = member.name
                    if member.issym() or member.islnk():
                        yield from self._link(member)
                    stream = tar.extractfile(member) if member.isreg() else None
                    if stream is not None and not has_original(member.name, self._originals):
                        yield from file_items(self.name, _plain(member.name), member.mtime, stream)
        except DAMAGES as error:
            yield Problem("capture-damaged", f"{self.name}, after {place}", f"the file is cut or damaged: {error}")

    def _link(self, member: tarfile.TarInfo) -> Iterator[Problem]:
        """What a symbolic link leads to inside is read in its own place; a hard link may be a file's better name."""
        where = f"{self.name}/{_plain(member.name)}"
        folder = "" if member.islnk() else posixpath.dirname(member.name)
        target = posixpath.normpath(posixpath.join(folder, member.linkname))
        if target.startswith(("/", "../")):
            yield Problem("link-outside", where, f"it leads to {member.linkname}, out of the file")
        elif member.islnk():
            yield Problem("capture-damaged", where, f"it is a hard link to {target}: its bytes were read there only")

    def _find_originals(self) -> set[str]:
        """The names of pages as they were before their links were changed."""
        found = set()
        try:
            with self._opened() as tar:
                for member in tar:
                    if member.name.endswith(ORIGINAL):
                        found.add(member.name)
                    _forget(tar)
        except DAMAGES:
            return found  # items() says where
        return found

    @contextmanager
    def _opened(self) -> Iterator[tarfile.TarFile]:
        with opened(self._path) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
            yield tar


class Zip:
    """A zip file."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._path = path

    def items(self) -> Iterator[Item | Problem]:
        """In the order of the zip file's directory."""
        try:
            with zipfile.ZipFile(self._path) as archive:
                yield from self._members(archive)
        except DAMAGES as error:
            yield Problem("capture-damaged", self.name, f"the file is cut or damaged: {error}")

    def _members(self, archive: zipfile.ZipFile) -> Iterator[Item | Problem]:
        names = {info.filename for info in archive.infolist()}
        for info in archive.infolist():
            if info.is_dir() or has_original(info.filename, names):
                continue
            path = _plain(info.filename)
            try:
                with archive.open(info) as stream:
                    yield from file_items(self.name, path, _seconds(info), stream)
            except DAMAGES as error:
                yield Problem("capture-damaged", f"{self.name}/{path}", f"it is damaged: {error}")


def _seconds(info: zipfile.ZipInfo) -> int:
    """When the member changed; 0 where no tool wrote it: months and days of DOS count from 1."""
    try:
        return calendar.timegm((*info.date_time, 0, 0, 0))
    except ValueError:
        return 0


def _forget(tar: Any) -> None:
    """tarfile remembers all members for seeking, which a stream cannot."""
    tar.members = []


def _plain(name: str) -> str:
    """``./X`` is X; where a name tries to climb out of the archive does not matter, since nothing is written there."""
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in {"", ".", ".."})
