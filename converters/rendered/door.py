"""From one rendering of the wiki to the page document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from converters.document.conform import conform
from converters.document.furniture import remove_furniture
from converters.document.page import Category, Door, LanguageLink, PageDocument, RedirectTarget
from converters.document.sanitise import sanitise
from converters.document.tree import Element, classes, parse, words_only
from converters.document.vocabulary import LinkKind
from converters.document.wiki import Wiki
from converters.rendered.addresses import CATEGORY, addresses_of
from converters.rendered.excess import excess
from converters.rendered.headings import number_headings
from converters.rendered.links import mark_links
from converters.rendered.media import mark_media
from converters.rendered.references import mark_references
from scraper.model import Rendering, Title
from scraper.problems import Problem
from scraper.titles import IllegalTitle

# MediaWiki marks the parts of a title that shows as it is, from 1.39 on (Parser::formatPageTitle).
TITLE_PARTS = re.compile(r'<span class="mw-page-title-(?:namespace|separator|main)">|</span>')


def read(rendering: Rendering, title: Title, wiki: Wiki) -> PageDocument:
    """The page document of the wiki's own HTML. Never fails; what has no place in the vocabulary is a problem.

    Of one that is more than any page (:mod:`converters.rendered.excess`) come the words.
    """
    too_much = excess(rendering.html)
    if too_much:
        return read_words(rendering, title, too_much)
    root, is_whole = parse(rendering.html)
    remove_furniture(root)
    number_headings(root)
    addresses = addresses_of(wiki)
    mark_links(root, wiki, addresses)
    mark_media(root, addresses)
    mark_references(root)
    missed = conform(root) if is_whole else Counter({"structure: elements are nested too deeply": 1})
    return PageDocument(
        root,
        title,
        Door.RENDERED,
        display_title=_display_title(rendering.display_title or "", title),
        categories=tuple(_categories(rendering, wiki)),
        language_links=tuple(_language_link(entry) for entry in rendering.language_links),
        redirect_to=_redirect(root, wiki),
        problems=tuple(_problems(missed, rendering, title)),
    )


def _display_title(shown: str, title: Title) -> str | None:
    if unescape(TITLE_PARTS.sub("", shown)) in ("", title.full):
        return None
    return sanitise(shown)


def read_words(rendering: Rendering, title: Title, reason: str) -> PageDocument:
    """The words of a rendering that for this reason is not read as HTML."""
    problem = Problem("markup-hostile", _where(rendering, title), reason, rendering.page_id, rendering.rev_id)
    return PageDocument(words_only(rendering.html), title, Door.RENDERED, problems=(problem,))


def _categories(rendering: Rendering, wiki: Wiki) -> Iterator[Category]:
    for entry in rendering.categories:
        # formatversion 1 calls the name "*".
        name = entry.get("category") or entry.get("*") or ""
        try:
            title = wiki.titles.make(CATEGORY, name)
        except IllegalTitle:
            continue
        yield Category(title, entry.get("sortkey") or "", entry.get("hidden", False) is not False)


def _language_link(entry: Mapping[str, Any]) -> LanguageLink:
    return LanguageLink(entry.get("lang", ""), entry.get("title") or entry.get("*") or "", entry.get("url", ""))


def _redirect(root: Element, wiki: Wiki) -> RedirectTarget | None:
    boxes = (box for box in root.iter("div", "ul") if {"redirectMsg", "redirectText"} & classes(box))
    link = next((link for box in boxes for link in box.iter("a") if link.get("data-title")), None)
    if link is None or link.get("data-link") in (LinkKind.INTERWIKI, LinkKind.LANGUAGE):
        return None
    try:
        target = wiki.titles.parse(link.get("data-title") or "")
    except IllegalTitle:
        return None
    # A link to a page that does not exist has no fragment in its address, only in its text.
    shown = "".join(link.itertext()).partition("#")[2].replace(" ", "_")
    return RedirectTarget(target, link.get("data-fragment") or shown)


def _problems(missed: Counter[str], rendering: Rendering, title: Title) -> Iterator[Problem]:
    if missed:
        parts = ", ".join(f"{count} × {name}" for name, count in sorted(missed.items()))
        where = _where(rendering, title)
        yield Problem("markup-broken", where, f"left out: {parts}", rendering.page_id, rendering.rev_id)


def _where(rendering: Rendering, title: Title) -> str:
    return f"rendering of revision {rendering.rev_id} of {title.full}"
