"""Double brackets: links within the wiki, files, categories, other wikis (Parser::handleInternalLinks)."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from converters.document.page import Category, LanguageLink
from converters.document.tree import escape
from converters.document.vocabulary import LinkKind
from converters.wikitext.external import PROTOCOLS
from converters.wikitext.markers import MARK
from converters.wikitext.media import render_file
from converters.wikitext.quotes import render_quotes
from converters.wikitext.state import Page
from converters.wikitext.typography import typeset
from scraper.model import Interwiki, Title
from scraper.titles import IllegalTitle

BRACKETS = re.compile(r"\[\[|\]\]")
FORBIDDEN_IN_TARGET = re.compile(r"[\[\]{}<>\n\x7f]")
ADDRESS = re.compile(f"{PROTOCOLS}|//", re.I)
FILE, CATEGORY, MEDIA = 6, 14, -2
# A picture's caption may hold links, and they pictures again; deeper openings are plain text.
DEPTH_LIMIT = 12


@dataclass(slots=True)
class _Open:
    """Text read since an opening; ``has_link`` once a link was completed in it."""

    pieces: list[str] = field(default_factory=list)
    has_link: bool = False


class Links:
    """Reads the links of one page. ``inline`` reads the caption of a picture."""

    def __init__(self, page: Page, inline: Callable[[str], str]) -> None:
        self.page, self.inline = page, inline

    def render(self, text: str) -> str:
        """The text with every link as a marker, and categories and language links taken out."""
        if "[[" not in text:
            return text
        stack = [_Open()]
        position = 0
        for found in BRACKETS.finditer(text):
            if found.start() < position:
                continue
            stack[-1].pieces.append(text[position : found.start()])
            position = found.end()
            if found[0] == "[[":
                stack.append(_Open())
                if len(stack) > DEPTH_LIMIT:
                    _flatten(stack, 1)
            elif len(stack) == 1:
                stack[-1].pieces.append("]]")
            else:
                position = self._close(stack, text, position)
        stack[-1].pieces.append(text[position:])
        while len(stack) > 1:
            _flatten(stack, len(stack) - 1)
        return "".join(stack[0].pieces)

    def _close(self, stack: list[_Open], text: str, position: int) -> int:
        """The innermost opening ends; gives where reading goes on, after the letters that belong to the link."""
        opened, outer = stack.pop(), stack[-1]
        content = "".join(opened.pieces)
        if text.startswith("]", position) and "[" in content.partition("|")[2]:
            # [[page|[note]]]: the bracket belongs to the text.
            content, position = content + "]", position + 1
        target, bar, label = content.partition("|")
        link = self._read(target, bar, label, opened.has_link)
        if link is None:
            outer.pieces += ["[[", content, "]]"]
            outer.has_link = outer.has_link or opened.has_link
            return position
        return self._write(link, outer, text, position)

    def _write(self, link: _Link, outer: _Open, text: str, position: int) -> int:
        if link.is_hidden:
            _trim_before(outer.pieces)
            return position
        outer.has_link = outer.has_link or not link.is_file
        if link.is_file:
            is_figure = link.opening.startswith("<figure")
            put = self.page.markers.put_block if is_figure else self.page.markers.put
            outer.pieces.append(put(link.opening))
            return position
        trail = self.page.words.trail.match(text, position)
        label = link.label + (trail[0] if trail else "")
        outer.pieces.append(self.page.markers.put(f"{link.opening}{label}</a>"))
        return trail.end() if trail else position

    def _read(self, target: str, bar: str, label: str, has_link: bool) -> _Link | None:
        target = unquote(target) if "%" in target else target
        name = html.unescape(target).strip(" _")
        is_forced = name.startswith(":")
        name = name.removeprefix(":").strip(" _")
        if not name or (bar and not label) or FORBIDDEN_IN_TARGET.search(name) or ADDRESS.match(name):
            return None
        page_name, _, fragment = name.partition("#")
        shown = typeset(render_quotes(label) if bar and label.strip() else _own_label(target))
        if not page_name:
            opening = f'<a data-link="{LinkKind.ANCHOR}" href="#{escape(_anchor(fragment))}">'
            return None if has_link else _Link(opening, shown)
        other = self._interwiki(page_name, is_forced)
        if other is not None:
            return None if has_link else self._other_wiki(other, name, shown, is_forced)
        return self._own(name, label, shown, _Flags(is_forced, bool(bar), has_link))

    def _own(self, name: str, label: str, shown: str, flags: _Flags) -> _Link | None:
        page_name, _, fragment = name.partition("#")
        try:
            title = self._title(page_name)
        except IllegalTitle:
            return None
        if title.namespace_id == FILE and not flags.is_forced:
            return _Link(render_file(title, label, self.page, self.inline), "", is_file=True)
        if flags.has_link:
            return None
        if title.namespace_id == CATEGORY and not flags.is_forced:
            key = html.unescape(self.page.markers.restore(label)).strip() if flags.has_bar else ""
            self.page.categories[title] = Category(title, key)
            return _Link("", "", is_hidden=True)
        return _Link(self._opening(title, _anchor(fragment)), shown)

    def _title(self, name: str) -> Title:
        own = self.page.title
        if name.startswith("/"):
            return self.page.wiki.titles.parse(f"{own.full}/{name.strip('/')}")
        if name.startswith("../"):
            parent = own.full.rpartition("/")[0] or own.full
            return self.page.wiki.titles.parse(f"{parent}/{name[3:].strip('/')}".rstrip("/"))
        return self.page.wiki.titles.parse(name)

    def _opening(self, title: Title, fragment: str) -> str:
        if title == self.page.title and not fragment:
            return '<a class="mw-selflink selflink">'
        kinds = {FILE: LinkKind.FILE, CATEGORY: LinkKind.CATEGORY, MEDIA: LinkKind.FILE}
        kind = kinds.get(title.namespace_id, LinkKind.INTERNAL)
        if title.namespace_id == MEDIA:
            title = self.page.wiki.titles.make(FILE, title.name)
        return link_opening(kind, title, fragment, self._is_missing(title))

    def _is_missing(self, title: Title) -> bool:
        return title.namespace_id >= 0 and not self.page.lookups.exists(title)

    def _interwiki(self, name: str, is_forced: bool) -> Interwiki | None:
        prefix, colon, _ = name.partition(":")
        if not colon or _is_namespace(prefix, self.page):
            return None
        return self.page.wiki.interwiki(prefix)

    def _other_wiki(self, other: Interwiki, name: str, shown: str, is_forced: bool) -> _Link | None:
        prefix, _, rest = name.partition(":")
        rest = rest.strip()
        page_name, hash_sign, fragment = rest.partition("#")
        address = quote(page_name.replace(" ", "_"), safe="/:;@$!*(),~")
        url = other.url.replace("$1", address) + (f"#{_anchor(fragment)}" if hash_sign else "")
        if other.language and not is_forced:
            self.page.language_links.append(LanguageLink(prefix, rest, url))
            return _Link("", "", is_hidden=True)
        kind = LinkKind.LANGUAGE if other.language else LinkKind.INTERWIKI
        title = escape(f"{prefix}:{page_name}")
        return _Link(f'<a data-link="{kind}" data-title="{title}" href="{escape(url)}">', shown)


@dataclass(frozen=True, slots=True)
class _Flags:
    is_forced: bool
    has_bar: bool
    has_link: bool


@dataclass(frozen=True, slots=True)
class _Link:
    """What stands for a link: its opening tag and its text; a file is whole in ``opening``."""

    opening: str
    label: str
    is_file: bool = False
    is_hidden: bool = False


def link_opening(kind: LinkKind, title: Title, fragment: str = "", is_missing: bool = False) -> str:
    """The ``<a>`` of a link within the wiki."""
    marks = f' data-fragment="{escape(fragment)}"' if fragment else ""
    marks += ' data-missing=""' if is_missing else ""
    return f'<a data-link="{kind}" data-title="{escape(title.full)}"{marks}>'


def _own_label(target: str) -> str:
    return escape(html.unescape(target).strip().removeprefix(":"))


def _is_namespace(prefix: str, page: Page) -> bool:
    try:
        return page.wiki.titles.parse(prefix + ":x").namespace_id != 0
    except IllegalTitle:
        return False


def _anchor(fragment: str) -> str:
    return re.sub(r"[ _]+", "_", fragment.replace(MARK, "").strip(" _"))


def _flatten(stack: list[_Open], index: int) -> None:
    """An opening that never closes is text of what is around it."""
    opened = stack.pop(index)
    around = stack[index - 1]
    around.pieces += ["[[", *opened.pieces]
    around.has_link = around.has_link or opened.has_link


def _trim_before(pieces: list[str]) -> None:
    """White space before a category goes with it."""
    while pieces:
        pieces[-1] = pieces[-1].rstrip()
        if pieces[-1]:
            return
        pieces.pop()
