"""Links out rot: each gets the way to the copy that the Internet Archive may have from the time of the edit.

https://en.wikipedia.org/wiki/Help:Using_the_Wayback_Machine: ``/web/20170525145603/URL`` is the copy nearest to that
moment, ``/web/*/URL`` the list of all. Nothing is asked of it before a reader follows the link.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

ARCHIVE = "https://web.archive.org/web/"
# Stands for a moment that is filled in later, so that equal texts are rendered once; no copy is so old.
SOME_TIME = "00000000000000"
ANY_TIME = "*"
# How the link to a copy begins in what the sanitiser writes.
LINK = f'<a class="{{}}" href="{ARCHIVE}{{}}/'
KIND = "wayback"
# Addresses that are copies already, and those that only one's own network knows.
NOT_COPIED = re.compile(
    r"(?:.*\.)?(?:archive\.(?:org|today|ph|is)|webcitation\.org|localhost|local|test|invalid|internal)|[\d.]+|"
    r".*:.*|[^.]*",
    re.I,
)


def copy_of(url: str, timestamp: str | None) -> str | None:
    """The address of the copy at a time, ISO 8601; ``None`` for what nobody copies."""
    if url.startswith("//"):
        url = f"https:{url}"
    try:
        place = urlsplit(url)
        host = place.hostname or ""
    except ValueError:
        return None
    if place.scheme not in ("http", "https") or NOT_COPIED.fullmatch(host):
        return None
    return f"{ARCHIVE}{_moment(timestamp)}/{url}"


def dated(html: str, timestamp: str | None) -> str:
    """The content with the moment filled in where :data:`SOME_TIME` stands."""
    return html.replace(LINK.format(KIND, SOME_TIME), LINK.format(KIND, _moment(timestamp)))


def _moment(timestamp: str | None) -> str:
    """``20170525145603``; :data:`ANY_TIME` when nobody knows."""
    if timestamp == SOME_TIME:
        return SOME_TIME
    digits = re.sub(r"\D", "", timestamp or "")[:14]
    return digits or ANY_TIME
