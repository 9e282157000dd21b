"""Content that is no wikitext: scripts, style sheets, data and plain text are shown as they are written.

Content models: https://www.mediawiki.org/wiki/Help:ChangeContentModel and those of common extensions.
"""

from __future__ import annotations

from lxml import etree

from converters.document.page import WIKITEXT, Door, PageDocument
from converters.language import own_name
from scraper.model import Title

# Content model → language of its source, as syntax highlighters call it; models that are missing here are plain text.
LANGUAGES = {
    "css": "css",
    "sanitized-css": "css",
    "javascript": "javascript",
    "json": "json",
    "GeoJSON": "json",
    "JsonSchema": "json",
    "Scribunto": "lua",
    "text": "text",
}
USER, MEDIAWIKI = 2, 8
ENDINGS = {"js": "javascript", "css": "css", "json": "json"}


def default_model(title: Title) -> str:
    """The content model of a page that names none (ContentHandler::getDefaultModelFor)."""
    ending = title.name.rpartition(".")[2]
    is_script = title.namespace_id == MEDIAWIKI or (title.namespace_id == USER and "/" in title.name)
    return ENDINGS.get(ending, WIKITEXT) if is_script else WIKITEXT


def language_of(title: Title, site_language: str) -> str:
    """The language that a page is read in (ContentHandler::getPageLanguage): scripts and styles are English."""
    if default_model(title) != WIKITEXT:
        return "en"
    code = title.name.rpartition("/")[2]
    is_translation = title.namespace_id == MEDIAWIKI and "/" in title.name and own_name(code)
    return code if is_translation else site_language


def read_verbatim(text: str, title: Title, content_model: str) -> PageDocument:
    """A document of one ``<pre class="mw-code mw-lang-…">`` that holds the whole text."""
    root = etree.Element("article")
    code = etree.SubElement(root, "pre")
    code.set("class", f"mw-code mw-lang-{LANGUAGES.get(content_model, 'text')}")
    code.text = "".join(character for character in text if character in "\t\n" or character >= " ")
    return PageDocument(root, title, Door.WIKITEXT)
