"""The vocabulary of page documents: which elements, which attributes, and what each ``data-*`` mark means.

A document is HTML5 content under one ``<article>``. What HTML cannot say is said by these attributes:

``data-section``   on h1…h6: the section's running number in the page, 1, 2, …; the lead is 0. ``id`` is the anchor.
``data-link``      on a: what the link is, see :class:`LinkKind`.
``data-title``     full title in the wiki's own form, with spaces; for interwiki links ``prefix:title``.
``data-fragment``  the part after ``#`` of a link to another page, decoded, without ``#``.
``data-query``     what the address of a file's page has after ``?``: ``page=2`` of a book, ``lang=de`` of a drawing.
``data-missing``   empty, on links and media whose page or file the wiki did not have.
``data-file``      on img, audio, video and the figure or gallery box around them: file name without namespace.
``data-external``  empty, on img: the picture is not the wiki's; only then ``src`` stands, http or https.
``data-ref-group`` on sup.reference and ol.references: the group of the footnotes, empty for the usual one.
``data-showthumbnails`` on ul.mw-gallery-slideshow: 1 where the small pictures are seen below the large one.
``data-line``      on span.linenos: the number of a line of source, which the style sheet draws.
``data-template``  on div and span: the full title of a template call that was not expanded.

Links inside the wiki (internal, file, category) carry no ``href`` and the wiki's pictures no ``src``: whoever
publishes the document knows the addresses and writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from converters.document.tree import Element


class LinkKind(StrEnum):
    """Where a link leads: a page of the wiki, its file, its category, another wiki, the web, or this page."""

    INTERNAL = "internal"
    FILE = "file"
    CATEGORY = "category"
    INTERWIKI = "interwiki"
    LANGUAGE = "language"
    EXTERNAL = "external"
    ANCHOR = "anchor"


TITLED = frozenset({LinkKind.INTERNAL, LinkKind.FILE, LinkKind.CATEGORY})
LEADING_OUT = frozenset({LinkKind.INTERWIKI, LinkKind.LANGUAGE, LinkKind.EXTERNAL})

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
MEDIA = frozenset({"img", "audio", "video"})
VOID = frozenset({"br", "col", "hr", "img", "source", "track", "wbr"})
# Sanitizer::setupAttributesAllowedInternal of MediaWiki 1.43: what stands on any element.
COMMON_ATTRIBUTES = frozenset({"id", "class", "style", "lang", "dir", "title", "role", "tabindex"})
ARIA = re.compile(r"aria-[a-z]+")


@dataclass(frozen=True, slots=True)
class ElementKind:
    """One line of ``elements.tsv``. ``display`` is block, inline, column or math."""

    display: str
    attributes: frozenset[str]


def _read_elements() -> dict[str, ElementKind]:
    lines = files(__package__).joinpath("elements.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {row[0]: ElementKind(row[1], frozenset(" ".join(row[2:]).split())) for row in rows}


ELEMENTS = _read_elements()
# What only page documents have: MediaWiki's own pages mark sort values and lines of source in the same way.
MARKS = frozenset(
    name
    for kind in ELEMENTS.values()
    for name in kind.attributes
    if name.startswith("data-") and name not in ("data-sort-value", "data-line", "data-showthumbnails")
)
# Elements that begin and end a line of text.
BLOCKS = frozenset(name for name, kind in ELEMENTS.items() if kind.display == "block")


def is_allowed(element: str, attribute: str) -> bool:
    """Whether the vocabulary has this attribute on this element."""
    return (
        attribute in COMMON_ATTRIBUTES
        or (element in ELEMENTS and attribute in ELEMENTS[element].attributes)
        or ARIA.fullmatch(attribute) is not None
    )


def validate(root: Element) -> list[str]:
    """What in a tree is outside the vocabulary, one sentence each, in document order; empty: all is well."""
    faults = [] if root.tag == "article" else [f"the root is {root.tag!r}, not 'article'"]
    sections = 0
    for element in root.iter():
        faults += _element_faults(element)
        if element.tag in HEADINGS and element.get("data-section"):
            sections += 1
            if element.get("data-section") != str(sections):
                faults.append(f"heading {element.get('id')!r} is not numbered {sections}")
    return faults


def _element_faults(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str):
        yield "a comment or processing instruction is left"
        return
    if element.tag not in ELEMENTS:
        yield f"<{element.tag}> is not in the vocabulary"
    for name in element.keys():  # noqa: SIM118 - an lxml element iterates over its children
        if not is_allowed(element.tag, str(name)):
            yield f"<{element.tag}> must not have {name}"
    if element.tag == "a":
        yield from _link_faults(element)
    if element.tag in MEDIA:
        yield from _media_faults(element)


def _link_faults(link: Element) -> Iterator[str]:
    kind, href = link.get("data-link"), link.get("href")
    if kind is None:
        if href is not None:
            yield f"a link to {href!r} has no data-link"
    elif kind in TITLED:
        if not link.get("data-title"):
            yield f"a link of kind {kind} has no data-title"
        if href is not None:
            yield f"a link of kind {kind} has an href, {href!r}"
    elif kind == LinkKind.ANCHOR:
        if not (href or "").startswith("#"):
            yield f"an anchor link leads to {href!r}"
    elif kind in LEADING_OUT:
        if not href:
            yield f"a link of kind {kind} has no href"
    else:
        yield f"{kind!r} is no kind of link"


def _media_faults(media: Element) -> Iterator[str]:
    if media.get("data-file") is None and media.get("data-external") is None:
        yield f"{media.tag!r} is neither a file of the wiki nor external"
    if media.get("src") is not None and media.get("data-external") is None:
        yield f"{media.tag!r} of the wiki has a src"
