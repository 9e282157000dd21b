"""Last touches on the tree: anchors and numbers of headings."""

from __future__ import annotations

import re

from converters.document.tree import Element, classes
from converters.document.vocabulary import HEADINGS

SPACES = re.compile(r"[\s_]+")


def finish(root: Element) -> None:
    """Number the headings and give them MediaWiki's anchors, in place."""
    used: dict[str, int] = {}
    for number, heading in enumerate(root.iter(*HEADINGS), 1):
        heading.set("id", _unique(heading.get("id") or _anchor(heading), used))
        heading.set("data-section", str(number))


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
