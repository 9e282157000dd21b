"""Anchors of headings and in links (Sanitizer::escapeIdForLink and its kin)."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote_plus

from converters.document.wiki import Wiki

SPACES = re.compile("[ _]+")
# What a title takes for spaces, and what it loses (MediaWikiTitleCodec::splitTitleString).
TITLE_SPACES = re.compile("[ _\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e]")
LINE_SPACE = re.compile("[\t\n\f\r]")
ENCODED = re.compile("%([0-9A-Fa-f]{2})")


def anchor(text: str) -> str:
    """The anchor of a heading's text, as browsers read it (fragment mode html5)."""
    name = DIRECTION_MARKS.sub("", SPACES.sub(" ", text).strip(" \t\n"))
    return LINE_SPACE.sub("_", TITLE_SPACES.sub("_", name).rstrip("_"))


def legacy_anchor(text: str) -> str:
    """The same as MediaWiki wrote it before 1.30, and still does in links to other wikis."""
    name = TITLE_SPACES.sub("_", SPACES.sub(" ", text).strip())
    return quote_plus(name, safe="").replace("~", "%7E").replace("%3A", ":").replace("%", ".")


def anchor_maker(wiki: Wiki) -> Callable[[str], str]:
    """How a wiki writes anchors: the first of $wgFragmentMode, where it is told."""
    modes = (wiki.siteinfo.get("general") or {}).get("fragmentmode") or ("html5",)
    return legacy_anchor if modes[0] == "legacy" else anchor


def link_anchor(fragment: str) -> str:
    """The anchor that a link's fragment leads to."""
    name = LINE_SPACE.sub("_", TITLE_SPACES.sub("_", DIRECTION_MARKS.sub("", fragment)).rstrip("_"))
    return ENCODED.sub(r"%25\1", name) if "%" in name else name
