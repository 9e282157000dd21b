"""From the wikitext of a page to the page document."""

from __future__ import annotations

import re

from converters.document.conform import conform
from converters.document.page import Category, Door, PageDocument, RedirectTarget
from converters.document.sanitise import sanitise
from converters.document.tree import article, escape
from converters.document.vocabulary import LinkKind
from converters.document.wiki import Wiki
from converters.wikitext.finish import finish
from converters.wikitext.links import link_opening
from converters.wikitext.parser import PageParser
from converters.wikitext.references import render_left_over
from converters.wikitext.state import Frame, Lookups, Page
from converters.wikitext.words import words_of
from scraper.model import Title
from scraper.titles import IllegalTitle

# What MediaWiki removes on saving (TextContentHandler, UtfNormal): controls other than tab and newline.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
REDIRECT = re.compile(r"\s*(#[^\s\[:]+)\s*:?\s*\[\[:?([^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]")


def read(text: str, title: Title, wiki: Wiki, lookups: Lookups | None = None) -> PageDocument:
    """The page document of a wikitext. Never fails; what is not understood stays visible and is a problem."""
    page = Page(title, wiki, words_of(wiki), lookups or Lookups())
    text = CONTROLS.sub("", text.replace("\r\n", "\n"))
    target, rest = _redirect(text, page)
    parser = PageParser(page)
    html = parser.flow(rest, Frame())
    left_over = page.markers.restore(render_left_over(page, parser))
    root = article(_redirect_box(target) + html + left_over)
    finish(root)
    conform(root)
    if page.markers.is_overfull:
        page.report("the text becomes too large when its marks are resolved")
    return PageDocument(
        root,
        title,
        Door.WIKITEXT,
        display_title=sanitise(parser.inline(page.display_title, Frame())) if page.display_title else None,
        categories=tuple(_sorted(category, page) for category in page.categories.values()),
        language_links=tuple(page.language_links),
        redirect_to=target,
        problems=tuple(page.problems.values()),
    )


def _redirect(text: str, page: Page) -> tuple[RedirectTarget | None, str]:
    found = REDIRECT.match(text) if text.lstrip()[:1] == "#" else None
    if found is None or page.words.name(found[1]) != "redirect":
        return None, text
    name, _, fragment = found[2].partition("#")
    try:
        target = page.wiki.titles.parse(name)
    except IllegalTitle:
        return None, text
    return RedirectTarget(target, fragment.strip().replace(" ", "_")), text[found.end() :]


def _redirect_box(target: RedirectTarget | None) -> str:
    if target is None:
        return ""
    link = link_opening(LinkKind.INTERNAL, target.title, target.fragment) + escape(target.title.full) + "</a>"
    return f'<div class="redirectMsg"><ul class="redirectText"><li>{link}</li></ul></div>'


def _sorted(category: Category, page: Page) -> Category:
    return category if category.sort_key else Category(category.title, page.default_sort_key)
