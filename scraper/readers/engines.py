"""Marks of other wiki engines: what their pages say of themselves, so that a person is told what was given.

Each is the engine's own generator, or an element, script or folder that its default pages have.
"""

from __future__ import annotations

import re

LOOKED_AT = 200_000  # bytes of a page

ENGINES: dict[str, re.Pattern[bytes]] = {
    "DokuWiki": re.compile(rb"content=[\"']DokuWiki|/lib/exe/(?:css|js|indexer)\.php|class=[\"'][^\"']*\bdokuwiki\b"),
    "YesWiki": re.compile(rb"content=[\"']YesWiki|yeswiki|tools/templates/libs", re.IGNORECASE),
    "WakkaWiki": re.compile(rb"wakka\.php|WikiNi|WakkaWiki|WikkaWiki", re.IGNORECASE),
    "PmWiki": re.compile(rb"content=[\"']PmWiki|/pub/skins/|<!--PageHeaderFmt-->|id=[\"']wikicmds[\"']"),
    "Confluence": re.compile(rb"name=[\"'](?:ajs-|confluence-)|com\.atlassian\.confluence"),
    "MoinMoin": re.compile(rb"moin_static|content=[\"']MoinMoin|/moin/"),
    "TWiki": re.compile(rb"class=[\"']twiki|/twiki/bin/"),
    "Foswiki": re.compile(rb"class=[\"']foswiki|/foswiki/bin/"),
    "XWiki": re.compile(rb"data-xwiki-|/xwiki/bin/"),
    "Tiki Wiki": re.compile(rb"content=[\"']Tiki Wiki|tiki-index\.php"),
    "Wikidot": re.compile(rb"WIKIDOT\.page|wikidot\.com/common--"),
    "Gollum": re.compile(rb"class=[\"'][^\"']*\bgollum-"),
    "BookStack": re.compile(rb"content=[\"']BookStack|bookstack-"),
}


def engine_of(page: bytes) -> str | None:
    """The other engine that made this page; ``None`` for MediaWiki's pages and those that tell of no engine."""
    beginning = page[:LOOKED_AT]
    if b'content="MediaWiki' in beginning or b"wgPageName" in beginning:
        return None
    return next((name for name, mark in ENGINES.items() if mark.search(beginning)), None)
