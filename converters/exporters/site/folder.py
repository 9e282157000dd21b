"""The folder of a site: the one place that writes into it, and never beside it."""

from __future__ import annotations

import filecmp
import os
import shutil
import stat
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from converters.exporters.site.parts import file_of

MOST_KNOWN = 50_000


class UnsafePlace(RuntimeError):
    """Writing there would leave the site's folder."""


class SiteFolder:
    """Files are written only when their bytes change, so that times on disk say what changed.

    Paths are relative, with slashes. Raises UnsafePlace for a path that leaves the folder, by ``..`` or by a symbolic
    link, and OSError when the disk refuses.
    """

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.root = root
        self._root = str(root)
        self._known = {"": False}  # folders that are there, and whether they are new
        self.written = 0
        self.unchanged = 0
        self.removed = 0

    def write(self, path: str, content: bytes) -> bool:
        """True when the file was new or other. Nobody ever reads half of a file that was there before."""
        place = self._place(path)
        if not _is_created(place, content):
            if _holds(place, content):
                self.unchanged += 1
                return False
            part = self._part(place)
            with suppress(FileNotFoundError):
                os.unlink(part)
            _is_created(part, content)
            os.replace(part, place)
        self.written += 1
        return True

    def link(self, path: str, source: Path) -> bool:
        """A hard link to a file of the archive, a copy where the disk has none. True when it was new or other."""
        place = Path(self._place(path))
        if place.is_file() and not place.is_symlink():
            if place.samefile(source) or filecmp.cmp(place, source, shallow=False):
                self.unchanged += 1
                return False
            place.unlink()
        part = Path(self._part(str(place)))
        part.unlink(missing_ok=True)
        try:
            os.link(source, part)
        except OSError:
            shutil.copyfile(source, part)
        part.replace(place)
        self.written += 1
        return True

    def read(self, path: str) -> bytes | None:
        """What stands there, ``None`` when nothing does."""
        place = Path(self._place(path))
        return place.read_bytes() if place.is_file() and not place.is_symlink() else None

    def remove(self, path: str) -> bool:
        """Take a file away, and the folders that are empty after it. True when it was there."""
        place = Path(self._place(path, create=False))
        try:
            place.unlink()
        except (FileNotFoundError, NotADirectoryError):
            return False
        self.removed += 1
        for folder in place.parents:
            if folder == self.root or any(folder.iterdir()):
                break
            folder.rmdir()
            self._known.pop(folder.relative_to(self.root).as_posix(), None)
        return True

    def remove_parts(self, folder: str, first: int = 1) -> None:
        """The parts of a page or list that an earlier export wrote, from one on."""
        if self._known.get(folder):
            return
        while self.remove(f"{folder}/{file_of(first)}"):
            first += 1

    def keep_only(self, folder: str, names: Collection[str]) -> None:
        """Take away what else stands in a folder of ours."""
        place = self.root / folder
        for name in sorted(path.name for path in place.iterdir()) if place.is_dir() else ():
            if name not in names:
                self.remove(f"{folder}/{name}")

    def remove_all(self, folder: str) -> None:
        """A folder of ours with everything in it."""
        place = Path(self._place(folder, create=False))
        if place.is_dir() and not place.is_symlink():
            self.removed += sum(len(names) for _, _, names in os.walk(place))
            shutil.rmtree(place)
        self._known = {"": False}

    def folds_case(self) -> bool:
        """Whether the disk takes ``a`` and ``A`` for one name."""
        lower, upper = self.root / ".wikicompost-case", self.root / ".WIKICOMPOST-CASE"
        lower.touch()
        try:
            return upper.exists()
        finally:
            lower.unlink()

    def _part(self, place: str) -> str:
        """Where a file is written that will take the place of another."""
        return f"{place.rpartition(os.sep)[0]}{os.sep}.{os.getpid()}.part"

    def _place(self, path: str, create: bool = True) -> str:
        folder, slash, name = path.rpartition("/")
        if not _is_plain(name) or (slash and not folder):
            raise UnsafePlace(f"{path!r} is no name for a file of the site")
        if folder not in self._known:
            self._enter(folder, create)
        return self._within(path)

    def _within(self, path: str) -> str:
        """A plain string: a site has so many files that :class:`Path` would be felt."""
        return f"{self._root}{os.sep}{path}"

    def _enter(self, folder: str, create: bool) -> None:
        """Make the folders on the way, and see that each is one: a link could lead out of the site."""
        parent, slash, name = folder.rpartition("/")
        if not _is_plain(name) or (slash and not parent):
            raise UnsafePlace(f"{folder!r} is no folder of the site")
        if parent not in self._known:
            self._enter(parent, create)
        place = self._within(folder)
        if create and _is_made(place):
            self._know(folder, True)
            return
        with suppress(FileNotFoundError, NotADirectoryError):
            if not stat.S_ISDIR(os.lstat(place).st_mode):
                raise UnsafePlace(f"{place} is no folder. Move it away, then export again.")
        if create:
            self._know(folder, False)

    def _know(self, folder: str, is_new: bool) -> None:
        if len(self._known) > MOST_KNOWN:  # a site may have millions
            self._known = {"": False}
        self._known[folder] = is_new


def _is_plain(name: str) -> bool:
    return name not in ("", ".", "..") and "/" not in name and "\0" not in name and os.sep not in name


def _is_made(place: str) -> bool:
    """Whether the folder is new."""
    try:
        os.mkdir(place)
    except FileExistsError:
        return False
    return True


def _is_created(place: str, content: bytes) -> bool:
    """Whether the file is new; nothing that stands there, or where a link leads, is written to."""
    try:
        number = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        return False
    try:
        rest = memoryview(content)
        while rest:  # the system may take a part
            rest = rest[os.write(number, rest) :]
    except OSError:
        os.unlink(place)  # half of it would be worse than nothing
        raise
    finally:
        os.close(number)
    return True


def _holds(place: str, content: bytes) -> bool:
    status = os.lstat(place)
    if not stat.S_ISREG(status.st_mode) or status.st_size != len(content):
        return False
    with open(place, "rb") as file:
        return file.read() == content
