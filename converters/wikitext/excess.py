"""Texts that no page of a wiki is, told before they cost time: their signs are shown as they are written."""

from __future__ import annotations

import re
import zlib

# $wgMaxArticleSize: MediaWiki saves no longer ones.
SIZE_LIMIT = 2_097_152
# Of the pages of Ékopédia, VoLAB and Linux Wacom the one with most has 18,775.
SIGNS_LIMIT = 80_000
SIGN = re.compile(r"[<\[{&]|''|\n[*#:;=|! \n-]|(?<=[*#:;]{10})[*#:;]|\|\||!!|://|__|RFC |PMID |ISBN ")
# What deflate makes of a few dozen characters over and over; a page repeated stays below 160, one as people write it
# below 20.
MONOTONY = 280


def excess(text: str) -> str:
    """Why a text is more than any page, in one sentence; empty for what can be read."""
    if len(text) > SIZE_LIMIT:
        return f"the wikitext is longer than MediaWiki lets pages become: {len(text):,} characters"
    if len(text) < SIGNS_LIMIT:
        return ""
    signs = count_signs(text)
    if signs > SIGNS_LIMIT:
        return f"the wikitext has more signs of markup than any page: {signs:,}"
    written = text.encode("utf-8", "surrogatepass")
    is_monotonous = len(written) > MONOTONY * len(zlib.compress(written))
    return "the wikitext is the same few signs over and over" if is_monotonous else ""


def count_signs(text: str) -> int:
    """How many places there are where markup may begin."""
    return sum(1 for _ in SIGN.finditer(text))
