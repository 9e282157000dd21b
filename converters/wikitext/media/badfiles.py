"""Files that a wiki shows as links only, save on some pages (BadFileLookup, the page MediaWiki:Bad image list)."""

from __future__ import annotations

import re
from functools import lru_cache

from converters.document.wiki import Wiki
from converters.wikitext.state import Page
from scraper.model import Title
from scraper.titles import IllegalTitle

MESSAGES = 8
LIST = "Bad image list"
LINK = re.compile(r"\[\[:?(.*?)\]\]")


def is_bad_file(title: Title, page: Page) -> bool:
    """Whether the wiki hides the file on this page."""
    try:
        text = page.lookups.template(page.wiki.titles.make(MESSAGES, LIST))
    except IllegalTitle:
        return False
    return bool(text) and page.title not in _listed(text or "", page.wiki).get(title.name, {page.title})


@lru_cache(maxsize=8)
def _listed(text: str, wiki: Wiki) -> dict[str, set[Title]]:
    """Names of files and the pages that show them all the same: ``* [[File:X.jpg]] except on [[Y]]``."""
    listed: dict[str, set[Title]] = {}
    for line in text.split("\n"):
        titles = [_title(name, wiki) for name in LINK.findall(line)] if line.startswith("*") else []
        if titles and titles[0] is not None:
            listed[titles[0].name] = {title for title in titles[1:] if title is not None}
    return listed


def _title(name: str, wiki: Wiki) -> Title | None:
    try:
        return wiki.titles.parse(name)
    except IllegalTitle:
        return None
