"""The books around the pages: changes, logs, numbers, hosts, the tree of categories, the feed, what the archive is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from converters.entries import Activity, CategoryTrees, Connections, Entries, Figures, OutsideLinks
from converters.exporters.site.books.about import AboutView
from converters.exporters.site.books.changes import ChangesView
from converters.exporters.site.books.feed import FEED, LAST, atom
from converters.exporters.site.books.figures import FiguresView
from converters.exporters.site.books.lists import ListView, Printed
from converters.exporters.site.books.logs import LogView
from converters.exporters.site.books.people import PeopleView
from converters.exporters.site.books.trees import TreeView
from converters.exporters.site.pages import PageView
from converters.exporters.site.press import Press
from converters.links import Addressee, SpecialPages
from scraper.archive import Archive


def titles_of_books(entries: Entries, activity: Activity, specials: SpecialPages) -> Iterator[Addressee]:
    """The parts of lists that have an address of their own."""
    names = specials.titles
    yield from ((None, f"{names['Allpages']}/{number}") for number, _ in entries.namespaces())
    yield from ((None, f"{names['Recentchanges']}/{month.month}") for month in activity.months())
    yield from ((None, f"{names['Log']}/{name}") for name, _ in (*activity.log_months(), *activity.log_types()))


class Books:
    """Gives pairs of path below the site and content, a book after the other."""

    def __init__(self, archive: Archive, press: Press, entries: Entries, activity: Activity, lists: ListView) -> None:
        self._press = press
        self._entries = entries
        outside = OutsideLinks(archive, entries)
        figures = FiguresView(press, Figures(archive), outside, lists)
        self._lists = lists
        self._people = PeopleView(press, entries, Connections(archive, entries), activity, lists)
        self._views = (
            ChangesView(press, entries, activity, lists),
            LogView(press, activity, lists),
            figures,
            TreeView(press, CategoryTrees(archive, entries)),
            AboutView(press, activity, outside, figures),
        )

    def all(self, view: PageView) -> Printed:
        """Every page that is not the page of a page."""
        yield from chain(self._lists.all(), self._people.all(view), *(book.all() for book in self._views))
        yield FEED, atom(self._press, self._press.base_url, self._entries.recent_revisions(LAST))
