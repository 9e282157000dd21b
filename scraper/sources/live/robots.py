"""What robots.txt asks beside forbidding: Scrapy obeys ``Disallow`` and leaves ``Crawl-delay`` to us."""

from __future__ import annotations

from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle

from scraper.sources.live.settings import LONGEST_DELAY


def heed_crawl_delay(crawler: Crawler) -> None:
    """Let AutoThrottle never be faster than robots.txt asks. Without AutoThrottle a person set the pace."""

    def heed(robotparser: Any, **_: Any) -> None:
        throttle = crawler.get_extension(AutoThrottle)
        delay = robotparser.crawl_delay(crawler.settings["USER_AGENT"])
        if throttle is not None and delay:
            throttle.mindelay = max(throttle.mindelay, min(float(delay), LONGEST_DELAY))

    crawler.signals.connect(heed, signals.robots_parsed, weak=False)
