"""Addresses of hosts that browsers only ever ask over https (extension SecureLinkFixer).

``hosts.txt.gz`` has those hosts, made by ``make.php`` from the extension's own copy of Mozilla's preload list.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from converters.document.wiki import Wiki

EXTENSION = "SecureLinkFixer"
# After a host that does not speak for its subdomains.
ALONE = "!"


def secure(url: str, wiki: Wiki) -> str:
    """The address with ``https`` in the place of ``http``, where the wiki has the extension and the host is listed."""
    if not url.lower().startswith(("http://", "//")) or not _has_extension(wiki):
        return url
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return url
    return "https://" + url.partition("//")[2] if _is_listed(host) else url


@lru_cache(maxsize=8)
def _has_extension(wiki: Wiki) -> bool:
    return any(entry.get("name") == EXTENSION for entry in wiki.siteinfo.get("extensions") or ())


@lru_cache(maxsize=4096)
def _is_listed(host: str) -> bool:
    """Whether the host itself is listed, or the nearest of those above it speaks for it."""
    hosts = _hosts()
    if host in hosts or host + ALONE in hosts:
        return True
    parent = host.partition(".")[2]
    while parent:
        if parent in hosts or parent + ALONE in hosts:
            return parent in hosts
        parent = parent.partition(".")[2]
    return False


@lru_cache(maxsize=1)
def _hosts() -> frozenset[str]:
    packed = files(__package__).joinpath("hosts.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("ascii").split("\n"))
