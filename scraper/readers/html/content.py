"""The content of a page cut out of its skin, as ``action=parse`` gives it. What is cut: ``furniture.py``."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator

from lxml import etree, html

from scraper.readers.html.context import PageContext
from scraper.readers.html.elements import classes, first_of_class, is_inside, of_class
from scraper.readers.html.furniture import (
    AROUND_CLASSES,
    AROUND_IDS,
    ENDS,
    GENERATED_IDS,
    INSIDE_CLASSES,
    INSIDE_IDS,
    PLAIN_WRAPPERS,
    REDIRECT_CLASSES,
    ROOTS_BY_CLASS,
    ROOTS_BY_ID,
    STARTS,
    USELESS_TAGS,
)
from scraper.readers.html.mobile import unfold
from scraper.readers.html.page import Element, ParsedPage

PARSER_OUTPUT = "mw-parser-output"
NAMED = etree.XPath("descendant::*[@id or @class]")
WITH_ID = etree.XPath("descendant::*[@id]")
# What stands right above the page's text in a difference; the second up to 1.17, for a page's first revision.
NEW_REVISION = ("diff-currentversion-title", "firstrevisionheader")


def content_of(page: ParsedPage, what: PageContext) -> Element | None:
    """A copy of the content in a ``div`` of its own, without furniture; ``None`` where no content can be told."""
    box = page.body if what.action == "render" else content_box(page)
    return None if box is None else cleaned(box)


def content_box(page: ParsedPage) -> Element | None:
    """The innermost element of the page that holds its content: by id, by class, by what stands around it."""
    box = next((page.ids[name] for name in ROOTS_BY_ID if name in page.ids), None)
    if box is None:
        box = next((page.classes[name][0] for name in ROOTS_BY_CLASS if name in page.classes), None)
    if box is None:
        box = _around(page)
    return box


def cleaned(box: Element) -> Element:
    """The content of such a box, copied and cleaned; a parser's output box comes as it is, as from the API."""
    content = _copied(box)
    _drop_outside_marks(content)
    _drop_above_heading(content)
    _drop_generated(content)
    drop(content, (child for child in content if _is_one(child, AROUND_IDS, AROUND_CLASSES)))
    _keep_parser_output(content)
    named = NAMED(content)
    drop(content, (inner for inner in named if _is_one(inner, INSIDE_IDS, INSIDE_CLASSES)))
    unfold(named)
    etree.strip_elements(content, etree.Comment, *USELESS_TAGS, with_tail=False)
    _normalise_redirect(content)
    return content


def written(content: Element) -> str:
    """The HTML inside the content's own box."""
    inside = "".join(html.tostring(child, encoding="unicode") for child in content)
    return (_escaped(content.text or "") + inside).strip()


def is_redirect(content: Element) -> bool:
    """Whether the page is shown as a redirect to another."""
    return first_of_class(content, *REDIRECT_CLASSES) is not None


def shows_new_revision(page: ParsedPage) -> bool:
    """Whether a difference also shows the page's text."""
    return any(name in page.classes for name in NEW_REVISION)


def drop(content: Element, elements: Iterable[Element]) -> None:
    """Take elements out; the text that follows them stays."""
    for element in list(elements):
        if element.getparent() is not None and element is not content:
            element.drop_tree()


def _copied(box: Element) -> Element:
    content = box.makeelement("div")
    if PARSER_OUTPUT in classes(box):
        content.append(copy.deepcopy(box))
        content[0].tail = None
        return content
    content.text = box.text
    content.extend(copy.deepcopy(child) for child in box)
    return content


def _around(page: ParsedPage) -> Element | None:
    """Skins that nobody knows still write the print footer after the content, and one heading before it."""
    if "printfooter" in page.classes:
        return page.classes["printfooter"][0].getparent()
    candidates = (page.ids.get("content"), *page.body.iter("main", "article"))
    return next((box for box in candidates if box is not None), None)


def _drop_outside_marks(content: Element) -> None:
    """Leave what stands between the comments that mark the content up to 1.18."""
    start = next(_comments(content, STARTS), None)
    if start is not None:
        _drop_before(content, start)
    end = next(_comments(content, ENDS), None)
    if end is not None:
        _drop_after(content, end)


def _comments(content: Element, marks: tuple[str, ...]) -> Iterator[Element]:
    return (mark for mark in content.xpath("./comment()") if (mark.text or "").strip() in marks)


def _drop_before(content: Element, mark: Element) -> None:
    content.text = None
    for element in list(mark.itersiblings(preceding=True)):
        content.remove(element)


def _drop_after(content: Element, mark: Element) -> None:
    for element in list(mark.itersiblings()):
        content.remove(element)
    mark.tail = None


def _keep_parser_output(content: Element) -> None:
    """From 1.30 on the content is what the parser's output box holds; before, it stands in the box of its language."""
    boxes = [
        child for child in content if isinstance(child.tag, str) and {PARSER_OUTPUT, "redirectMsg"} & classes(child)
    ]
    if boxes:
        content.text = None
        content[:] = boxes
    for child in list(content):
        if not boxes and isinstance(child.tag, str) and PLAIN_WRAPPERS & classes(child):
            child.drop_tag()


def _drop_above_heading(content: Element) -> None:
    """In a difference the content stands below a heading of its own."""
    heading = first_of_class(content, *NEW_REVISION)
    if heading is not None and heading.getparent() is content:
        _drop_before(content, heading)
        content.remove(heading)


def _drop_generated(content: Element) -> None:
    """Lists that the software makes stand below the page's own text."""
    first = next((element for element in WITH_ID(content) if element.get("id") in GENERATED_IDS), None)
    if first is None:
        return
    child = next(outer for outer in (first, *first.iterancestors()) if outer.getparent() is content)
    _drop_after(content, child)
    content.remove(child)


def _is_one(element: Element, ids: frozenset[str], names: frozenset[str]) -> bool:
    return isinstance(element.tag, str) and (element.get("id") in ids or not names.isdisjoint(classes(element)))


def _normalise_redirect(content: Element) -> None:
    """Up to 1.16 a redirect was a picture and a ``span``; later it is a box, which readers of HTML know."""
    for target in list(of_class(content, "redirectText")):
        picture = target.getprevious()
        if picture is not None and picture.tag == "img":
            picture.drop_tree()
        if target.tag == "span" and not is_inside(target, "redirectMsg"):
            target.tag = "div"
            target.set("class", "redirectMsg")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
