"""One visit to a wiki: a Scrapy crawl whose spider does a single errand, an ``async`` function, and goes home.

The errand asks through Scrapy's downloader with all its middlewares (robots.txt, cookies, compression, AutoThrottle);
what to ask next stands in the archive and not in Scrapy's scheduler, so that a kill loses nothing. Scrapy's reactor
starts once in a process, so there is one visit in a process.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler

T = TypeVar("T")
Errand = Callable[[Crawler], Awaitable[T]]


class Visit(Spider):
    """Carries the errand; its outcome or error waits in ``outcome``."""

    name = "wikicompost"

    def __init__(self, errand: Errand[Any], outcome: list[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.errand = errand
        self.outcome = outcome

    async def start(self) -> AsyncIterator[Any]:
        """Do the errand while Scrapy's engine runs. Nothing is scheduled."""
        try:
            self.outcome.append(await self.errand(self.crawler))
        except Exception as error:
            self.outcome.append(error)
        no_requests: tuple[Any, ...] = ()
        for request in no_requests:
            yield request


def visit(errand: Errand[T], settings: dict[str, Any]) -> T:
    """Run the errand in a crawl of its own and give its result, or raise what it raised."""
    process = AsyncCrawlerProcess(settings)
    outcome: list[Any] = []
    process.crawl(Visit, errand=errand, outcome=outcome)
    process.start(stop_after_crawl=True, install_signal_handlers=True)
    if not outcome:
        raise KeyboardInterrupt
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    result: T = outcome[0]
    return result
