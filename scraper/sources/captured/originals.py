"""Files of a wiki and their thumbnails, told by the addresses that MediaWiki gives them.

Folders: https://www.mediawiki.org/wiki/Manual:$wgHashedUploadDirectory; names of thumbnails: File::generateThumbName
and ``thumbName`` (a name of more than 160 bytes is written ``thumbnail``); ``thumb.php``: thumb.php's own head.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import parse_qs, unquote

from scraper.sources.captured.addresses import parts_of

ARCHIVED = re.compile(r"\d{14}!(?P<name>.+)", re.DOTALL)
# What tools add to a name: wget a number to the second of one name, and the time that MediaWiki puts behind the address
# of a file that changed (?20200102030405); downloaders of the Wayback Machine a hash of the query.
ADDED = re.compile(r"(?:\.\d{1,3}|[@?,]\d{14})$|__q[0-9a-f]{6,}(?=\.\w+$)")
OF_HTTRACK = re.compile(r"[0-9a-f]{4}(?=\.\w+$)")  # what HTTrack makes of a query; names may end like that themselves
UPLOADS = frozenset({"images", "image", "upload", "uploads", "img_auth.php"})
SOFTWARE = frozenset({"skins", "extensions", "resources", "thumb"})
WIDTH = re.compile(r"(?:^|-)(\d{1,5})px-")
THUMB_SCRIPT = re.compile(r"/thumb\.php(?:[?@]|%3F)(?P<query>.+)", re.IGNORECASE | re.DOTALL)
# What MediaWiki makes of files that browsers do not show as pictures (MediaHandler::getThumbType).
MADE_AS = {".svg": ".png", ".xcf": ".png", **dict.fromkeys((".pdf", ".djvu", ".tif", ".tiff", ".ogv", ".webm"), ".jpg")}
SHORTENED = re.compile(r"px-thumbnail\.\w+$")


@dataclass(frozen=True, slots=True)
class Original:
    """A file version by MediaWiki's own naming. ``archive_name`` is set for old versions.

    ``is_proven`` where the address proves itself by its hash; else the wiki has to know a file of that name.
    """

    name: str
    archive_name: str | None = None
    is_proven: bool = True


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A picture made from the current version of a file; ``width`` in pixels, 0 where the address does not say.

    ``written`` is what the picture is called; its suffix tells its own type.
    """

    name: str
    width: int
    written: str


def original_of(url: str) -> Original | None:
    """The file whose bytes stand at this address.

    MediaWiki keeps files in folders named by the first digits of the MD5 of their name, so an address proves itself;
    wikis without such folders keep them in ``images`` itself.
    """
    *folders, written = unquote(parts_of(url).path).split("/")
    if not folders or not SOFTWARE.isdisjoint(folders):
        return None
    for shown in _as_it_was(written):
        name, archive_name = _version(shown, "archive" in folders[-3:-2])
        if _is_hashed(folders[-2:], name):
            return Original(name.replace("_", " "), archive_name)
    is_old = folders[-1] == "archive"
    if folders[-2:][0 if is_old else -1] not in UPLOADS:
        return None
    name, archive_name = _version(ADDED.sub("", written), is_old)
    return Original(name.replace("_", " "), archive_name, is_proven=False)


def thumbnail_of(url: str) -> Thumbnail | None:
    """The file of which a thumbnail stands at this address; none for those of old versions."""
    if "thumb" not in url:
        return None
    if found := THUMB_SCRIPT.search(unquote(url)):
        return _asked_for(parse_qs(found["query"]))
    folders = unquote(parts_of(url).path).split("/")
    if "thumb" not in folders[:-2]:
        return None
    _, *between, name, written = folders[folders.index("thumb") :]
    behind = written.partition("px-")[2]
    is_its = behind.removeprefix("-").startswith(name.removeprefix("-")) or SHORTENED.search(written) is not None
    if not is_its or not (_is_hashed(between, name) or not between):
        return None
    found = WIDTH.search(written)
    return Thumbnail(name.replace("_", " "), int(found[1]) if found else 0, ADDED.sub("", written))


def _as_it_was(written: str) -> Iterator[str]:
    """The name as it is written, and without what a tool may have added to it."""
    yield written
    yield from (bare for pattern in (ADDED, OF_HTTRACK) if (bare := pattern.sub("", written)) != written)


def _version(written: str, is_old: bool) -> tuple[str, str | None]:
    """The file's name, and that of the version where it is an old one."""
    archived = ARCHIVED.fullmatch(written) if is_old else None
    return (archived["name"], written) if archived else (written, None)


def _is_hashed(folders: list[str], name: str) -> bool:
    digest = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
    return folders == [digest[0], digest[:2]]


def _asked_for(query: dict[str, list[str]]) -> Thumbnail | None:
    name = query.get("f", [""])[0]
    width = (query.get("width") or query.get("w") or ["0"])[0].removesuffix("px")
    if not name or "archived" in query:
        return None
    made = name + MADE_AS.get(PurePosixPath(name).suffix.lower(), "")
    return Thumbnail(name.replace("_", " "), int(width) if width.isdecimal() and len(width) < 6 else 0, made)
