"""The addresses of all pages of one wiki."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from converters.links.layout import (
    CONTRIBUTIONS,
    CURRENT,
    DIFFERENCE,
    HISTORY,
    INFO,
    MAX_SEGMENT_BYTES,
    MEDIA,
    PAGE,
    REDIRECT,
    REVISION,
    SOURCE,
    WIDE,
    Layout,
    marked,
)
from converters.links.specials import SpecialPages
from scraper.problems import Problem

TABLES = """
CREATE TABLE addresses (
    place TEXT PRIMARY KEY, address TEXT NOT NULL, title TEXT NOT NULL, page_id INTEGER, is_own INTEGER NOT NULL,
    wanted TEXT
) WITHOUT ROWID;
CREATE INDEX addresses_title ON addresses (title, is_own);
CREATE TABLE kept (
    place TEXT PRIMARY KEY, address TEXT NOT NULL, title TEXT NOT NULL, page_id INTEGER, is_own INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX kept_title ON kept (title, is_own);
"""
# Page id and full title; no id for a category or file that nobody wrote a page for.
Addressee = tuple[int | None, str]


class Kept(NamedTuple):
    """An address that an earlier export gave to a title.

    ``is_own`` is false for one more page of the same title, which stands there under its number: ``page_id``.
    """

    address: str
    title: str
    page_id: int | None
    is_own: bool


class Addresses:
    """The address of every page, decided once for the whole wiki. On disk while the export runs: there may be millions.

    Titles come in order of their right to an address: of two that want the same, the later one gets its page id
    behind the name and is one of :meth:`problems`. ``kept`` are those of earlier exports: what was given to a title
    stays with it, even where the title is gone by now. ``folds_case`` when the disk does not tell ``a`` from ``A``.
    """

    def __init__(
        self,
        layout: Layout,
        specials: SpecialPages,
        titles: Iterable[Addressee],
        folds_case: bool = False,
        kept: Iterable[Kept] = (),
    ) -> None:
        self.layout = layout
        self._specials = specials
        self._folds_case = folds_case or layout.is_portable
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(TABLES)
        self._database.execute("BEGIN")
        for one in kept:
            self._database.execute(
                "INSERT OR IGNORE INTO kept VALUES (?, ?, ?, ?, ?)", (self._place(one.address), *one)
            )
        for title in specials.titles.values():
            self._add(None, title)
        for page_id, title in titles:
            self._add(page_id, title)
        self._database.execute("CREATE INDEX addresses_page ON addresses (page_id)")
        self._database.execute("COMMIT")
        self.of_title = lru_cache(maxsize=50_000)(self._of_title)
        self.of_page = lru_cache(maxsize=50_000)(self._of_page)
        self.letters = lru_cache(maxsize=1)(self._letters)

    def of_special(self, name: str) -> str:
        """The address of one of :data:`SPECIAL_PAGES`."""
        return self.layout.address(self._specials.titles[name].replace(" ", "_"))

    def below_special(self, name: str, part: str) -> str:
        """The address of a part of such a list: a month of the recent changes, one of the logs."""
        return self.layout.address(f"{self._specials.titles[name]}/{part}".replace(" ", "_"))

    def parts_of(self, name: str) -> Iterator[str]:
        """The parts of such a list that the site has."""
        start = f"{self._specials.titles[name]}/"
        query = "SELECT title FROM addresses WHERE page_id IS NULL AND substr(title, 1, ?) = ? ORDER BY title"
        for (title,) in self._database.execute(query, (len(start), start)):
            yield title[len(start) :]

    def history_of(self, address: str) -> str:
        """Where the list of a page's versions stands."""
        return self._beside(HISTORY, address)

    def source_of(self, address: str) -> str:
        """Where a page's wikitext stands as plain text, in a file :data:`SOURCE_INDEX`."""
        return self._beside(SOURCE, address)

    def unredirected(self, address: str) -> str:
        """Where a redirect is shown without taking the reader along."""
        return self._beside(REDIRECT, address)

    def media_of(self, address: str) -> str:
        """Where a file's page has one beside it that goes on to the file itself."""
        return self._beside(MEDIA, address)

    def info_of(self, address: str) -> str:
        """Where it is told what links to a page, and who made it."""
        return self._beside(INFO, address)

    def contributions_of(self, user: str) -> str:
        """Where everything stands that somebody wrote."""
        return "/".join((CONTRIBUTIONS, *(self.layout.segment(part) for part in user.replace(" ", "_").split("/"))))

    def moved_people(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Names whose contributions stand elsewhere than their own characters say, with the folder below all others."""
        for name in names:
            folder = self.contributions_of(name).removeprefix(f"{CONTRIBUTIONS}/")
            if not self._is_as_written(folder, name):
                yield name, folder

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
            "SELECT title, address FROM (SELECT title, address FROM addresses WHERE is_own UNION ALL"
            " SELECT title, address FROM kept WHERE is_own AND title NOT IN (SELECT title FROM addresses))"
            " WHERE address != ? || replace(title, ' ', '_') ORDER BY address"
        )
        for title, address in self._database.execute(query, (start,)):
            if not self._is_as_written(address.removeprefix(start), title):
                yield title, address.removeprefix(start)

    def first_letters(self) -> Iterator[tuple[str, str]]:
        """Small first letters that titles would have, were they not written large → the large ones."""
        query = (
            "SELECT substr(title, 1, 1) FROM addresses UNION"
            " SELECT substr(title, instr(title, ':') + 1, 1) FROM addresses ORDER BY 1"
        )
        for (large,) in self._database.execute(query):
            small = large.lower()
            if small != large and small.title() == large:
                yield small, large

    def composed_letters(self) -> Iterator[tuple[str, str]]:
        """Letters of titles in two characters, as some systems write them → in one, as MediaWiki does.

        Korean syllables are left out: there are thousands.
        """
        for letter in sorted(self.letters()):
            apart = unicodedata.normalize("NFD", letter)
            if apart != letter == unicodedata.normalize("NFC", apart) and not "가" <= letter <= "힣":
                yield apart, letter

    def _letters(self) -> frozenset[str]:
        """All characters of all titles."""
        return frozenset(
            letter for (title,) in self._database.execute("SELECT title FROM addresses") for letter in title
        )

    def before_colons(self) -> Iterator[str]:
        """What stands before the first colon of titles: namespaces, and what only looks like one."""
        query = (
            "SELECT DISTINCT substr(title, 1, instr(title, ':') - 1) FROM addresses WHERE title LIKE '_%:_%' ORDER BY 1"
        )
        yield from (name for (name,) in self._database.execute(query))

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

    def given(self) -> Iterator[Kept]:
        """All of them, as the next export is to find them."""
        query = "SELECT address, title, page_id, is_own FROM addresses ORDER BY place"
        for address, title, page_id, is_own in self._database.execute(query):
            yield Kept(address, title, page_id, bool(is_own))

    def former(self) -> Iterator[tuple[str, str, int]]:
        """Where pages stood under another title: the address, the title, and the page's id."""
        query = (
            "SELECT address, title, page_id FROM kept WHERE page_id IN (SELECT page_id FROM addresses)"
            " AND place NOT IN (SELECT place FROM addresses) ORDER BY place"
        )
        yield from self._database.execute(query)

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
            "SELECT address FROM addresses WHERE title = ? ORDER BY is_own DESC, page_id LIMIT 1", (title,)
        ).fetchone()
        if row is not None:
            return str(row[0])
        special = self._specials.names.get(title.casefold())
        return self.of_special(special) if special else None

    def _add(self, page_id: int | None, title: str) -> None:
        is_own = not self._exists("SELECT 1 FROM addresses WHERE title = ?", (title,))
        if not is_own and page_id is None:
            return
        wanted = self.layout.address(title.replace(" ", "_"))
        kept = self._kept_for(page_id, title, is_own)
        for address in chain([kept or wanted] if is_own or kept else (), _numbered(wanted, page_id)):
            if self._insert(Kept(address, title, page_id, is_own), None if address == wanted else wanted):
                return

    def _kept_for(self, page_id: int | None, title: str, is_own: bool) -> str | None:
        query = "SELECT address FROM kept WHERE title = ? AND is_own = ? AND (is_own OR page_id = ?)"
        row = self._database.execute(query, (title, is_own, page_id)).fetchone()
        return str(row[0]) if row else None

    def _insert(self, one: Kept, wanted: str | None) -> bool:
        """False when something else stands there, or did in an earlier export."""
        place = self._place(one.address)
        if self._exists("SELECT 1 FROM kept WHERE place = ? AND title != ?", (place, one.title)):
            return False
        query = "INSERT OR IGNORE INTO addresses VALUES (?, ?, ?, ?, ?, ?)"
        return self._database.execute(query, (place, *one, wanted)).rowcount == 1

    def _exists(self, query: str, values: tuple[str, ...]) -> bool:
        return self._database.execute(query, values).fetchone() is not None

    def _is_as_written(self, folder: str, name: str) -> bool:
        """Whether a name leads there without a rule of its own."""
        dbkey = name.replace(" ", "_")
        return folder == (dbkey.translate(WIDE) if self.layout.is_portable else dbkey)

    def _beside(self, folder: str, address: str) -> str:
        return "/".join((folder, *address.split("/")[len(self.layout.prefix) :]))

    def _place(self, address: str) -> str:
        """What two addresses share that the disk takes for one."""
        return unicodedata.normalize("NFC", address).casefold() if self._folds_case else address


def _numbered(address: str, page_id: int | None) -> Iterator[str]:
    """Names for what cannot have this one, without end; what nobody wrote a page for is told apart by its title."""
    while True:
        parent, slash, name = address.rpartition("/")
        address = parent + slash + (marked(name) if page_id is None else marked_with(name, page_id))
        yield address


def marked_with(name: str, page_id: int) -> str:
    """A name that belongs to one page id."""
    kept = name.encode()[: MAX_SEGMENT_BYTES - 20].decode("utf-8", "ignore")
    return f"{kept}~{page_id}"
