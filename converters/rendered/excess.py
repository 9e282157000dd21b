"""Renderings that no page of a wiki is, told before a tree is made of them: only their words are shown."""

from __future__ import annotations

import re

# Eight times as long as MediaWiki lets wikitext become ($wgMaxArticleSize).
SIZE_LIMIT = 16_777_216
TAGS_LIMIT = 400_000
# Their tree and their records take 300 MB.
ELEMENTS_LIMIT = 150_000
# libxml2 compares each attribute with those before it: what that costs, as that many comparisons.
COMPARISONS_LIMIT = 50_000_000
ATTRIBUTE = re.compile(r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?+)?+""")
LONG_TAG = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{ATTRIBUTE.pattern})*+")
# In shorter ones there is no room for many attributes, in a shorter page none for a long tag that matters.
LONG = 300
LONG_PAGE = 40_000


def excess(html: str) -> str:
    """Why a rendering is more than any page, in one sentence; empty for what can be read."""
    if len(html) > SIZE_LIMIT:
        return f"the rendering is longer than any page: {len(html):,} characters"
    tags = html.count("<")
    if tags > TAGS_LIMIT or tags - html.count("</") > ELEMENTS_LIMIT:
        return f"the rendering has more tags than any page: {tags:,}"
    if len(html) > LONG_PAGE and _comparisons(html) > COMPARISONS_LIMIT:
        return "the rendering has elements with more attributes than any page"
    return ""


def _comparisons(html: str) -> int:
    long_tags = (found[0] for found in LONG_TAG.finditer(html) if found.end() - found.start() > LONG)
    return sum(len(ATTRIBUTE.findall(tag)) ** 2 for tag in long_tags)
