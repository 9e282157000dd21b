"""Follow every link of a site that stays in it."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections import deque
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

SOURCES = ("@href", "@src")


def crawl(base: str) -> tuple[dict[str, str], list[str]]:
    """Text of each HTML page by its path, decoded, and what is dead: ``page → link`` with the status."""
    pages: dict[str, str] = {}
    dead: list[str] = []
    seen = {"/"}
    waiting = deque([("/", "the beginning")])
    while waiting:
        path, origin = waiting.popleft()
        try:
            with urllib.request.urlopen(base + path, timeout=20) as answer:
                body, kind, landed = answer.read(), answer.headers.get_content_type(), urlsplit(answer.url).path
        except urllib.error.HTTPError as error:
            dead.append(f"{origin} → {unquote(path)} ({error.code})")
            continue
        if kind != "text/html":
            continue
        pages[unquote(landed)] = body.decode("utf-8")
        for link in _links(body):
            target = urlsplit(urljoin(base + landed, link))
            if f"{target.scheme}://{target.netloc}" != base:
                continue
            if target.path not in seen:
                seen.add(target.path)
                waiting.append((target.path, unquote(path)))
    return pages, dead


def _links(body: bytes) -> list[str]:
    root = html.fromstring(body)
    found = [str(value) for source in SOURCES for value in root.xpath(f"//{source}")]
    refreshes = root.xpath("//meta[@http-equiv='refresh']/@content")
    return found + [str(content).partition("url=")[2] for content in refreshes]
