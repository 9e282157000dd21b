"""Headings: one shape for those of MediaWiki up to 1.42 (span.mw-headline) and since 1.43 (id on the heading)."""

from __future__ import annotations

from converters.document.tree import Element, classes, unwrap
from converters.document.vocabulary import HEADINGS


def number_headings(root: Element) -> None:
    """Give each heading its anchor as ``id`` and its running number as ``data-section``, in place.

    The empty span with the anchor in its older spelling stays: old links lead to it.
    """
    for number, heading in enumerate(list(root.iter(*HEADINGS)), 1):
        for span in list(heading.iter("span")):
            if "mw-headline" in classes(span):
                heading.set("id", span.get("id") or heading.get("id") or "")
                unwrap(span)
        heading.set("data-section", str(number))
        if heading.text:
            heading.text = heading.text.lstrip()
