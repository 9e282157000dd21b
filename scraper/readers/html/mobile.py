"""What MobileFrontend changes in a page's content: sections in boxes that fold, pictures that load late.

MobileFrontend's MakeSectionsTransform and LazyImageTransform (1.27 to 1.43), MobileFormatter before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from scraper.readers.html.elements import classes
from scraper.readers.html.page import Element

SECTION = re.compile(r"\b(?:mf-section-\d+|content_block)\b")
HEADINGS = frozenset({"section-heading", "section_heading", "collapsible-heading"})
BUTTONS = frozenset({"indicator", "mw-ui-icon"})  # that fold the section below
LATE = "lazy-image-placeholder"
TOLD = ("src", "srcset", "alt", "width", "height", "class")


def unfold(named: Iterable[Element]) -> None:
    """Undo it, in place, in elements with an id or a class; those that were taken out stay out."""
    for element in named:
        written = element.get("class") or ""
        if element.getparent() is None:
            continue
        if LATE in written.split():
            _show(element)
        elif SECTION.search(written):
            element.drop_tag()
        elif "section" in written or "collapsible" in written:
            _bare(element)


def _show(placeholder: Element) -> None:
    """The picture stands before it, for browsers without scripts, or only in its attributes."""
    before = placeholder.getprevious()
    if before is not None and before.tag == "noscript":
        before.drop_tag()
        placeholder.drop_tree()
        return
    told = {name: placeholder.get(f"data-{name}") for name in TOLD}
    placeholder.text, placeholder.tag = None, "img"
    placeholder.attrib.clear()
    placeholder.attrib.update({name: value for name, value in told.items() if value})


def _bare(heading: Element) -> None:
    """A heading as it was."""
    if not HEADINGS & classes(heading):
        return
    for child in list(heading):
        if BUTTONS & classes(child):
            child.drop_tree()
    for name in ("class", "onclick"):
        heading.attrib.pop(name, None)
