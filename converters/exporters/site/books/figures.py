"""Pages of numbers: Special:Statistics, and the hosts that links lead out to."""

from __future__ import annotations

from typing import Any

from converters.entries import DIGESTS, DomainEntry, Figures, OutsideLinks
from converters.exporters.site.books.charts import bar
from converters.exporters.site.books.lists import ListView, Printed
from converters.exporters.site.copies import copy_of
from converters.exporters.site.parts import file_of, parts
from converters.exporters.site.press import Press

BUSIEST = 20
DOMAINS_IN_A_PART = 100


class FiguresView:
    """Gives pairs of path below the site and content."""

    def __init__(self, press: Press, figures: Figures, outside: OutsideLinks, lists: ListView) -> None:
        self._press = press
        self._figures = figures
        self._outside = outside
        self._lists = lists

    def all(self) -> Printed:
        """The statistics and the list of hosts."""
        here = self._press.addresses.of_special("Statistics")
        yield f"{here}/{file_of(1)}", self._press.print("statistics.html", here, self._statistics(here))
        yield from self._domains()

    def _statistics(self, here: str) -> dict[str, Any]:
        totals = self._figures.totals()
        busiest = self._figures.busiest(BUSIEST)
        return {
            "title": self._press.words("statistics"),
            "totals": totals,
            "average": round(totals.revisions / totals.pages, 2) if totals.pages else 0,
            "namespaces": self.namespaces(),
            "busiest": [
                (self._lists.person(here, name), edits, pages, bar(edits, busiest[0][1]))
                for name, edits, pages in busiest
            ],
        }

    def digests(self) -> list[tuple[str, str]]:
        """The question to archive.db and the SHA-256 of what it answers, for what the archive has."""
        counts = self._press.wiki.counts
        return [(query, self._figures.digest(name)) for name, query in DIGESTS.items() if counts[name]]

    def namespaces(self) -> list[dict[str, Any]]:
        """Each namespace with its pages and their size, in numbers and bars."""
        found = self._figures.namespaces()
        most = max((entry.pages for entry in found), default=0)
        largest = max((entry.bytes for entry in found), default=0)
        return [
            {
                "name": self._lists.namespace(entry.namespace_id),
                "pages": entry.pages,
                "redirects": entry.redirects,
                "bytes": entry.bytes,
                "pages_bar": bar(entry.pages, most),
                "bytes_bar": bar(entry.bytes, largest),
            }
            for entry in found
        ]

    def _domains(self) -> Printed:
        here = self._press.addresses.of_special("LinkSearch")
        highest = 0
        for part in parts(self._outside.domains(), DOMAINS_IN_A_PART):
            highest = highest or max((entry.links for entry in part.items), default=0)
            values = {
                "title": self._press.words("wikicompost-outside"),
                "part": part,
                "domains": [self._domain(here, entry, highest) for entry in part.items],
            }
            yield f"{here}/{file_of(part.number)}", self._press.print("outside.html", here, values)

    def _domain(self, here: str, entry: DomainEntry, highest: int) -> dict[str, Any]:
        addresses = [
            (found.url, copy_of(found.url, None), [self._lists.page(here, page) for page in found.pages])
            for found in self._outside.addresses(entry.domain)
        ]
        return {
            "entry": entry,
            "bar": bar(entry.links, highest),
            "addresses": addresses,
            "others": entry.addresses - len(addresses),
        }
