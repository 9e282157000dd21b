"""From the wikitext of a page to the page document."""

from __future__ import annotations

import re

from converters.document import plain
from converters.document.conform import conform
from converters.document.figures import shape_figures
from converters.document.furniture import remove_furniture
from converters.document.lookups import Lookups
from converters.document.page import Category, Door, PageDocument, RedirectTarget
from converters.document.sanitise import sanitise
from converters.document.tree import Element, escape
from converters.document.wiki import Wiki
from converters.wikitext.excess import excess
from converters.wikitext.finish import finish
from converters.wikitext.headings import mark_sections
from converters.wikitext.messages import told
from converters.wikitext.parser import PageParser
from converters.wikitext.redirects import read_redirect
from converters.wikitext.references.tags import render_left_over
from converters.wikitext.state import Frame, Page
from converters.wikitext.tidy import tidy
from converters.wikitext.variants import converter_of
from converters.wikitext.words import words_of
from scraper.model import Title
from scraper.problems import Problem
from scraper.titles import IllegalTitle

# What MediaWiki removes on saving (TextContentHandler, UtfNormal): controls other than tab and newline.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\x9c\ufffe\uffff\ud800-\udfff]")

OVERFULL = "the text becomes too large when its marks are resolved"


def read(text: str, title: Title, wiki: Wiki, lookups: Lookups | None = None) -> PageDocument:
    """The page document of a wikitext. Never fails; what is not understood stays visible and is a problem.

    A text that is more than any page (:mod:`converters.wikitext.excess`) comes as it is written.
    """
    too_much = excess(text)
    if too_much:
        return plain.read(text, title, has_headings=False, problems=(hostile(title, too_much),))
    page = _page(title, wiki, lookups or Lookups())
    parser = PageParser(page)
    root, target = _read(text, parser)
    if page.markers.is_overfull:
        return plain.read(text, title, has_headings=False, problems=(hostile(title, OVERFULL),))
    remove_furniture(root)
    shape_figures(root)
    finish(root, wiki)
    conform(root)
    return PageDocument(
        root,
        title,
        Door.WIKITEXT,
        display_title=sanitise(parser.inline(page.display_title, Frame())) if page.display_title else None,
        categories=tuple(_sorted(category, page) for category in page.categories.values()),
        language_links=tuple(page.language_links),
        redirect_to=target,
        annotations=tuple(page.annotations),
        styles=tuple(filter(None, page.styles)),
        problems=tuple(page.problems.values()),
        lacks_revision=page.lacks_revision,
    )


def render(text: str, title: Title, wiki: Wiki, lookups: Lookups | None = None) -> tuple[Element, tuple[Problem, ...]]:
    """The same page as MediaWiki 1.39 lays it out, with boxes around pictures, notes and attributes for machines."""
    too_much = excess(text)
    if too_much:
        return plain.as_tree(text, has_headings=False), (hostile(title, too_much),)
    page = _page(title, wiki, lookups or Lookups())
    root, _ = _read(text, PageParser(page))
    if page.markers.is_overfull:
        return plain.as_tree(text, has_headings=False), (hostile(title, OVERFULL),)
    finish(root, wiki)
    return root, tuple(page.problems.values())


def hostile(title: Title, reason: str) -> Problem:
    """What is said of a text that is not read as wikitext."""
    return Problem("markup-hostile", f"wikitext of {title.full}", reason)


def _page(title: Title, wiki: Wiki, lookups: Lookups) -> Page:
    converter = converter_of(wiki.site.language, lookups.variant)
    return Page(title, wiki, words_of(wiki), lookups, converter=converter)


def _read(text: str, parser: PageParser) -> tuple[Element, RedirectTarget | None]:
    """The page's tree, and where it leads when it is a redirect."""
    page = parser.page
    text = CONTROLS.sub("", text.replace("\r\n", "\n"))
    page.size = len(text.encode())
    name, rest = read_redirect(text, page.words)
    target = _target(name, page.wiki)
    half = parser.half(rest, Frame())
    parts = (half, render_left_over(page, parser))
    html = parser.blocks("".join(mark_sections(page.markers.restore_general(part)) for part in parts))
    root, is_whole = tidy(_redirect_box(name, target, parser) + html)
    if not is_whole:
        page.report("elements are nested too deeply: only the words are kept")
    return root, target


def _target(name: str, wiki: Wiki) -> RedirectTarget | None:
    prefix, colon, _ = name.partition(":")
    if not name or (colon and wiki.interwiki(prefix)):
        return None
    page_name, _, fragment = name.partition("#")
    try:
        return RedirectTarget(wiki.titles.parse(page_name), fragment.strip().replace(" ", "_"))
    except IllegalTitle:
        return None


def _redirect_box(name: str, target: RedirectTarget | None, parser: PageParser) -> str:
    if not name:
        return ""
    shown = (
        (target.title.full + (f"#{target.fragment.replace('_', ' ')}" if target.fragment else "")) if target else name
    )
    link = parser.inline(f"[[:{name}|{shown}]]", Frame())
    words = escape(told("redirectto", parser.page.wiki))
    return f'<div class="redirectMsg"><p>{words}</p><ul class="redirectText"><li>{link}</li></ul></div>'


def _sorted(category: Category, page: Page) -> Category:
    return category if category.sort_key else Category(category.title, page.default_sort_key)
