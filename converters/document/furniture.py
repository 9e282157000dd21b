"""What MediaWiki adds to a page for editors and scripts, and what is no part of what the page says."""

from __future__ import annotations

from lxml import etree

from converters.document.tree import Element, classes, drop, unwrap

# Classes of MediaWiki 1.27 to 1.43; each element with one of them goes, with all in it.
FURNITURE = frozenset({
    "mw-editsection",  # [edit] beside headings
    "editsection",  # the same up to 1.18
    "toc",  # the contents box
    "toclimit",
    "mw-empty-elt",  # hidden by MediaWiki's own style sheet since 1.29
    "mw-jump-link",
    "catlinks",
    "printfooter",
    "magnify",  # the enlarge icon of thumbnails up to 1.39
    "cite-accessibility-label",  # read by screen readers only
    "mw-tmh-label",  # start buttons of the media player
    "mw-indicators",
})  # fmt: skip
FURNITURE_IDS = frozenset({"toc", "siteSub", "contentSub", "jump-to-nav", "catlinks"})
# Wrappers that add nothing: their content stays.
WRAPPERS = frozenset({"mw-parser-output", "mw-heading", "mw-references-wrap"})


# What has neither class nor id is nobody's furniture.
MARKED = etree.XPath("descendant::*[@class or @id]")


def remove_furniture(root: Element) -> None:
    """Take out, in place, everything that is not the page's own content."""
    etree.strip_elements(root, "style", "link", "meta", "script", with_tail=False)
    for element in MARKED(root):
        words = classes(element)
        if words & FURNITURE or element.get("id") in FURNITURE_IDS:
            drop(element)
        elif words & WRAPPERS:
            unwrap(element)
