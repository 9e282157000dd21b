"""The few words that MediaWiki itself writes into a page, in the wiki's language and of its version."""

from __future__ import annotations

from converters.document.wiki import Wiki
from converters.language import interface_message
from converters.wikitext.state import Page
from scraper.titles import IllegalTitle

# The namespace of messages.
MEDIAWIKI = 8
# The newer of the two versions whose words we have.
NEWER = (1, 43)


def shipped_message(name: str, wiki: Wiki) -> str | None:
    """A message by the name of its page, ``toc`` or ``toc/de``; ``None`` for one that we do not have."""
    return interface_message(name, wiki.site.language, is_older=wiki.is_since(NEWER) is False)


def message_text(name: str, page: Page) -> str | None:
    """The same in the wiki's own words, where it has a page of the message."""
    try:
        title = page.wiki.titles.make(MEDIAWIKI, name)
    except IllegalTitle:
        return None
    return page.lookups.template(title) or shipped_message(title.name, page.wiki)


def told(key: str, wiki: Wiki, *details: str) -> str:
    """A message with ``details`` in the places of its parameters."""
    words = shipped_message(key, wiki) or ""
    for number, detail in enumerate(details, 1):
        words = words.replace(f"${number}", detail)
    return words
