"""Pages that list pages: all pages by namespace, categories, files; and the root of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from converters.entries import (
    CATEGORY,
    FILE,
    Branch,
    CategoryTrees,
    Entries,
    FileEntries,
    Member,
    PageName,
    RevisionEntry,
    letter,
)
from converters.exporters.site.lines import Line, line
from converters.exporters.site.options import History
from converters.exporters.site.parts import Part, by_letter, file_of, parts
from converters.exporters.site.press import Link, Press, shown_name
from converters.links import relative

LEVELS = 3  # of categories in categories that a category shows
Printed = Iterator[tuple[str, bytes]]


class ListView:
    """Gives pairs of path below the site and content."""

    def __init__(self, press: Press, entries: Entries, files: FileEntries, trees: CategoryTrees) -> None:
        self._press = press
        self._entries = entries
        self._files = files
        self._trees = trees
        self._words = press.words
        # Of a log's many lines most are of few people.
        self._has_written = lru_cache(maxsize=1000)(entries.has_written)

    def all(self) -> Printed:
        """Every list of the site."""
        yield from self._namespaces()
        yield from self._categories()
        yield from self._all_files()
        yield "index.html", self._press.print("root.html", "", {"main_page": self._press.main_page + "/"})

    def members(self, category: str, here: str) -> Iterator[dict[str, Any]]:
        """The parts of a category's list, as values for its page."""
        for part in parts(self._entries.members(category)):
            kinds = ((_kind(member.page), member) for member in part.items)
            yield {
                "part": part,
                "branches": self._branches(category, part),
                "to": lambda title: self._press.link(here, title, title.name),
                "category_name": category.partition(":")[2],
                "groups": [(key, self._letters(members, here)) for key, members in by_letter(kinds)],
            }

    def _branches(self, category: str, part: Part[Member]) -> tuple[Branch, ...]:
        """What is in the categories of a category, where its first part has all of them."""
        are_all_here = part.number == 1 and (part.is_last or part.items[-1].page.title.namespace_id != CATEGORY)
        return self._trees.below(category, LEVELS) if are_all_here else ()

    def page(self, here: str, page: PageName) -> Link:
        """A page in a list, by its own address: two pages may have had one title."""
        if page.page_id is None:
            return self._press.link(here, page.title)
        kind = "gone" if page.is_gone else "redirect" if page.is_redirect else ""
        return Link(page.title.full, relative(here, self._press.addresses.of_page(page.page_id) + "/"), kind)

    def person(self, here: str, name: str) -> Link:
        """Somebody's name, leading to what that person wrote."""
        return Link(shown_name(name), self._press.contributions(here, name))

    def user(self, here: str, name: str) -> Link:
        """Somebody's name, leading to the user's page, else to what that person wrote, if anything."""
        return self._press.writer(here, name) if self._has_written(name) else self._press.user_named(here, name)

    def change(self, here: str, page: PageName, revision: RevisionEntry) -> Line:
        """A line of a list of versions of different pages."""
        address = "" if page.page_id is None else self._press.addresses.of_page(page.page_id)
        shown = line(self._press, here, address, revision)
        shown.page = self.page(here, page)
        if page.page_id is not None:
            shown.href = self._press.version(here, revision)
            shown.ways = list(self._ways(here, page.page_id, address, revision))
        return shown

    def _ways(self, here: str, page_id: int, address: str, revision: RevisionEntry) -> Iterator[Link]:
        """To what an edit changed, and to the page's history, where the site has them."""
        history = self._press.options.history
        if history is History.FULL and revision.can_be_compared:
            earlier = self._entries.revision_before(page_id, revision)
            if earlier is not None and earlier.can_be_compared:
                difference = self._press.addresses.of_difference(revision.rev_id)
                yield Link(self._words("diff"), relative(here, difference + "/"))
        if history is not History.NONE:
            yield Link(self._words("hist"), relative(here, self._press.addresses.history_of(address) + "/"))

    def named_namespaces(self) -> list[tuple[int, str]]:
        """Numbers and names of the namespaces that have pages."""
        return [(number, self.namespace(number)) for number, _ in self._entries.namespaces()]

    def _letters(self, members: Iterable[Member], here: str) -> list[tuple[str, list[Link]]]:
        return by_letter((member.letter, self.page(here, member.page)) for member in members)

    def _namespaces(self) -> Printed:
        """An overview, and a list for each namespace in a folder named by its number."""
        here = self._press.addresses.of_special("Allpages")
        counted = self._entries.namespaces()
        rows = [(self.namespace(number), f"{here}/{number}/", count) for number, count in counted]
        total = sum(count for _, count in counted)
        about = self._words("wikicompost-lists-about", total, len(counted))
        values = {"title": self._words("allpages"), "about": about, "rows": rows}
        yield f"{here}/index.html", self._press.print("namespaces.html", here, values)
        for number, _ in counted:
            yield from self._namespace_pages(f"{here}/{number}", number)

    def _namespace_pages(self, here: str, number: int) -> Printed:
        title = self._words("allpages") + self._words("colon-separator") + self.namespace(number)
        for part in parts(self._entries.pages_in(number)):
            values = {"title": title, "part": part, "groups": self._letters(part.items, here)}
            yield f"{here}/{file_of(part.number)}", self._press.print("names.html", here, values)

    def namespace(self, number: int) -> str:
        """What a namespace is called."""
        namespace = self._entries.titles.namespaces.get(number)
        return namespace.name if namespace and namespace.name else self._words("blanknamespace")

    def _categories(self) -> Printed:
        here = self._press.addresses.of_special("Categories")
        for part in parts(self._entries.categories()):
            names = (
                (letter(title.name), (self._press.link(here, title, title.name), self._words.number(count)))
                for title, count in part.items
            )
            values = {"title": self._words("categories"), "part": part, "groups": by_letter(names)}
            yield f"{here}/{file_of(part.number)}", self._press.print("noted.html", here, values)

    def _all_files(self) -> Printed:
        here = self._press.addresses.of_special("Listfiles")
        for part in parts(self._files.sizes()):
            names = (
                (letter(name), (self._press.link(here, self._entries.file_title(name), name), self._size(size)))
                for name, size in part.items
            )
            values = {"title": self._words("listfiles"), "part": part, "groups": by_letter(names)}
            yield f"{here}/{file_of(part.number)}", self._press.print("noted.html", here, values)

    def _size(self, size: int | None) -> str:
        return "" if size is None else self._words.size(size)


def _kind(page: PageName) -> str:
    """The heading in a category under which a page stands: a message."""
    kinds = {CATEGORY: "subcategories", FILE: "category-media-header"}
    return kinds.get(page.title.namespace_id, "category_header")
