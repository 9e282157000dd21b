"""A frozen copy as a folder of files."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scraper.model import Exactness, Timestamp
from scraper.problems import Problem
from scraper.sources.captured.frames import DAMAGES, Zlib
from scraper.sources.captured.heads import HEAD
from scraper.sources.captured.http import GZIP, Decoded, Started
from scraper.sources.captured.item import Body, Item
from scraper.sources.captured.mhtml import is_mhtml, parts_of
from scraper.sources.captured.names import hint_of
from scraper.sources.captured.originals import original_of
from scraper.sources.captured.saved import told_in

ORIGINAL = ".orig"  # what wget --backup-converted leaves beside a page whose links it changed
ADDED = (".html", ".htm")  # by --adjust-extension; the original beside such a page is named without it


@dataclass(frozen=True, slots=True)
class _Subfolder:
    """``prefix`` is its path in the copy, with a slash behind."""

    path: Path
    prefix: str


class Folder:
    """Files below a folder. Symbolic links are not followed: what they lead to inside is read in its own place."""

    def __init__(self, root: Path) -> None:
        self.name = root.name
        self._root = root

    def items(self) -> Iterator[Item | Problem]:
        """In the order of their paths."""
        # A stack, because folders may lie deeper in each other than functions may.
        stack = [self._within(self._root, "")]
        while stack:
            found = next(stack[-1], None)
            if found is None:
                stack.pop()
            elif isinstance(found, _Subfolder):
                stack.append(self._within(found.path, found.prefix))
            else:
                yield found

    def _within(self, folder: Path, prefix: str) -> Iterator[Item | Problem | _Subfolder]:
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Problem("capture-damaged", f"{self.name}/{prefix}", f"the folder cannot be read: {error.strerror}")
            return
        names = {entry.name for entry in found}
        for entry in found:
            path = prefix + _readable(entry.name)
            if entry.is_symlink():
                yield from self._link(entry, path)
            elif entry.is_dir():
                yield _Subfolder(Path(entry.path), f"{path}/")
            elif entry.is_file() and not has_original(entry.name, names):
                yield from self._file(entry, path)

    def _file(self, entry: os.DirEntry[str], path: str) -> Iterator[Item | Problem]:
        try:
            with Path(entry.path).open("rb") as stream:
                yield from file_items(self.name, path, entry.stat().st_mtime, stream)
        except OSError as error:
            yield Problem("capture-damaged", f"{self.name}/{path}", f"it cannot be read: {error.strerror}")

    def _link(self, entry: os.DirEntry[str], path: str) -> Iterator[Problem]:
        target = Path(entry.path).resolve()
        if not target.is_relative_to(self._root.resolve()):
            yield Problem("link-outside", f"{self.name}/{path}", "it leads out of the folder")


def has_original(name: str, names: Container[str]) -> bool:
    """Whether the same page lies there as it was before its links were changed."""
    bare = next((name.removesuffix(suffix) for suffix in ADDED if name.endswith(suffix)), name)
    return f"{name}{ORIGINAL}" in names or (bare != name and f"{bare}{ORIGINAL}" in names)


class SavedPage:
    """One page that somebody saved."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._path = path

    def items(self) -> Iterator[Item | Problem]:
        """That page."""
        with self._path.open("rb") as stream:
            yield from file_items("saved", self.name, self._path.stat().st_mtime, stream)


def file_items(container: str, path: str, changed: float, stream: Body) -> Iterator[Item | Problem]:
    """A file of a copy: one thing, or what a browser saved in one file."""
    place, hint = f"{container}/{path}", hint_of(path)
    weak = hint.taken_at or weak_moment(changed)
    started = Started(stream)
    body: Body = started
    if started.head(len(GZIP)) == GZIP and not original_of(hint.url):
        body = Decoded(started, Zlib, GZIP)  # some tools keep answers as they came over the wire
    elif is_mhtml(started.head(HEAD)):
        yield from parts_of(place, started, weak)
        return
    try:
        head = body.read(HEAD)
    except DAMAGES as error:
        yield Problem("capture-damaged", place, f"it is compressed, and cut or damaged: {error}")
        return
    told = told_in(head, hint)
    # When the file was written says little of when the page was taken.
    yield Item(place, told.url, 200, {}, told.taken_at or weak, head, body)


def weak_moment(seconds: float) -> Timestamp:
    """A file's time: nobody knows what set it."""
    try:
        moment = datetime.fromtimestamp(max(seconds, 0), UTC)
    except (OverflowError, OSError, ValueError):
        moment = datetime.fromtimestamp(0, UTC)
    return Timestamp(moment.strftime("%Y-%m-%dT%H:%M:%SZ"), Exactness.UNKNOWN_ZONE)


def _readable(name: str) -> str:
    """File names are bytes; those that are no UTF-8 were most often written as Latin-1."""
    data = os.fsencode(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
