"""Where a title leads: the one place that decides the addresses of the site.

An *address* is a folder below the site's root, written with slashes and without one at the end (``wiki/Accueil``);
its page is the file ``index.html`` in it, which any static server gives for ``/wiki/Accueil``. Addresses hold the
characters themselves; only :func:`relative` percent-encodes, for ``href``.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from scraper.model import Site
from scraper.problems import Problem

INDEX, SOURCE_INDEX = "index.html", "index.txt"
# Names below the site's root that are ours; a page that wants one gets another.
FILES, HISTORY, REVISION, DIFFERENCE, PAGE = "files", "history", "revision", "difference", "page"
INFO, CONTRIBUTIONS, SOURCE, REDIRECT = "info", "contributions", "source", "redirect"
ABOUT, DATASETTE, MISSING = "archive", "datasette", "404.html"
RANDOM, SEARCH = f"{ABOUT}/random", f"{ABOUT}/search"
RESERVED = frozenset({
    FILES, HISTORY, REVISION, DIFFERENCE, PAGE, INFO, CONTRIBUTIONS, SOURCE, REDIRECT, ABOUT, DATASETTE, MISSING, INDEX,
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
# Lists that the site has too: their name in MediaWiki's code, which siteinfo calls realname, and in English addresses.
SPECIAL_PAGES = {
    "Allpages": "AllPages",
    "Categories": "Categories",
    "Listfiles": "ListFiles",
    "Recentchanges": "RecentChanges",
    "Log": "Log",
    "Statistics": "Statistics",
    "LinkSearch": "LinkSearch",
    "CategoryTree": "CategoryTree",
}


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
    here, there = source.split("/") if source else [], target.split("/")
    shared = 0
    for ours, theirs in zip(here, there[:-1], strict=False):
        if ours != theirs:
            break
        shared += 1
    rest = "/".join(map(_quoted, there[shared:]))
    up = "../" * (len(here) - shared)
    # A first segment with a colon would be read as a scheme.
    path = up + rest if up else f"./{rest}"
    return f"{path}#{quote(fragment, safe=FRAGMENT_SAFE)}" if fragment else path


@lru_cache(maxsize=100_000)
def _quoted(segment: str) -> str:
    return quote(segment, safe=SEGMENT_SAFE)


# Page id and full title; no id for a category or file that nobody wrote a page for.
Addressee = tuple[int | None, str]


@dataclass(frozen=True, slots=True)
class SpecialPages:
    """The wiki's own names of the lists that the site has too: name in MediaWiki's code → title, any title → name,
    in small letters and as the wiki spells it."""

    titles: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)


def special_pages(site: Site) -> SpecialPages:
    """From ``siteinfo``'s ``specialpagealiases``; the English names where it has none."""
    aliases = {entry["realname"].lower(): entry["aliases"] for entry in site.siteinfo.get("specialpagealiases", ())}
    prefixes = _special_prefixes(site.siteinfo)
    titles, spellings = {}, {}
    for name, english in SPECIAL_PAGES.items():
        known = [*aliases.get(name.lower(), ()), english, name]
        titles[name] = f"{prefixes[0]}:{known[0]}".replace("_", " ")
        for alias in known:
            spellings.update({f"{prefix}:{alias}".replace("_", " "): name for prefix in prefixes})
    names = {title.casefold(): name for title, name in spellings.items()}
    return SpecialPages(titles, names, spellings)


def special_titles_of(site: Site, name: str, english: str) -> list[str]:
    """Every title under which the wiki had a special page; ``name`` is its name in MediaWiki's code."""
    entries = site.siteinfo.get("specialpagealiases", ())
    aliases = next((entry["aliases"] for entry in entries if entry["realname"].lower() == name.lower()), ())
    names = dict.fromkeys((*aliases, english, name))
    return [f"{prefix}:{alias}".replace(" ", "_") for prefix in _special_prefixes(site.siteinfo) for alias in names]


def _special_prefixes(siteinfo: Mapping[str, Any]) -> list[str]:
    namespaces = siteinfo.get("namespaces") or {}
    own = namespaces.get("-1", {}) if isinstance(namespaces, Mapping) else {}
    return list(dict.fromkeys([own.get("name") or own.get("*") or "Special", "Special"]))


class Addresses:
    """The address of every page, decided once for the whole wiki. Kept on disk: a wiki may have millions.

    Titles come in order of their right to an address: of two that want the same, the later one gets its page id
    behind the name and is one of :meth:`problems`. ``folds_case`` when the disk does not tell ``a`` from ``A``.
    """

    def __init__(
        self, layout: Layout, specials: SpecialPages, titles: Iterable[Addressee], folds_case: bool = False
    ) -> None:
        self.layout = layout
        self._specials = specials
        self._folds_case = folds_case or layout.is_portable
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute(
            "CREATE TABLE addresses (place TEXT PRIMARY KEY, address TEXT NOT NULL, page_id INTEGER,"
            " title TEXT NOT NULL, wanted TEXT) WITHOUT ROWID"
        )
        self._database.execute("BEGIN")
        for title in specials.titles.values():
            self._add(None, title)
        for page_id, title in titles:
            self._add(page_id, title)
        self._database.execute("CREATE INDEX addresses_title ON addresses (title, wanted)")
        self._database.execute("CREATE INDEX addresses_page ON addresses (page_id)")
        self._database.execute("COMMIT")
        self.of_title = lru_cache(maxsize=50_000)(self._of_title)
        self.of_page = lru_cache(maxsize=50_000)(self._of_page)

    def of_special(self, name: str) -> str:
        """The address of one of :data:`SPECIAL_PAGES`."""
        return self.layout.address(self._specials.titles[name].replace(" ", "_"))

    def below_special(self, name: str, part: str) -> str:
        """The address of a part of such a list: a month of the recent changes, one of the logs."""
        return self.layout.address(f"{self._specials.titles[name]}/{part}".replace(" ", "_"))

    def history_of(self, address: str) -> str:
        """Where the list of a page's versions stands."""
        return self._beside(HISTORY, address)

    def source_of(self, address: str) -> str:
        """Where a page's wikitext stands as plain text, in a file :data:`SOURCE_INDEX`."""
        return self._beside(SOURCE, address)

    def unredirected(self, address: str) -> str:
        """Where a redirect is shown without taking the reader along."""
        return self._beside(REDIRECT, address)

    def info_of(self, address: str) -> str:
        """Where it is told what links to a page, and who made it."""
        return self._beside(INFO, address)

    def contributions_of(self, user: str) -> str:
        """Where everything stands that somebody wrote."""
        return "/".join((CONTRIBUTIONS, *(self.layout.segment(part) for part in user.replace(" ", "_").split("/"))))

    def of_revision(self, rev_id: int) -> str:
        """Where one version of a page is shown. Ids alone decide, so that ``?oldid=`` leads there without a table."""
        return f"{REVISION}/{rev_id}"

    def of_difference(self, rev_id: int, to_current: bool = False) -> str:
        """Where it is shown what this version changed, or what was changed since."""
        return f"{DIFFERENCE}/{rev_id}/{CURRENT}" if to_current else f"{DIFFERENCE}/{rev_id}"

    def special_titles(self) -> Iterator[tuple[str, str]]:
        """Each name under which the wiki had one of :data:`SPECIAL_PAGES`, as written there, and its address."""
        for title, name in self._specials.spellings.items():
            yield title, self.of_special(name)

    def moved(self) -> Iterator[tuple[str, str]]:
        """Titles that stand elsewhere than their own characters say, with the folder below all pages."""
        start = "".join(f"{segment}/" for segment in self.layout.prefix)
        query = (
            "SELECT title, address FROM addresses WHERE address != ? || replace(title, ' ', '_') AND (wanted IS NULL OR"
            " title NOT IN (SELECT title FROM addresses WHERE wanted IS NULL)) ORDER BY address"
        )
        for title, address in self._database.execute(query, (start,)):
            is_wide = self.layout.is_portable and address == start + title.replace(" ", "_").translate(WIDE)
            if not is_wide:
                yield title, address.removeprefix(start)

    def first_letters(self) -> Iterator[tuple[str, str]]:
        """Small first letters that titles would have, were they not written large → the large ones."""
        query = (
            "SELECT substr(title, 1, 1) FROM addresses UNION"
            " SELECT substr(title, instr(title, ':') + 1, 1) FROM addresses ORDER BY 1"
        )
        for (large,) in self._database.execute(query):
            small = large.lower()
            if small != large and small.upper() == large:
                yield small, large

    def of_page_id(self, page_id: int) -> str:
        """Where ``?curid=`` leads: a page that goes on to :meth:`of_page`."""
        return f"{PAGE}/{page_id}"

    def has(self, address: str) -> bool:
        """Whether something stands at this address."""
        query = "SELECT EXISTS (SELECT 1 FROM addresses WHERE place = ? AND address = ?)"
        return bool(self._database.execute(query, (self._place(address), address)).fetchone()[0])

    def is_page(self, address: str) -> bool:
        """Whether what stands there was written, and has a history."""
        query = "SELECT EXISTS (SELECT 1 FROM addresses WHERE place = ? AND address = ? AND page_id IS NOT NULL)"
        return bool(self._database.execute(query, (self._place(address), address)).fetchone()[0])

    def problems(self) -> Iterator[Problem]:
        """Pages that did not get the address of their title."""
        rows = self._database.execute(
            "SELECT page_id, title, address, wanted FROM addresses WHERE wanted IS NOT NULL ORDER BY place"
        )
        for page_id, title, address, wanted in rows:
            where = f"page {page_id}, {title}" if page_id else title
            yield Problem("address-taken", where, f"{wanted} is another page; this one is at {address}", page_id)

    def __iter__(self) -> Iterator[tuple[int | None, str, str]]:
        """Page id, title and address of all, in the order of addresses."""
        yield from self._database.execute("SELECT page_id, title, address FROM addresses ORDER BY address, place")

    def _of_page(self, page_id: int) -> str:
        """The address of a page. Raises KeyError for a page that has none."""
        row = self._database.execute("SELECT address FROM addresses WHERE page_id = ?", (page_id,)).fetchone()
        if row is None:
            raise KeyError(page_id)
        return str(row[0])

    def _of_title(self, title: str) -> str | None:
        """The address of a full title, ``None`` when the archive has no such page."""
        row = self._database.execute(
            "SELECT address FROM addresses WHERE title = ? ORDER BY wanted IS NOT NULL, page_id LIMIT 1", (title,)
        ).fetchone()
        if row is not None:
            return str(row[0])
        special = self._specials.names.get(title.casefold())
        return self.of_special(special) if special else None

    def _add(self, page_id: int | None, title: str) -> None:
        address = wanted = self.layout.address(title.replace(" ", "_"))
        if self._insert(page_id, title, address) or page_id is None:
            return
        while not self._insert(page_id, title, address, wanted):
            parent, slash, name = address.rpartition("/")
            address = parent + slash + marked_with(name, page_id)

    def _insert(self, page_id: int | None, title: str, address: str, wanted: str | None = None) -> bool:
        values = (self._place(address), address, page_id, title, wanted)
        return self._database.execute("INSERT OR IGNORE INTO addresses VALUES (?, ?, ?, ?, ?)", values).rowcount == 1

    def _beside(self, folder: str, address: str) -> str:
        return "/".join((folder, *address.split("/")[len(self.layout.prefix) :]))

    def _place(self, address: str) -> str:
        """What two addresses share that the disk takes for one."""
        return unicodedata.normalize("NFC", address).casefold() if self._folds_case else address


def marked_with(name: str, page_id: int) -> str:
    """A name that belongs to one page id."""
    kept = name.encode()[: MAX_SEGMENT_BYTES - 20].decode("utf-8", "ignore")
    return f"{kept}~{page_id}"
