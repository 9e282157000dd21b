"""Bring a tree into the vocabulary: what it does not have is unwrapped or dropped, and counted."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from converters.document.tree import Element
from converters.document.vocabulary import ELEMENTS, is_allowed

# Code, other documents and drawings: no words of the page.
WORDLESS = ("script", "style", "iframe", "object", "embed", "applet", "svg", "template", "noscript")
# Marks for MediaWiki's own scripts and styles, and form fields that only serve them: nobody misses these.
UNMISSED = frozenset({"style", "link", "meta", "template", "noscript"})
UNKNOWN = "unknown"
WITH_ATTRIBUTES = etree.XPath("descendant-or-self::*[@*]")


def conform(root: Element) -> Counter[str]:
    """Drop or unwrap elements and drop attributes outside the vocabulary, in place.

    Gives how many elements of each name a reader of the page would miss.
    """
    missed = Counter(str(element.tag) for element in root.iter() if element.tag not in ELEMENTS)
    if missed:
        etree.strip_elements(root, *WORDLESS, with_tail=False)
        # All at once: one by one, each would be carried out of all those around it. lxml asks for no names such as
        # "a\x01", which libxml2 keeps.
        for element in root.iter():
            if element.tag not in ELEMENTS:
                element.tag = UNKNOWN
        etree.strip_tags(root, UNKNOWN)
    for element in WITH_ATTRIBUTES(root):
        kept = {str(name): value for name, value in element.items() if is_allowed(str(element.tag), str(name))}
        if len(kept) < len(element.attrib):
            # libxml2 keeps names such as "{{a" that lxml finds no attribute by.
            element.attrib.clear()
            element.attrib.update(kept)
    return Counter({name: count for name, count in missed.items() if name not in UNMISSED})
