"""Names that a wiki on the public web makes us look up: none of them leads into the network that we stand in.

A wiki says where its files are, and redirects; a public name may resolve to any address. Looked at where names become
addresses, nothing can change between the look and the connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.request import getproxies

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from scraper.sources.live.bounds import host_of, is_inside

OWN_HOSTS = "WIKICOMPOST_OWN_HOSTS"


def resolver_settings(addresses: Iterable[str]) -> dict[str, Any]:
    """Settings for visiting these addresses, which a person gave: they are trusted, and so are the person's proxies."""
    own = [*addresses, *getproxies().values()]
    if any(map(is_inside, own)):
        return {}
    return {"TWISTED_DNS_RESOLVER": f"{__name__}.{Resolver.__name__}", OWN_HOSTS: list(map(host_of, own))}


class Resolver(CachingThreadedResolver):
    """Refuses inner addresses to all names but a person's own; where that one is inside, all are."""

    own: frozenset[str] = frozenset()
    is_inside = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Resolver:
        resolver: Resolver = super().from_crawler(crawler, reactor)
        resolver.own = frozenset(crawler.settings.getlist(OWN_HOSTS))
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 (Twisted's name)
        return super().getHostByName(name, timeout).addCallback(self._allowed, name)

    def _allowed(self, address: str, name: str) -> str:
        inside = is_inside(f"http://{address}/")
        if name in self.own:
            self.is_inside = self.is_inside or inside
        elif inside and not self.is_inside:
            raise DNSLookupError(f"on the public web: {name} leads to {address}")
        return address
