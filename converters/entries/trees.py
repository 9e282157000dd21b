"""Categories in categories. A wiki may put two into each other: no category is opened twice on one way down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from converters.entries.pages import Entries
from converters.entries.values import CATEGORY
from scraper.archive import Archive
from scraper.model import Title

DEEPEST = 12
# Categories opened in one tree; the others of a larger one begin trees of their own.
LARGEST = 500
WIDEST = 1000


@dataclass(frozen=True, slots=True)
class Branch:
    """A category with the number of its members and the categories in it. ``is_cut``: it is opened elsewhere."""

    title: Title
    members: int
    branches: tuple[Branch, ...]
    is_cut: bool = False


@dataclass(slots=True)
class _Walk:
    """Names of the categories that were opened, and how many more may be."""

    opened: set[str]
    room: int = LARGEST

    def may_open(self, title: str) -> bool:
        return title not in self.opened and self.room > 0

    def open(self, title: str) -> None:
        self.opened.add(title)
        self.room -= 1


class CategoryTrees:
    """Reads one archive; holds one tree at a time, and the names of all categories that were shown."""

    def __init__(self, archive: Archive, entries: Entries) -> None:
        self._database = archive.connection
        self._titles = entries.titles

    def all(self) -> Iterator[Branch]:
        """Every category once: those at the top with what is below them, then those that only lie in each other."""
        seen: set[str] = set()
        for query in (TOP, EVERY):
            for (title,) in self._database.execute(query).fetchall():
                if title not in seen:
                    yield self._branch(title, _Walk(seen), DEEPEST)

    def below(self, category: str, depth: int) -> tuple[Branch, ...]:
        """The categories in a category, opened so many levels deep."""
        return self._branches(category, _Walk({category}), depth)

    def _branch(self, title: str, walk: _Walk, depth: int) -> Branch:
        name = self._titles.split(title, CATEGORY)
        members = int(self._database.execute(MEMBERS, (title,)).fetchone()[0])
        inside = self._database.execute(HAS_INSIDE, (title,)).fetchone() is not None
        if not walk.may_open(title) or (inside and not depth):
            return Branch(name, members, (), is_cut=inside)
        walk.open(title)
        return Branch(name, members, self._branches(title, walk, depth - 1) if inside else ())

    def _branches(self, title: str, walk: _Walk, depth: int) -> tuple[Branch, ...]:
        inside = self._database.execute(f"{INSIDE} {IN_ORDER}", (title,)).fetchall()
        return tuple(self._branch(full, walk, depth) for (full,) in inside)


INSIDE = (
    "SELECT p.title FROM categories c JOIN page_categories m USING (category_id) JOIN pages p ON p.page_id = m.page_id"
    " WHERE c.title = ? AND p.namespace_id = 14 AND p.gone_at IS NULL"
)
HAS_INSIDE = f"{INSIDE} LIMIT 1"
IN_ORDER = f"ORDER BY sort_form(COALESCE(NULLIF(m.sort_key, ''), p.name)), p.page_id LIMIT {WIDEST}"
MEMBERS = "SELECT count(*) FROM categories JOIN page_categories USING (category_id) WHERE title = ?"
EVERY = (
    "SELECT title FROM (SELECT title, name FROM categories"
    " UNION SELECT title, name FROM pages WHERE namespace_id = 14 AND gone_at IS NULL) ORDER BY sort_form(name)"
)
TOP = (
    "SELECT title FROM (SELECT title, name FROM categories"
    " UNION SELECT title, name FROM pages WHERE namespace_id = 14 AND gone_at IS NULL)"
    " WHERE title NOT IN (SELECT p.title FROM pages p JOIN page_categories USING (page_id)"
    "  WHERE p.namespace_id = 14 AND p.gone_at IS NULL) ORDER BY sort_form(name)"
)
