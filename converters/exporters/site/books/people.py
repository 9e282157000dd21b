"""Pages about pages and people: what links here and who made it, and what somebody wrote."""

from __future__ import annotations

from collections.abc import Iterator

from converters.entries import Activity, Connections, Contributor, Entries, letter
from converters.exporters.site.books.lists import ListView, Printed
from converters.exporters.site.pages import PageView
from converters.exporters.site.parts import by_letter, file_of, parts
from converters.exporters.site.press import Link, Press
from converters.links import CONTRIBUTIONS, INDEX, relative


class PeopleView:
    """Gives pairs of path below the site and content."""

    def __init__(
        self, press: Press, entries: Entries, connections: Connections, activity: Activity, lists: ListView
    ) -> None:
        self._press = press
        self._entries = entries
        self._connections = connections
        self._activity = activity
        self._lists = lists
        self._words = press.words

    def all(self, view: PageView) -> Printed:
        """About every page, and everybody."""
        for page_id, full, address in self._press.addresses:
            if page_id is not None:
                yield self._info(page_id, full, address, view)
        yield from self._everyone()
        for person in self._connections.everyone():
            yield from self._contributions(person)

    def _info(self, page_id: int, full: str, address: str, view: PageView) -> tuple[str, bytes]:
        here = self._press.addresses.info_of(address)
        name = self._entries.page_name(page_id)
        latest = next(self._entries.revisions(page_id), None)
        people = self._connections.contributors(page_id)
        values = view.frame(name.title, here, page_id, latest) | {
            "page_id": page_id,
            "namespace": self._lists.namespace(name.title.namespace_id),
            "permalink": relative(here, self._press.addresses.of_page_id(page_id) + "/"),
            "figures": self._connections.figures(page_id),
            "first": self._connections.first_version(page_id),
            "latest": latest,
            "people": [(self._lists.person(here, person.name), person.versions) for person in people],
            "former": [
                (self._words.date(until) if until else None, self._press.link(here, title))
                for until, title in self._activity.former_titles(page_id, name.title)
            ],
            "linking": [self._lists.page(here, page) for page in self._connections.links_to(full)],
        }
        return f"{here}/{INDEX}", self._press.print("info.html", here, values)

    def _everyone(self) -> Printed:
        here = CONTRIBUTIONS
        for part in parts(self._connections.everyone()):
            names = ((letter(one.name), self._counted(here, one)) for one in part.items)
            values = {"title": self._words("wikicompost-people"), "part": part, "groups": by_letter(names)}
            yield f"{here}/{file_of(part.number)}", self._press.print("noted.html", here, values)

    def _counted(self, here: str, person: Contributor) -> tuple[Link, str]:
        return self._lists.person(here, person.name), self._words.number(person.versions)

    def _contributions(self, person: Contributor) -> Iterator[tuple[str, bytes]]:
        here = self._press.addresses.contributions_of(person.name)
        made = self._entries.revisions_by(person.name)
        rows = (self._lists.change(here, page, revision) for page, revision in made)
        for part in parts(rows):
            values = {
                "title": self._words("contributions-title", person.name),
                "about": self._words("wikicompost-contributions-about", person.versions, person.pages),
                "ways": list(self._ways(here, person.name)),
                "years": [],
                "feed": None,
                "with_user": False,
                "part": part,
                "rows": part.items,
            }
            yield f"{here}/{file_of(part.number)}", self._press.print("changes.html", here, values)

    def _ways(self, here: str, name: str) -> Iterator[Link]:
        """To the user's own page, and to everybody else."""
        page = self._press.user_named(here, name)
        if page.href:
            yield Link(self._words("nstab-user"), page.href)
        yield Link(self._words("wikicompost-people"), relative(here, CONTRIBUTIONS + "/"))
