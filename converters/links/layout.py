"""Names of folders for titles, and the way from one page of the site to another."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

INDEX, SOURCE_INDEX = "index.html", "index.txt"
# Names below the site's root that are ours; a page that wants one gets another.
FILES, HISTORY, REVISION, DIFFERENCE, PAGE = "files", "history", "revision", "difference", "page"
INFO, CONTRIBUTIONS, SOURCE, REDIRECT, MEDIA = "info", "contributions", "source", "redirect", "media"
ABOUT, DATASETTE, MISSING = "archive", "datasette", "404.html"
RANDOM, SEARCH = f"{ABOUT}/random", f"{ABOUT}/search"
RESERVED = frozenset({
    FILES, HISTORY, REVISION, DIFFERENCE, PAGE, INFO, CONTRIBUTIONS, SOURCE, REDIRECT, MEDIA, ABOUT, DATASETTE,
    MISSING, INDEX,
})  # fmt: skip
CURRENT = "current"
FALLBACK = ("wiki",)
# Longest name of a file on the usual disks (NAME_MAX of ext4, APFS and NTFS).
MAX_SEGMENT_BYTES = 255
KEPT_BYTES = 180
# Windows takes whole paths of 260 characters unless told otherwise, and none of these signs in them.
MAX_PORTABLE = 80
WIDE = str.maketrans({sign: chr(ord(sign) + 0xFEE0) for sign in '<>:"|?*'})
INDEX_NAME = re.compile(r"index(-\d+)?\.html|index\.txt", re.I)
# What Windows takes for a device, whatever follows the dot (Microsoft, "Naming Files, Paths, and Namespaces").
DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.I)
CONTROLS = re.compile(r"[\x00-\x1f\x7f/\\]")
# What RFC 3986 lets stand in a path segment.
SEGMENT_SAFE = "!$&'()*+,;=:@-._~"
FRAGMENT_SAFE = SEGMENT_SAFE + "/?"


@dataclass(frozen=True, slots=True)
class Layout:
    """The folder of all pages; ``is_original`` when it is the wiki's own article path.

    ``is_portable``: folders are named so that every disk takes them.
    """

    prefix: tuple[str, ...]
    is_original: bool
    is_portable: bool = False

    def address(self, dbkey: str) -> str:
        """The address that a title asks for, if it is free."""
        segments = [self.segment(segment) for segment in dbkey.split("/")]
        if not self.prefix and segments[0].casefold() in RESERVED:
            segments[0] = marked(segments[0])
        return "/".join((*self.prefix, *segments))

    def segment(self, segment: str) -> str:
        """One part of a title as the name of a folder."""
        return portable_segment(segment) if self.is_portable else safe_segment(segment)

    def has_given(self, address: str) -> bool:
        """Whether an address may be one of this layout; others would lead out of the site, or to what is ours."""
        start = "".join(f"{segment}/" for segment in self.prefix)
        segments = address.removeprefix(start).split("/")
        is_ours = not self.prefix and segments[0].casefold() in RESERVED
        return address.startswith(start) and not is_ours and all(safe_segment(one) == one for one in segments)


def layout_of(article_path: str, is_portable: bool = False) -> Layout:
    """``/wiki/$1`` → ``wiki/``, ``/index.php/$1`` → ``index.php/``. An address with ``?`` is no file: ``wiki/``."""
    match = re.fullmatch(r"/((?:[^/?#]+/)*)\$1", article_path)
    if match is None:
        return Layout(FALLBACK, False, is_portable)
    prefix = tuple(match[1].split("/")[:-1])
    is_usable = all(safe_segment(segment) == segment for segment in prefix) and not RESERVED & set(prefix[:1])
    return Layout(prefix, True, is_portable) if is_usable else Layout(FALLBACK, False, is_portable)


def safe_segment(segment: str) -> str:
    """One part of a title as the name of a folder: itself where that is safe, else with a mark from its hash.

    Not safe are: nothing (``A//B``), a dot in front (hidden files, ``..``) or at the end (Windows), what is longer than
    a disk takes, control characters, backslashes, devices of Windows, and the name of our own index files.
    """
    is_safe = (
        segment
        and segment[0] != "."
        and segment[-1] not in ". "
        and len(segment.encode()) <= MAX_SEGMENT_BYTES
        and not CONTROLS.search(segment)
        and not INDEX_NAME.fullmatch(segment)
        and not DEVICE.fullmatch(segment)
    )
    return segment if is_safe else marked(segment)


def portable_segment(segment: str) -> str:
    """The same for Windows too: signs that it refuses stand as their wide twins, and paths stay short."""
    safe = safe_segment(segment).translate(WIDE)
    return safe if len(safe) <= MAX_PORTABLE else marked(segment, MAX_PORTABLE).translate(WIDE)


def marked(segment: str, kept_bytes: int = KEPT_BYTES) -> str:
    """A safe name that only this segment gets."""
    digest = hashlib.sha1(segment.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()[:8]
    kept = CONTROLS.sub("", segment).strip(". ").encode("utf-8", "replace")[:kept_bytes].decode("utf-8", "ignore")
    name, dot, rest = kept.partition(".") if DEVICE.fullmatch(kept) else (kept, "", "")
    return f"{name}~{digest}{dot}{rest}"


def relative(source: str, target: str, fragment: str = "") -> str:
    """The ``href`` from the page at address ``source`` to ``target``: an address with ``/`` at its end, or a file."""
    if not source or target.startswith(f"{source}/"):
        way = _way(source, target)
    else:
        way = "../" + _way(source.rpartition("/")[0], target)
    # A first segment with a colon would be read as a scheme.
    path = way if way.startswith("../") else f"./{way}"
    return f"{path}#{quote(fragment, safe=FRAGMENT_SAFE)}" if fragment else path


# Neighbours in a folder go the same ways from there.
@lru_cache(maxsize=50_000)
def _way(source: str, target: str) -> str:
    here, there = source.split("/") if source else [], target.split("/")
    shared = 0
    for ours, theirs in zip(here, there[:-1], strict=False):
        if ours != theirs:
            break
        shared += 1
    return "../" * (len(here) - shared) + "/".join(map(_quoted, there[shared:]))


@lru_cache(maxsize=100_000)
def _quoted(segment: str) -> str:
    return quote(segment, safe=SEGMENT_SAFE)
