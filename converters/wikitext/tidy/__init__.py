"""Balanced HTML as a tree: what MediaWiki's tidying makes of half-parsed HTML since 1.31 (RemexHtml).

The tree is built by the rules of https://html.spec.whatwg.org/multipage/parsing.html#tree-construction, as far as
wikitext can reach them, and loose words beside blocks become paragraphs (:mod:`converters.wikitext.tidy.paragraphs`).
"""

from __future__ import annotations

from converters.document.tree import CONTROLS, Element
from converters.wikitext.tidy.builder import TreeBuilder
from converters.wikitext.tidy.output import as_element
from converters.wikitext.tidy.tables import MODES
from converters.wikitext.tidy.tokens import read_tokens


def tidy(html: str) -> tuple[Element, bool]:
    """The tree under an ``article`` root, and whether all structure was kept: elements too deep are left out."""
    builder = TreeBuilder()
    for text, slash, name, attributes in read_tokens(CONTROLS.sub("", html)):
        if text:
            MODES[builder.mode].text(builder, text)
        if slash:
            MODES[builder.mode].end(builder, name)
        elif name:
            MODES[builder.mode].start(builder, name, attributes)
    return as_element(builder.root), builder.is_whole


__all__ = ["tidy"]
