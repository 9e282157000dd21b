"""Servers that ask for a name and a password before the wiki does: HTTP's Basic authentication (RFC 7617)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from w3lib.http import basic_auth_header

from scraper.readers.login_form import is_same_origin

SETTING = "WIKICOMPOST_HTTP_AUTH"


def auth_settings(addresses: Iterable[str], name_and_password: str | None) -> dict[str, Any]:
    """Settings for visiting these addresses. ``name_and_password`` is ``NAME:PASSWORD``, ``None`` without."""
    if not name_and_password:
        return {}
    name, _, password = name_and_password.partition(":")
    return {SETTING: (tuple(addresses), basic_auth_header(name, password, "utf-8"))}


class HttpAuth:
    """A downloader middleware: the password goes to the hosts that a person gave, and nowhere else."""

    def __init__(self, origins: tuple[str, ...], header: bytes) -> None:
        self._origins = origins
        self._header = header

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HttpAuth:
        """As Scrapy makes its middlewares."""
        return cls(*crawler.settings.get(SETTING, ((), b"")))

    def process_request(self, request: Request) -> None:
        """Redirects come by here as all requests do, with the headers of what was redirected."""
        if any(is_same_origin(request.url, origin) for origin in self._origins):
            request.headers["Authorization"] = self._header
        else:
            request.headers.pop("Authorization", None)
