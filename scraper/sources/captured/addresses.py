"""Addresses that anybody may have written: what is none has no parts and leads nowhere."""

from __future__ import annotations

from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

NOTHING = SplitResult("", "", "", "", "")


def parts_of(url: str) -> SplitResult:
    """Its parts; all of them empty for what is no address, as ``http://[x/``."""
    try:
        return urlsplit(url)
    except ValueError:
        return NOTHING


def joined(base: str, href: str) -> str:
    """The whole address that a link of the page at ``base`` leads to, without fragment; empty for what is none."""
    try:
        return urldefrag(urljoin(base, href)).url
    except ValueError:
        return ""
