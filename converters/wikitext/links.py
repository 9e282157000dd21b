"""Double brackets: links within the wiki, files, categories, other wikis (Parser::handleInternalLinks)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from converters.document.page import Category, LanguageLink
from converters.document.tree import escape
from converters.document.vocabulary import LinkKind
from converters.wikitext.anchors import link_anchor
from converters.wikitext.entities import decode
from converters.wikitext.external import PROTOCOLS, render_external_links
from converters.wikitext.markers import MARK
from converters.wikitext.media import render_file, upload_opening
from converters.wikitext.quotes import render_line
from converters.wikitext.spaces import SPACES
from converters.wikitext.specialpages import local_title
from converters.wikitext.state import Page
from converters.wikitext.targets import Target, find_spelling, find_target, other_wiki_address, subpage
from scraper.model import Interwiki, Title

# $wgLegalTitleChars of MediaWiki 1.39, and the two signs that may stand in a link besides.
LEGAL = r"[^\[\]{}|<>\x00-\x1f\x7f]"
LINK = re.compile(rf"({LEGAL}+)(?:\|(.+?))?\]\]", re.S)
OPEN_FILE = re.compile(rf"({LEGAL}+)\|", re.S)
ADDRESS = re.compile(f"{PROTOCOLS}|//", re.I)
FILE, CATEGORY, MEDIA, SPECIAL = 6, 14, -2, -1
# On links to a file itself, not to its page; the page document leads to the page.
TO_UPLOAD = "data-upload"


class Links:
    """Reads the links of one page. ``inline`` reads the caption of a picture."""

    def __init__(self, page: Page, inline: Callable[[str], str]) -> None:
        self.page, self.inline = page, inline

    def render(self, text: str) -> str:
        """The text with every link as a marker, and categories and language links taken out."""
        if "[[" not in text:
            return text
        before, *pieces = text.split("[[")
        reading = _Reading(self, before, iter(pieces))
        reading.run()
        return "".join(reading.output)


@dataclass(frozen=True, slots=True)
class _Link:
    """One link as it is written: target, label (``None`` where it has none), and the text after it."""

    target: str
    label: str | None
    trail: str


class _Reading:
    """One run over the pieces of a text, each of which follows two brackets."""

    def __init__(self, links: Links, before: str, pieces: Iterator[str]) -> None:
        self.links, self.page, self.pieces = links, links.page, pieces
        self.output = [before]
        self.prefix = ""

    def run(self) -> None:
        for piece in self.pieces:
            self._take_prefix()
            self._take(piece)

    def _take_prefix(self) -> None:
        """Letters before a link that belong to it, in languages that have such."""
        pattern = self.page.words.prefix
        self.prefix = ""
        if pattern is not None and (found := pattern.search(self.output[-1])):
            self.prefix = found[0]
            self.output[-1] = self.output[-1][: found.start()]

    def _take(self, piece: str) -> None:
        found = LINK.match(piece)
        if found is None:
            self._take_open_file(piece)
            return
        label, trail = found[2], piece[found.end() :]
        if label and trail.startswith("]") and "[" in label:
            # [[page|[note]]]: the bracket belongs to the text.
            label, trail = label + "]", trail[1:]
        link = _Link(_unquoted(found[1]), label, trail)
        if not self._put(link):
            self._put_back(piece)

    def _take_open_file(self, piece: str) -> None:
        """A file whose caption has links ends in one of the next pieces; anything else without end is no link."""
        found = OPEN_FILE.match(piece)
        written = _unquoted(found[1]).lstrip(" ") if found else ""
        name = subpage(written, None, self.page)[0]
        target = find_target(name, self.page) if name else None
        if found is None or target is None or ADDRESS.match(written):
            self._put_back(piece)
        elif target.title is None or target.title.namespace_id != FILE or target.is_forced:
            self._put_back(f"{name}|{piece[found.end() :]}")
        else:
            self._take_caption(name, piece[found.end() :])

    def _take_caption(self, name: str, text: str) -> None:
        caption, trail = self._caption(text)
        if trail is None:
            self.output += [self.prefix, f"[[{name}|", self.links.render(caption)]
        else:
            self._put(_Link(name, caption, trail))

    def _caption(self, text: str) -> tuple[str, str | None]:
        """A caption to its end, and the text after it; ``None`` when it has no end."""
        for piece in self.pieces:
            parts = piece.split("]]", 2)
            if len(parts) == 1:
                return f"{text}[[{piece}", None
            text += f"[[{parts[0]}]]{parts[1]}"
            if len(parts) == 3:
                return text, parts[2]
        return text, None

    def _put_back(self, piece: str) -> None:
        self.output.append(f"{self.prefix}[[{piece}")

    def _put(self, link: _Link) -> bool:
        written = link.target.lstrip(" ")
        if ADDRESS.match(written) or MARK in written:
            return False
        name, label = subpage(written, link.label, self.page)
        target = find_target(name, self.page)
        if target is None:
            return False
        shown = render_line(label) if label else name.removeprefix(":")
        is_plain = not target.is_forced and not target.is_local_interwiki
        if is_plain and target.interwiki is not None and target.interwiki.language and self._keeps_languages():
            self._add_language(target, target.interwiki)
            self._hide(link.trail)
        elif is_plain and target.title is not None and target.title.namespace_id == CATEGORY:
            key = decode(self.page.markers.restore(label)).replace("\n", "") if label else ""
            self.page.categories[target.title] = Category(target.title, key.strip())
            self._hide(link.trail)
        elif is_plain and target.title is not None and target.title.namespace_id == FILE:
            self._put_file(target.title, label or "", link.trail)
        else:
            self._put_link(target, shown, link.trail)
        return True

    def _keeps_languages(self) -> bool:
        """On talk pages a language link is one like any other."""
        return self.page.title.namespace_id < 0 or self.page.title.namespace_id % 2 == 0

    def _hide(self, trail: str) -> None:
        """White space before what is not shown goes with it."""
        self.output.append(self.prefix)
        while self.output:
            self.output[-1] = self.output[-1].rstrip(SPACES)
            if self.output[-1]:
                break
            self.output.pop()
        self.output.append(trail)

    def _put_file(self, title: Title, source: str, trail: str) -> None:
        source = self.links.render(render_external_links(source, self.page))
        html = render_file(title, source, self.page, self.links.inline)
        self.output += [self.prefix, self.page.markers.put_general(html), trail]

    def _put_link(self, target: Target, shown: str, trail: str) -> None:
        is_media = target.title is not None and target.title.namespace_id == MEDIA
        letters = None if is_media else self.page.words.trail.match(trail)
        label = self.prefix + shown + (letters[0] if letters else "")
        opening = self._opening(target)
        put = self.page.markers.put if self.page.converter is None else self.page.markers.put_link
        self.output += [put(f"{opening}{label}</a>"), trail[letters.end() :] if letters else trail]

    def _opening(self, target: Target) -> str:
        if target.interwiki is not None:
            return self._other_wiki(target, target.interwiki)
        if target.title is None:
            return f'<a data-link="{LinkKind.ANCHOR}" href="#{escape(link_anchor(target.fragment or ""))}">'
        spelling = find_spelling(target.title, self.page)
        # A link that found its page in another spelling keeps no fragment (LinkHolderArray::doVariants).
        fragment = (target.fragment or "") if spelling == target.title else ""
        title = local_title(spelling, self.page.wiki)
        if self._is_this_page(target.title) and not target.fragment:
            return '<a class="mw-selflink selflink">'
        kinds = {FILE: LinkKind.FILE, CATEGORY: LinkKind.CATEGORY, MEDIA: LinkKind.FILE}
        kind = kinds.get(title.namespace_id, LinkKind.INTERNAL)
        if title.namespace_id == MEDIA:
            title = self.page.wiki.titles.make(FILE, title.name)
        is_missing = title.namespace_id >= 0 and not self.page.lookups.exists(title)
        if target.title.namespace_id == MEDIA:
            if not self.page.lookups.has_file(title):
                return upload_opening(title, self.page)
            return link_opening(kind, title).replace(">", f' {TO_UPLOAD}="">')
        return link_opening(kind, title, link_anchor(fragment), is_missing)

    def _is_this_page(self, title: Title) -> bool:
        """Also in the spelling of another variant of the language (Parser::handleInternalLinks2)."""
        own, converter = self.page.title, self.page.converter
        if title == own or converter is None or title.namespace_id != own.namespace_id:
            return title == own
        return not self.page.lookups.exists(title) and own.name in converter.spellings(title.name)

    def _other_wiki(self, target: Target, other: Interwiki) -> str:
        kind = LinkKind.LANGUAGE if other.language else LinkKind.INTERWIKI
        name = escape(f"{target.prefix}:{target.name}")
        address = escape(other_wiki_address(target.name, target.fragment, other))
        return f'<a data-link="{kind}" data-title="{name}" href="{address}">'

    def _add_language(self, target: Target, other: Interwiki) -> None:
        if all(link.prefix != target.prefix for link in self.page.language_links):
            name = target.name + (f"#{target.fragment}" if target.fragment else "")
            self.page.language_links.append(
                LanguageLink(target.prefix, name, other_wiki_address(target.name, target.fragment, other))
            )


def link_opening(kind: LinkKind, title: Title, fragment: str = "", is_missing: bool = False) -> str:
    """The ``<a>`` of a link within the wiki; a page that is missing has no sections to lead to."""
    marks = ' data-missing=""' if is_missing else f' data-fragment="{escape(fragment)}"' if fragment else ""
    return f'<a data-link="{kind}" data-title="{escape(title.full)}"{marks}>'


def _unquoted(target: str) -> str:
    return unquote(target).replace("<", "&lt;").replace(">", "&gt;") if "%" in target else target
