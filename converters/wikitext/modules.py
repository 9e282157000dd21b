"""Pages of Lua modules: above the source what another page says of it (ScribuntoContentHandler::fillParserOutput)."""

from __future__ import annotations

from lxml import etree

from converters.document.lookups import Lookups
from converters.document.page import PageDocument
from converters.document.tree import CONTROLS
from converters.document.wiki import Wiki
from converters.wikitext.door import read
from converters.wikitext.scribunto.messages import message
from scraper.model import Title
from scraper.titles import IllegalTitle

# A wiki words its messages on pages of this namespace; "-" says nothing.
MESSAGES = 8
NOTHING = frozenset({"", "-"})
# The same in every language (message scribunto-doc-page-show).
SHOWN = "{{$1}}\n<hr />"


def read_module(text: str, title: Title, wiki: Wiki, lookups: Lookups) -> PageDocument:
    """The documentation, or where it could be written; then the source in a ``<pre>``."""
    document = read(_introduction(title, wiki, lookups), title, wiki, lookups)
    code = etree.SubElement(document.root, "pre", {"class": "mw-code mw-script", "dir": "ltr"})
    code.text = CONTROLS.sub("\ufffd", text)
    return document


def _introduction(title: Title, wiki: Wiki, lookups: Lookups) -> str:
    """Wikitext; empty where the wiki has no pages about modules."""
    name = _worded("doc-page-name", wiki, lookups)
    try:
        about = wiki.titles.parse(name.replace("$1", title.name)) if name not in NOTHING else None
    except IllegalTitle:
        about = None
    if about is None:
        return ""
    words = _worded("doc-page-show" if lookups.exists(about) else "doc-page-does-not-exist", wiki, lookups)
    return "" if words in NOTHING else words.replace("$1", about.full)


def _worded(name: str, wiki: Wiki, lookups: Lookups) -> str:
    """The wiki's own wording, else Scribunto's in the wiki's language."""
    key = f"scribunto-{name}"
    own = lookups.template(wiki.titles.make(MESSAGES, key))
    if own is not None:
        return own.strip()
    return SHOWN if name == "doc-page-show" else message(key, wiki.site.language)
