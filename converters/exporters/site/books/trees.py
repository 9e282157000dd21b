"""Special:CategoryTree: all categories, each inside the one that holds it."""

from __future__ import annotations

from converters.entries import CategoryTrees
from converters.exporters.site.books.lists import Printed
from converters.exporters.site.parts import file_of, parts
from converters.exporters.site.press import Press

TREES_IN_A_PART = 200


class TreeView:
    """Gives pairs of path below the site and content."""

    def __init__(self, press: Press, trees: CategoryTrees) -> None:
        self._press = press
        self._trees = trees

    def all(self) -> Printed:
        """The whole tree, in parts where there are many categories at the top."""
        here = self._press.addresses.of_special("CategoryTree")
        for part in parts(self._trees.all(), TREES_IN_A_PART):
            values = {
                "title": self._press.words("wikicompost-category-tree"),
                "part": part,
                "to": lambda title: self._press.link(here, title, title.name),
            }
            yield f"{here}/{file_of(part.number)}", self._press.print("tree.html", here, values)
