"""Staying on the host that answers, where a wiki believes to be on one that does not (``$wgServer``).

MediaWiki redirects to the right form of a title, and special pages to their names in the wiki's language, with the
whole address of where it believes to be (MediaWiki::tryNormaliseRedirect), and so it tells where its files are. After a
move, or behind a proxy, nobody may answer there: then the same path is asked for on the host that led there.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.http import Response

from scraper.sources.live.failures import UNREACHABLE, Fault, Unanswered, translate

BEHIND_REDIRECTS = 650  # Scrapy's RedirectMiddleware has 600: what it makes comes by here again
REDIRECTED_BY = "redirect_urls"  # in a request's meta, by Scrapy: the addresses that led here
LED_BY = "wikicompost_led_by"  # the address of the wiki that told where a file is
INSTEAD_OF = "wikicompost_instead_of"  # the host that does not answer
AWAY = {*UNREACHABLE, Fault.TIMEOUT}


class Staying:
    """A downloader middleware. Only a host that never answered counts as one that does not."""

    def __init__(self) -> None:
        self._answering: set[str] = set()
        self._silent: set[str] = set()

    def process_request(self, request: Request) -> Request | None:
        """What leads to a host that is known not to answer stays."""
        return self._stayed(request) if host_and_scheme(request.url) in self._silent else None

    def process_response(self, request: Request, response: Response) -> Response:
        """Whoever answers is there."""
        self._answering.add(host_and_scheme(request.url))
        return response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Perhaps something led to where nobody is."""
        failure, place = translate(exception), host_and_scheme(request.url)
        if not isinstance(failure, Unanswered) or failure.fault not in AWAY or place in self._answering:
            return None
        stayed = self._stayed(request)
        if stayed is not None:
            self._silent.add(place)
        return stayed

    def _stayed(self, request: Request) -> Request | None:
        """The same path on the host that led here; ``None`` where none did that answers."""
        led_by = [*filter(None, [request.meta.get(LED_BY)]), *request.meta.get(REDIRECTED_BY, ())]
        answering = [url for url in led_by if host_and_scheme(url) in self._answering]
        if not answering:
            return None
        meta = {**request.meta, INSTEAD_OF: host_and_scheme(request.url)}
        return request.replace(url=moved(request.url, answering[-1]), meta=meta, dont_filter=True)


def moved(url: str, beside: str) -> str:
    """The address on the host of another one."""
    parts, there = urlsplit(url), urlsplit(beside)
    return urlunsplit((there.scheme, there.netloc, parts.path, parts.query, ""))


def host_and_scheme(url: str) -> str:
    """``https://wiki.example.org``."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
