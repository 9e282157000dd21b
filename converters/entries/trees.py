"""Categories in categories. A wiki may put two into each other: no category is opened twice on one way down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from converters.entries.pages import Entries
from converters.entries.values import CATEGORY
from scraper.archive import Archive
from scraper.model import Title

DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Branch:
    """A category with the number of its members and the categories in it. ``is_cut``: it is opened elsewhere."""

    title: Title
    members: int
    branches: tuple[Branch, ...]
    is_cut: bool = False


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
                    yield self._branch(title, seen, DEEPEST)

    def below(self, category: str, depth: int) -> tuple[Branch, ...]:
        """The categories in a category, opened so many levels deep."""
        return self._branches(category, {category}, depth)

    def _branch(self, title: str, seen: set[str], depth: int) -> Branch:
        name = self._titles.split(title, CATEGORY)
        members = int(self._database.execute(MEMBERS, (title,)).fetchone()[0])
        if title in seen or not depth:
            return Branch(name, members, (), is_cut=True)
        seen.add(title)
        return Branch(name, members, self._branches(title, seen, depth - 1))

    def _branches(self, title: str, seen: set[str], depth: int) -> tuple[Branch, ...]:
        inside = self._database.execute(INSIDE, (title,)).fetchall()
        return tuple(self._branch(full, seen, depth) for (full,) in inside)


INSIDE = (
    "SELECT p.title FROM categories c JOIN page_categories m USING (category_id) JOIN pages p ON p.page_id = m.page_id"
    " WHERE c.title = ? AND p.namespace_id = 14 AND p.gone_at IS NULL"
    " ORDER BY sort_form(COALESCE(NULLIF(m.sort_key, ''), p.name)), p.page_id"
)
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
