"""Addresses of hosts that browsers only ever ask over https (extension SecureLinkFixer).

Which hosts those are is told by Chromium's preload list, as the package hstspreload has it.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from hstspreload import in_hsts_preload

from converters.document.wiki import Wiki

EXTENSION = "SecureLinkFixer"


def secure(url: str, wiki: Wiki) -> str:
    """The address with ``https`` in the place of ``http``, where the wiki has the extension and the host is listed."""
    if not url.lower().startswith(("http://", "//")) or not _has_extension(wiki) or not _is_listed(url):
        return url
    return "https://" + url.partition("//")[2]


@lru_cache(maxsize=8)
def _has_extension(wiki: Wiki) -> bool:
    return any(entry.get("name") == EXTENSION for entry in wiki.siteinfo.get("extensions") or ())


@lru_cache(maxsize=4096)
def _is_listed(url: str) -> bool:
    try:
        host = urlsplit(url).hostname
        return bool(host) and in_hsts_preload(host)
    except ValueError:
        return False
