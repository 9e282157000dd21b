"""Links out to the web, by the hosts that they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter

from converters.entries.pages import Entries
from converters.entries.values import PageName
from scraper.archive import Archive

MOST_ADDRESSES = 200  # of one host
MOST_PAGES = 20  # with one address


@dataclass(frozen=True, slots=True)
class DomainEntry:
    """A host in lower case without ``www.``, empty for addresses that have none, with how often pages link to it."""

    domain: str
    links: int
    addresses: int
    pages: int


@dataclass(frozen=True, slots=True)
class OutsideAddress:
    """An address and some of the living pages that link to it."""

    url: str
    pages: tuple[PageName, ...]


class OutsideLinks:
    """Reads one archive; holds one host at a time."""

    def __init__(self, archive: Archive, entries: Entries) -> None:
        self._database = archive.connection
        self._entries = entries

    def domains(self, limit: int = -1) -> Iterator[DomainEntry]:
        """Those with most links first."""
        query = (
            "SELECT domain, count(*), count(DISTINCT url), count(DISTINCT page_id) FROM external_links"
            " GROUP BY domain ORDER BY 2 DESC, domain LIMIT ?"
        )
        yield from (DomainEntry(*row) for row in self._database.execute(query, (limit,)).fetchall())

    def addresses(self, domain: str) -> Iterator[OutsideAddress]:
        """The addresses of a host that pages link to, by name, up to :data:`MOST_ADDRESSES`."""
        query = "SELECT DISTINCT url, page_id FROM external_links WHERE domain = ? ORDER BY url, page_id"
        found = groupby(self._database.execute(query, (domain,)), key=itemgetter(0))
        for url, links in islice(found, MOST_ADDRESSES):
            yield OutsideAddress(url, tuple(self._entries.page_name(page) for _, page in islice(links, MOST_PAGES)))
