"""Last touches on the tree: anchors and numbers of headings."""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase

from converters.document.tree import Element, unwrap
from converters.document.vocabulary import HEADINGS
from converters.document.wiki import Wiki
from converters.wikitext.anchors import anchor_maker

# What a heading was written with, where its words have been converted since (headings.fix_anchors).
FIXED = "data-fragment"
# Around the words of a heading (headings.mark_sections).
HEADLINE = "data-headline"
# PHP's strtolower: the letters of ASCII only.
LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


def finish(root: Element, wiki: Wiki) -> None:
    """Number the headings and give those that begin sections MediaWiki's anchors, in place."""
    used: dict[str, int] = {}
    anchor = anchor_maker(wiki)
    for span in [span for span in root.iter("span") if HEADLINE in span.attrib]:
        unwrap(span)
    for number, heading in enumerate(root.iter(*HEADINGS), 1):
        written = str(heading.attrib.pop(FIXED, ""))
        if heading.get("data-section") is not None:
            name = _unique(written or anchor("".join(heading.itertext())), used)
            if heading.get("id") is None:
                heading.set("id", name)
        heading.set("data-section", str(number))


def _unique(name: str, used: dict[str, int]) -> str:
    """The second ``Notes`` is ``Notes_2``; cases of ASCII letters are one. ``used`` has the last number of each."""
    key = name.translate(LOWER)
    if key not in used:
        used[key] = 1
        return name
    while True:
        used[key] += 1
        candidate = f"{name}_{used[key]}"
        if candidate.translate(LOWER) not in used:
            used[candidate.translate(LOWER)] = 1
            return candidate
