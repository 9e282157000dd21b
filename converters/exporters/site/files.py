"""Files of the wiki in the site: their bytes, and what their pages say of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from converters.entries import FileEntries, FileVersionEntry
from converters.exporters.site.drawings import is_drawing
from converters.exporters.site.folder import SiteFolder, UnsafePlace
from converters.exporters.site.press import Link, Press
from converters.links import FILES, portable_segment, relative

# What neither a browser nor a web server runs; all else is offered as plain text.
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".svg", ".apng"})
SOUNDS = frozenset({".ogg", ".oga", ".mp3", ".flac", ".wav", ".opus", ".mid", ".m4a"})
FILMS = frozenset({".webm", ".ogv", ".mp4", ".mpg", ".mpeg", ".mov"})
DOCUMENTS = frozenset({
    ".pdf", ".txt", ".csv", ".tsv", ".rtf", ".odt", ".ods", ".odp", ".odg", ".doc", ".docx", ".xls", ".xlsx", ".ppt",
    ".pptx", ".epub", ".djvu", ".tex", ".bib", ".ics", ".zip", ".7z", ".gz", ".bz2", ".xz", ".tar", ".xcf", ".psd",
})  # fmt: skip
KNOWN = PICTURES | SOUNDS | FILMS | DOCUMENTS
INERT = ".txt"
# Some servers run what has such a suffix anywhere in its name.
PROGRAM = re.compile(r"\.(?:ph(?:p\d?|ps|t|tml|ar)|cgi|fcgi|pl|py|aspx?|jspx?|shtml)\b", re.I)
# Where MediaWiki keeps files ($wgHashedUploadDirectory): folders by hash or none, old versions below archive/.
UPLOAD = re.compile(r"(/[^?#]*?)(?:/archive)?(?:/[0-9a-f]/[0-9a-f]{2})?/[^/]+")


class SiteFiles:
    """Brings bytes into the site when a page first needs them."""

    def __init__(self, archive_folder: Path, files: FileEntries, folder: SiteFolder, is_portable: bool = False) -> None:
        self._named = portable_segment if is_portable else str
        self._archive_folder = archive_folder
        self._files = files
        self._folder = folder
        self.bring = lru_cache(maxsize=20_000)(self._bring)

    def at(self, name: str) -> str | None:
        """The path below the site of a file that a page shows: ``None`` unless it is a picture, a sound or a film."""
        brought = self.shown(name)
        return brought if brought and Path(brought).suffix in PICTURES | SOUNDS | FILMS else None

    def shown(self, name: str) -> str | None:
        """The path below the site of a file, or of what stands in for it; ``None`` when its bytes are lost."""
        path = self._files.path_of(name)
        return self.bring(path) if path else None

    def has(self, name: str) -> bool:
        """Whether anything of a file's bytes is here."""
        return self.shown(name) is not None

    def bring_originals(self, host: str | None) -> set[str]:
        """Put files where the wiki had them; the folders of that host in which they were, such as ``/w/images``."""
        folders = set()
        for url, path in self._files.originals():
            found = _upload(url, host)
            source = self._archive_folder / path
            if found is None or not source.is_file() or source.is_symlink():
                continue
            folders.add(found[1])
            if _is_inert(source, Path(found[0]).suffix) and not PROGRAM.search(found[0]):
                with suppress(OSError, UnsafePlace):  # a page stands there; the file is below FILES in any case
                    place = "/".join(self._named(segment) for segment in found[0].lstrip("/").split("/"))
                    self._folder.link(place, source)
        return folders

    def _bring(self, path: str) -> str | None:
        """The path below the site of the bytes at ``path`` below the archive's folder; ``None`` when they are lost."""
        source = self._archive_folder / path
        if not source.is_file() or source.is_symlink():
            return None
        target = f"{FILES}/{path.partition('/')[2]}"
        if not _is_inert(source, source.suffix):
            target = target.removesuffix(source.suffix) + INERT
        self._folder.link(target, source)
        return target


class FileView:
    """The values that ``file.html`` shows besides those of every page."""

    def __init__(
        self, press: Press, files: FileEntries, site_files: SiteFiles, user: Callable[[str, str], Link]
    ) -> None:
        """``user`` gives the link from an address to somebody of that name."""
        self._press = press
        self._user = user
        self._files = files
        self._site_files = site_files

    def values(self, name: str, here: str, users: Iterable[Any]) -> dict[str, Any]:
        """``users``: links to the pages that show the file."""
        rows = [self._row(version, here) for version in self._files.versions(name)]
        shown = next((row for row in rows if row["path"]), None)
        return {
            "versions": rows,
            "shown": shown,
            "thumbnail": self._thumbnail(name, here),
            "player": _player(shown["path"]) if shown else None,
            "used_in": list(users),
            "file_name": name,
        }

    def _thumbnail(self, name: str, here: str) -> dict[str, Any] | None:
        """What stands in for a current version whose bytes are lost; ``None`` where that is not needed, or not had."""
        path, width = self._files.thumbnail(name) or (None, None)
        brought = self._site_files.bring(path) if path else None
        return {"href": relative(here, brought), "width": width} if brought and _player(brought) == "img" else None

    def _row(self, version: FileVersionEntry, here: str) -> dict[str, Any]:
        path = self._site_files.bring(version.path) if version.path else None
        return {
            "version": version,
            "path": path,
            "href": relative(here, path) if path else None,
            "is_inert": bool(path and path.endswith(INERT) and not (version.path or "").endswith(INERT)),
            "user": self._user(here, version.user) if version.user is not None else None,
            "summary": self._press.summary(here, None, version.comment, version.hidden),
        }


def _player(path: str) -> str | None:
    suffix = Path(path).suffix
    kinds = {"img": PICTURES, "audio": SOUNDS, "video": FILMS}
    return next((kind for kind, suffixes in kinds.items() if suffix in suffixes), None)


def _is_inert(source: Path, suffix: str) -> bool:
    """By the suffix under which it is offered: equal bytes stand once in the archive, with the suffix of the first."""
    return is_drawing(source) if suffix.lower() == ".svg" else suffix.lower() in KNOWN


def _upload(url: str, host: str | None) -> re.Match[str] | None:
    """The path of a file on its own host, ``None`` for other addresses and for what is none, such as ``http://[``."""
    try:
        address = urlsplit(url)
    except ValueError:
        return None
    return UPLOAD.fullmatch(unquote(address.path)) if address.hostname == host else None
