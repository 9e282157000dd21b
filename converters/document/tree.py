"""From HTML text to a tree and back: the one way in this project."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from lxml import etree

Element = etree._Element
TAG = re.compile(r"<[^<>]*>")
# What XML, and so lxml, cannot hold.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
REFERENCE = re.compile(r"&#(?:[0-9]+|x[0-9a-f]+);?", re.I)


def article(html: str) -> Element:
    """The tree of an HTML fragment under an ``<article>`` root.

    Never fails: broken markup is repaired as libxml2 does. Comments and processing instructions are dropped.
    """
    return parse(html)[0]


def parse(html: str) -> tuple[Element, bool]:
    """The same, and whether all of its structure could be kept.

    libxml2 stops at elements nested 2,048 deep. Nobody writes such pages; their words come as one ``<pre>``.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    written = REFERENCE.sub(_reference, html) if "&#" in html else html
    root = etree.fromstring(f"<html><body>{written}</body></html>".encode("utf-8", "replace"), parser)
    body = root.find("body") if root is not None else None
    if any(error.level_name == "FATAL" for error in parser.error_log):
        return words_only(html), False
    if body is None:
        return etree.Element("article"), True
    body.tag, body.tail = "article", None
    body.attrib.clear()
    return body, True


def _reference(found: re.Match[str]) -> str:
    """Nothing for a control character: libxml2 would let it into the tree, where lxml can no longer write it."""
    character = found[0]
    digits = character.strip("&#;")
    try:
        meant = chr(int(digits[1:], 16) if digits[0] in "xX" else int(digits))
    except (ValueError, OverflowError):
        return ""
    return "" if CONTROLS.match(meant) else character


def words_only(html: str) -> Element:
    """The words of an HTML fragment as one ``<pre>``, in time in proportion to it."""
    root = etree.Element("article")
    words = etree.SubElement(root, "pre")
    words.text = CONTROLS.sub("", unescape(TAG.sub("", html)))
    return root


def inner_html(element: Element) -> str:
    """The HTML of everything inside an element, without the element's own tag."""
    parts = [escape(element.text or "")]
    parts += (etree.tostring(child, encoding="unicode", method="html") for child in element)
    return "".join(parts)


def escape(text: str) -> str:
    """Text as HTML content or as the value of a double-quoted attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def drop(element: Element) -> None:
    """Take an element and all in it out of its tree; the text after it stays."""
    parent = element.getparent()
    if parent is not None:
        _append_text(parent, element.getprevious(), element.tail)
        element.tail = None
        parent.remove(element)


def unwrap(element: Element) -> None:
    """Take an element out of its tree and leave what is in it in its place."""
    parent = element.getparent()
    if parent is None:
        return
    _append_text(parent, element.getprevious(), element.text)
    for child in list(element):
        element.addprevious(child)
    drop(element)


def _append_text(parent: Element, previous: Element | None, text: str | None) -> None:
    if not text:
        return
    if previous is None:
        parent.text = (parent.text or "") + text
    else:
        previous.tail = (previous.tail or "") + text


def classes(element: Element) -> frozenset[str]:
    """The words of the class attribute."""
    return frozenset((element.get("class") or "").split())


def set_classes(element: Element, words: Iterable[str]) -> None:
    """Write the class attribute in alphabetical order, or take it away when no word is left."""
    value = " ".join(sorted(words))
    if value:
        element.set("class", value)
    else:
        element.attrib.pop("class", None)
