"""Last touches on the tree: anchors and numbers of headings, and nothing empty left over."""

from __future__ import annotations

import re

from lxml import etree

from converters.document.tree import Element, classes, drop
from converters.document.vocabulary import BLOCKS, HEADINGS

SPACES = re.compile(r"[\s_]+")


def finish(root: Element) -> None:
    """Number the headings, give them MediaWiki's anchors, drop empty paragraphs, in place."""
    for paragraph in list(root.iter("p")):
        if not len(paragraph) and not (paragraph.text or "").strip() and not paragraph.attrib:
            drop(paragraph)
    for container in [root, *root.iter("blockquote")]:
        _wrap_loose_text(container)
    used: dict[str, int] = {}
    for number, heading in enumerate(root.iter(*HEADINGS), 1):
        heading.set("id", _unique(heading.get("id") or _anchor(heading), used))
        heading.set("data-section", str(number))


def _wrap_loose_text(container: Element) -> None:
    """Text beside blocks becomes a paragraph, as MediaWiki's tidying does in the page and in quotations."""
    paragraph: Element | None = None
    if (container.text or "").strip():
        paragraph = etree.Element("p")
        paragraph.text, container.text = container.text, None
        container.insert(0, paragraph)
    for child in [child for child in container if child is not paragraph]:
        if child.tag not in BLOCKS and not any(inner.tag in BLOCKS for inner in child.iterdescendants()):
            if paragraph is None:
                paragraph = etree.Element("p")
                child.addprevious(paragraph)
            paragraph.append(child)
        else:
            paragraph = _paragraph_after(child)


def _paragraph_after(block: Element) -> Element | None:
    if not (block.tail or "").strip():
        return None
    paragraph = etree.Element("p")
    paragraph.text, block.tail = block.tail, None
    block.addnext(paragraph)
    return paragraph


def _anchor(heading: Element) -> str:
    """The heading's text, its footnote marks aside, with underscores (Sanitizer::escapeIdForAttribute, html5)."""
    marks = [sup for sup in heading.iter("sup") if "reference" in classes(sup)]
    text = "".join(heading.itertext())
    for mark in marks:
        text = text.replace("".join(mark.itertext()), "", 1)
    return SPACES.sub("_", text.strip())


def _unique(anchor: str, used: dict[str, int]) -> str:
    """The second ``Notes`` is ``Notes_2``; upper and lower case are one. ``used`` has the last number of each."""
    key = anchor.lower()
    if key not in used:
        used[key] = 1
        return anchor
    while True:
        used[key] += 1
        candidate = f"{anchor}_{used[key]}"
        if candidate.lower() not in used:
            used[candidate.lower()] = 1
            return candidate
