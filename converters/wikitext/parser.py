"""The passes over wikitext, in MediaWiki's order (Parser::internalParse)."""

from __future__ import annotations

import re
from functools import lru_cache, partial

from converters.document.tree import escape
from converters.wikitext.blocks import render_blocks
from converters.wikitext.excess import excess
from converters.wikitext.extensions import HOOKS, SHOWN_AS_SOURCE, unknown_tag
from converters.wikitext.external import render_external_links
from converters.wikitext.headings import fix_anchors, render_headings
from converters.wikitext.links import Links
from converters.wikitext.magiclinks import render_magic_links
from converters.wikitext.markers import MARKER
from converters.wikitext.quotes import render_quotes
from converters.wikitext.semantics import render_annotations
from converters.wikitext.state import Frame, Page, Tag
from converters.wikitext.strip import Stripper, TagHook
from converters.wikitext.tables import render_tables
from converters.wikitext.tags import clean_tags
from converters.wikitext.templates import Templates
from converters.wikitext.words import UNDERSCORES

CONTENTS_BOX = '<div class="toc"></div>'
RULE = re.compile(r"^-----*", re.M)
# A note in a note in a note…
NESTING_LIMIT = 20
# Templates can write more than a page can: the longest articles have some 2,000 notes.
TAGS_LIMIT = 10_000
# How many others take as long as one of these.
WEIGHTS = {"syntaxhighlight": 5, "source": 5, "gallery": 2, "imagemap": 2, "math": 2, "chem": 2, "ce": 2}
PICTURES = frozenset({"gallery", "imagemap"})


class PageParser:
    """Reads the texts of one page: the page itself and, through templates and tags, the texts in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tags = _extension_tags(page)
        self.stripper = _stripper(self.tags)
        self.templates = Templates(page, self, self.stripper)
        # Links and quotes of captions are read already, with those of the text around them.
        self.links = Links(page, partial(render_magic_links, page=page))
        self.nesting = 0

    def flow(self, text: str, frame: Frame) -> str:
        """HTML of a text with paragraphs and lists."""
        return self.blocks(self.half(text, frame))

    def blocks(self, half: str) -> str:
        """HTML of what :meth:`half` gives, with paragraphs and lists."""
        markers = self.page.markers
        html = render_blocks(markers.restore_general(half))
        if self.page.converter is not None and not self.page.keeps_words:
            html = self.page.converter.convert(markers.restore_general(markers.restore_links(html)))
        return markers.restore(html)

    def inline(self, text: str, frame: Frame) -> str:
        """HTML of a text without paragraphs and lists."""
        return self.page.markers.restore(self.half(text, frame))

    def hook(self, frame: Frame) -> TagHook:
        """What renders the extension tags of a text."""
        return partial(self._tag, frame)

    def preprocess(self, text: str, frame: Frame) -> str:
        """The text with its calls replaced, as it would be in a template (frame:preprocess of Scribunto)."""
        return self.templates.expand(self.stripper.strip(text, self.page.put_aside), frame.deeper())

    def transclude(self, name: str, arguments: dict[str, str], frame: Frame) -> str | None:
        """A template with arguments that are read already; ``None`` where there is none of that name."""
        return self.templates.transclude(name, arguments, frame)

    def call_function(self, word: str, arguments: list[str], frame: Frame) -> str | None:
        """A parser function with arguments that are read already; ``None`` where there is none."""
        return self.templates.call_function(word, arguments, frame)

    def half(self, text: str, frame: Frame) -> str:
        """The same with what is finished still put aside (Parser::recursiveTagParse)."""
        stripped = self.stripper.strip(text, self.page.put_aside)
        expanded = self.templates.expand(stripped, frame)
        too_much = excess(expanded)
        if too_much:
            self.page.report(too_much, "markup-hostile")
            return self.page.markers.put_block(f"<pre>{escape(MARKER.sub('', expanded))}</pre>")
        cleaned = clean_tags(expanded, self.page.markers.restore)
        return self._half_parsed(render_tables(cleaned, self.page.markers.restore))

    def _half_parsed(self, text: str) -> str:
        if "----" in text:
            text = RULE.sub("<hr>", text)
        if any(mark in text for mark in UNDERSCORES):
            text = self.page.words.switches.sub(self._switch, text)
        text = self.links.render(render_headings(render_annotations(text, self.page)))
        text = render_external_links(render_quotes(text), self.page)
        text = render_magic_links(text, self.page)
        return text if self.page.converter is None else fix_anchors(text, self.page)

    def _switch(self, found: re.Match[str]) -> str:
        """Behaviour switches vanish; where the box of contents would stand, a paragraph ends."""
        word = self.page.words.name(found[0])
        if word == "nocontentconvert":
            self.page.keeps_words = True
        is_first_box = word == "toc" and not self.page.has_contents_box
        self.page.has_contents_box = self.page.has_contents_box or is_first_box
        return CONTENTS_BOX if is_first_box else ""

    def _tag(self, frame: Frame, name: str, attributes: dict[str, str], content: str | None) -> str:
        self.page.rendered_tags += _weight(name, content)
        if self.nesting >= NESTING_LIMIT or self.page.rendered_tags > TAGS_LIMIT:
            self.page.report("extension tags are too many or nested too deeply", "markup-hostile")
            return self.page.markers.put(escape(MARKER.sub("", content or "")))
        self.nesting += 1
        try:
            tag, hook = Tag(name, attributes, content), HOOKS.get(name)
            return unknown_tag(tag, self.page) if hook is None else hook(self.page, self, tag, frame)
        finally:
            self.nesting -= 1


def _weight(name: str, content: str | None) -> int:
    """How many usual tags take as long; a gallery draws a picture for each line."""
    pictures = (content or "").count("\n") // 2 if name in PICTURES else 0
    return WEIGHTS.get(name, 1) + pictures


def _extension_tags(page: Page) -> frozenset[str]:
    """The tags the wiki has; where it does not tell, all we know."""
    told = page.wiki.siteinfo.get("extensiontags")
    if not told:
        return frozenset(HOOKS) | SHOWN_AS_SOURCE
    return frozenset(tag.strip("<>").lower() for tag in told)


@lru_cache(maxsize=8)
def _stripper(tags: frozenset[str]) -> Stripper:
    return Stripper(tags)
