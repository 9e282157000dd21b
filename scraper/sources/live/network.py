"""The border of the network that we stand in: a wiki on the public web leads nobody across it.

A wiki says where its files are, and redirects; a public name may resolve to any address. Hosts that are written as
numbers are looked at before they are asked; names where they become addresses, so that nothing can change between the
look and the connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.request import getproxies

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from scraper.sources.live.bounds import host_of, is_inside
from scraper.sources.live.failures import LeadsInside

SETTING = "WIKICOMPOST_BORDER"
BEFORE_ALL_OTHERS = 10  # robots.txt of a host inside is not asked for either


@dataclass
class Border:
    """``own`` are the hosts that a person named, ``proxies`` those of the person's proxies: both may be inside.

    Where an own host turns out to be inside, ``is_open``: its wiki may lead to all others. ``inside`` are the names
    that were refused.
    """

    own: frozenset[str]
    proxies: frozenset[str] = frozenset()
    is_open: bool = False
    inside: set[str] = field(default_factory=set)

    def admits(self, name: str, address: str) -> bool:
        """Whether that name may lead to that address."""
        is_across = is_inside(f"http://{address}/")
        self.is_open |= is_across and name in self.own
        if not is_across or self.is_open or name in self.proxies:
            return True
        self.inside.add(name)
        return False

    def refuses(self, url: str) -> bool:
        """Whether an address is known to lead across."""
        host = host_of(url)
        return not self.is_open and (host in self.inside or (is_inside(url) and host not in self.proxies))


def border_settings(addresses: Iterable[str]) -> dict[str, Any]:
    """Settings for visiting these addresses, which a person gave."""
    given = list(addresses)
    if any(map(is_inside, given)):
        return {}
    proxies = (proxy if "//" in proxy else f"http://{proxy}" for proxy in getproxies().values())
    return {
        "TWISTED_DNS_RESOLVER": f"{__name__}.{Resolver.__name__}",
        SETTING: Border(frozenset(map(host_of, given)), frozenset(map(host_of, proxies))),
    }


class Resolver(CachingThreadedResolver):
    """Names as the border admits them."""

    border: Border

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Resolver:
        resolver: Resolver = super().from_crawler(crawler, reactor)
        resolver.border = crawler.settings[SETTING]
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 (Twisted's name)
        return super().getHostByName(name, timeout).addCallback(self._admitted, name)

    def _admitted(self, address: str, name: str) -> str:
        if not self.border.admits(name, address):
            raise DNSLookupError(name)
        return address


class BorderGuard:
    """A downloader middleware: redirects come by here as all requests do. Without a border it lets all pass."""

    def __init__(self, border: Border | None) -> None:
        self._border = border

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BorderGuard:
        """As Scrapy makes its middlewares."""
        return cls(crawler.settings.get(SETTING))

    def process_request(self, request: Request) -> None:
        """Raises LeadsInside."""
        if self._border is not None and self._border.refuses(request.url):
            raise LeadsInside(f"{request.url} is no address of the public web, as the wiki's own is")

    def process_exception(self, request: Request, exception: Exception) -> None:
        """What the resolver refused looks like a name that nobody knows: Twisted keeps the reason to itself."""
        self.process_request(request)
