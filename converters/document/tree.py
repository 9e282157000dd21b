"""From HTML text to a tree and back: the one way in this project."""

from __future__ import annotations

from lxml import etree

Element = etree._Element


def article(html: str) -> Element:
    """The tree of an HTML fragment under an ``<article>`` root.

    Never fails: broken markup is repaired as libxml2 does. Comments and processing instructions are dropped.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    body = f"<html><body><article>{html}</article></body></html>"
    root = etree.fromstring(body.encode("utf-8", "replace"), parser)
    found = root.find("body/article") if root is not None else None
    if found is None:
        return etree.Element("article")
    found.tail = None
    return found


def inner_html(element: Element) -> str:
    """The HTML of everything inside an element, without the element's own tag."""
    parts = [escape(element.text or "")]
    parts += (etree.tostring(child, encoding="unicode", method="html") for child in element)
    return "".join(parts)


def escape(text: str) -> str:
    """Text as HTML content or as the value of a double-quoted attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
