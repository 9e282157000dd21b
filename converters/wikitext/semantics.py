"""``[[property::value]]`` of Semantic MediaWiki: a link that also says something of the page.

https://www.semantic-mediawiki.org/wiki/Help:In-text_annotation
"""

from __future__ import annotations

from functools import lru_cache

from converters.document.tree import escape
from converters.document.wiki import Wiki
from converters.wikitext.entities import decode
from converters.wikitext.quotes import render_quotes
from converters.wikitext.state import Page
from scraper.titles import IllegalTitle

EXTENSIONS = frozenset({"SemanticMediaWiki", "Semantic MediaWiki"})


@lru_cache(maxsize=8)
def has_semantics(wiki: Wiki) -> bool:
    """Whether the wiki has the extension."""
    return any(entry.get("name") in EXTENSIONS for entry in wiki.siteinfo.get("extensions") or ())


def annotation(target: str, label: str | None, page: Page) -> str | None:
    """The HTML of an annotation, ``None`` for other links. A label of spaces hides the value."""
    if "::" not in target or target.startswith(":") or not has_semantics(page.wiki):
        return None
    *names, value = (part.strip() for part in target.split("::"))
    if not value or not all(names):
        return None
    shown = escape(decode(value)) if label is None else render_quotes(label)
    if label is not None and not label.strip():
        shown = ""
    marks = f'data-property="{escape("|".join(map(decode, names)))}" data-value="{escape(decode(value))}"'
    try:
        title = page.wiki.titles.parse(decode(value))
    except IllegalTitle:
        return f"<span {marks}>{shown}</span>"
    missing = "" if page.lookups.exists(title) else ' data-missing=""'
    return f'<a data-link="internal" data-title="{escape(title.full)}"{missing} {marks}>{shown}</a>'
