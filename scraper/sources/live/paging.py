"""Where a list that is shown in pages goes on: picked from the links of one of its pages, purely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scraper.queries import index
from scraper.readers.html.addresses import AddressRules, WikiAddress, read_address
from scraper.sources.live.bounds import joined

# Parameters that say which part of a list is shown: `from` and `to` in Special:AllPages of all versions, `offset` in
# histories and in the tables since MediaWiki 1.11 (IndexPager).
PLACES = ("from", "to", "offset")
BACKWARDS = "prev"


class Paging:
    """Reads the links of one wiki's lists. Addresses that it gives are those asked before, at another place."""

    def __init__(self, rules: AddressRules) -> None:
        self._rules = rules

    def parts(self, links: Iterable[str], url: str) -> Iterator[str]:
        """The parts of a list by name (Special:AllPages) that a page leads to, before and behind it.

        Up to 1.11 its index leads to ``Special:Allpages/First title``, which is ``from=First title`` too.
        """
        here = self._read(url)
        for link in links:
            there = self._part(url, link)
            if here and there and _list(here) == _list(there) and "from" in there.parameters:
                yield self._at(url, there)

    def older(self, links: Iterable[str], url: str) -> str | None:
        """The page with what is older than all on this page of a history or table; ``None`` at its end."""
        here = index.parameters(url).get("offset", "")
        for there in self._same_list(links, url):
            offset = there.parameters.get("offset", "")
            if offset not in ("", here) and there.parameters.get("dir") != BACKWARDS:
                return self._at(url, there)
        return None

    def _same_list(self, links: Iterable[str], url: str) -> Iterator[WikiAddress]:
        here = self._read(url)
        for link in links:
            there = self._read(joined(url, link))
            if here and there and _list(here) == _list(there):
                yield there

    def _part(self, url: str, link: str) -> WikiAddress | None:
        there = self._read(joined(url, link))
        name, _, first = there.title.partition("/") if there else ("", "", "")
        if there is None or not first:
            return there
        return replace(there, title=name, parameters={"from": first, **there.parameters})

    def _read(self, address: str | None) -> WikiAddress | None:
        return read_address(address, self._rules) if address else None

    def _at(self, url: str, there: WikiAddress) -> str:
        places = {name: there.parameters[name] for name in PLACES if there.parameters.get(name)}
        return index.having(index.lacking(url, PLACES), places)


def _list(address: WikiAddress) -> tuple[str, str, str]:
    return address.title, address.action, address.parameters.get("namespace") or "0"
