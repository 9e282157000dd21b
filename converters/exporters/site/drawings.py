"""Which drawings are nothing but drawings: an SVG opened by itself is a document, and may run what it holds.

A server that was told gives them a policy under which nothing runs (``servers/policies.py``); on a bare host and from a
disk only what they are made of counts. MediaWiki looks for much the same before it takes one (UploadBase).
"""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from converters.document import Element

LARGEST = 20_000_000
# Others (ISO-2022-JP, UTF-16) can hide the names that matter from whoever reads them as ASCII.
ENCODINGS = frozenset({"utf-8", "us-ascii", "ascii", "iso-8859-1", "windows-1252"})
DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)")
# A document type may define words that stand for anything; sheets of style may be fetched by an instruction.
NOT_PLAIN = re.compile(rb"\x00|<!ENTITY|<\?xml-", re.I)
SVG = "http://www.w3.org/2000/svg"
# Elements of these mean nothing to a browser but in their own documents; drawing programs leave many of others.
LIVELY = frozenset(
    {"http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2001/xml-events"}
)
RUNNING = frozenset({"script", "foreignobject", "handler", "listener", "iframe", "embed", "object", "audio", "video"})
# Addresses within the drawing, and pictures that it carries.
INSIDE = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,]|$)", re.I)
WEB = re.compile(r"\s*(?:https?://|[^:]*$)", re.I)
FETCHING_STYLE = re.compile(r"@import|image-set|\\|url\(\s*[\"']?\s*(?!#|data:|[\"')\s])", re.I)
ANIMATING = frozenset({"animate", "set", "animatetransform", "animatemotion", "animatecolor"})
LEADING = re.compile(r"\s*(?:[\w.-]+:)?(?:href|on\w+)\s*", re.I)


def is_drawing(path: Path) -> bool:
    """Whether an SVG runs nothing and asks nobody for anything; what cannot be read says so of nothing."""
    if path.stat().st_size > LARGEST:
        return False
    content = path.read_bytes()
    declared = DECLARED.match(content.lstrip(b"\xef\xbb\xbf"))
    if NOT_PLAIN.search(content) or (declared and declared[1].decode("latin-1").lower() not in ENCODINGS):
        return False
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return all(map(_is_harmless, root.iter(etree.Element)))


def _is_harmless(element: Element) -> bool:
    name = etree.QName(element)
    if name.namespace in LIVELY or name.localname.lower() in RUNNING:
        return False
    if name.localname == "style" and FETCHING_STYLE.search("".join(element.itertext())):
        return False
    return all(_is_quiet(name.localname, str(key), str(value)) for key, value in element.items())


def _is_quiet(element: str, attribute: str, value: str) -> bool:
    """``attribute`` in Clark notation: those of other vocabularies are never handlers."""
    local = attribute.rpartition("}")[2].lower()
    if local.startswith("on") and "{" not in attribute:
        return False
    if local in ("href", "src", "base"):
        return (WEB if element == "a" and local == "href" else INSIDE).match(value) is not None
    if element.lower() in ANIMATING and local == "attributename":
        return LEADING.fullmatch(value) is None
    return "{" in attribute or FETCHING_STYLE.search(value) is None
