"""Scrapy's settings, each set knowingly."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware

from scraper.sources.live.content_encoding import AT_ITS_PLACE, ContentEncoding
from scraper.sources.live.http_auth import HttpAuth
from scraper.sources.live.network import BEFORE_ALL_OTHERS, BorderGuard
from scraper.sources.live.staying import BEHIND_REDIRECTS, Staying
from scraper.sources.source import HarvestOptions

BEHIND_THE_BORDER = BEFORE_ALL_OTHERS + 1  # robots.txt is behind the same door as the wiki
POLITE_DELAY = 0.5  # seconds between requests; AutoThrottle makes it longer where the wiki is slow
LONGEST_DELAY = 30.0  # seconds
LARGEST_ANSWER = 256 * 2**20  # bytes of a page or an answer of the API, unpacked; files may be larger
STORING = "scraper.sources.live.storing.Storing"  # by its name: Scrapy's reactor is chosen before it is imported
PROJECT = "https://github.com/wikicompost/wikicompost"


def user_agent(contact: str) -> str:
    """Names the tool and whom to write to, as https://www.mediawiki.org/wiki/API:Etiquette asks."""
    return f"wikicompost/{version('wikicompost')} (+{contact or PROJECT})"


def scrapy_settings(options: HarvestOptions) -> dict[str, Any]:
    """The settings of one crawl."""
    delay = POLITE_DELAY if options.delay is None else options.delay
    return {
        "USER_AGENT": user_agent(options.contact),
        "ROBOTSTXT_OBEY": not options.ignore_robots,
        "CONCURRENT_REQUESTS": max(options.concurrency, 1),
        "CONCURRENT_REQUESTS_PER_DOMAIN": max(options.concurrency, 1),
        "DOWNLOAD_DELAY": delay,
        "AUTOTHROTTLE_ENABLED": options.delay is None,
        "AUTOTHROTTLE_START_DELAY": delay,
        "AUTOTHROTTLE_MAX_DELAY": LONGEST_DELAY,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(max(options.concurrency, 1)),
        "DOWNLOAD_TIMEOUT": options.timeout,
        "DOWNLOAD_MAXSIZE": LARGEST_ANSWER,
        "DOWNLOAD_WARNSIZE": 0,
        # A wiki is on the web, not on our disk.
        "DOWNLOAD_HANDLERS": {"http": STORING, "https": STORING, **dict.fromkeys(("data", "file", "ftp", "s3"))},
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        # Old wikis often have certificates that ran out: what is public can be read, a password is not sent there.
        "DOWNLOAD_VERIFY_CERTIFICATES": any((options.credentials.password, options.credentials.http_auth)),
        "RETRY_ENABLED": False,  # our own policy knows maxlag, Retry-After and smaller batches
        "REDIRECT_MAX_TIMES": 5,
        "METAREFRESH_ENABLED": False,
        "DOWNLOADER_MIDDLEWARES": {
            BorderGuard: BEFORE_ALL_OTHERS,
            HttpAuth: BEHIND_THE_BORDER,
            HttpCompressionMiddleware: None,
            ContentEncoding: AT_ITS_PLACE,
            Staying: BEHIND_REDIRECTS,
        },
        "COOKIES_ENABLED": True,
        "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*"},
        # A second door into the process, and a listening port, are nothing an archiver needs.
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_ENABLED": False,
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    }
