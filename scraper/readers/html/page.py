"""A page of a wiki as a tree, parsed once: what every reader of HTML works on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from lxml import etree, html

from scraper.model import Capture
from scraper.readers.html.addresses import number
from scraper.readers.html.variables import Value, read_variables

Element = html.HtmlElement

CONTROLS = bytes(code for code in range(32) if chr(code) not in "\t\n\r")  # no HTML can hold them, damage can
DECLARED = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]+)")
# lxml.html looks up a class for each element by its name; one for all is five times faster.
ONE_CLASS = etree.ElementDefaultClassLookup(element=html.HtmlElement, comment=html.HtmlComment)
WITH_ID = etree.XPath("//*[@id]")
WITH_CLASS = etree.XPath("//*[@class]")
WITH_TIME = etree.XPath("//comment()[contains(., 'timestamp')]")
UTF_8 = "utf-8"
LATIN = {"iso-8859-1": "windows-1252", "latin1": "windows-1252"}  # as browsers read them
HEAD = 4096  # bytes in which a page declares its encoding


@dataclass(frozen=True)
class ParsedPage:
    """One HTML page of a wiki. Readers may not change ``root``: they copy what they cut out."""

    capture: Capture
    root: Element

    @cached_property
    def variables(self) -> dict[str, Value]:
        """What the page's own scripts are told: ``wgPageName``, ``wgCurRevisionId``…"""
        scripts = (script.text for script in self.root.iter("script") if not script.get("src"))
        return read_variables(text for text in scripts if text)

    @cached_property
    def ids(self) -> dict[str, Element]:
        """The first element with each ``id``."""
        found: dict[str, Element] = {}
        for element in WITH_ID(self.root):
            found.setdefault(element.get("id", ""), element)
        return found

    @cached_property
    def classes(self) -> dict[str, list[Element]]:
        """The elements of each class, in the order of the page."""
        found: dict[str, list[Element]] = {}
        for element in WITH_CLASS(self.root):
            for name in element.get("class", "").split():
                found.setdefault(name, []).append(element)
        return found

    @cached_property
    def comments(self) -> tuple[str, ...]:
        """The HTML comments that hold a time: those of the parser and its cache."""
        return tuple(comment.text or "" for comment in WITH_TIME(self.root))

    @cached_property
    def body(self) -> Element:
        found = self.root.find("body")
        return self.root if found is None else found

    @cached_property
    def body_classes(self) -> frozenset[str]:
        return frozenset((self.body.get("class") or "").split())

    def text(self, name: str) -> str:
        """The text of the element with this id, spaces made one; empty without it."""
        element = self.ids.get(name)
        return "" if element is None else text_of(element)

    def variable(self, name: str) -> str:
        """A variable that holds a text; empty for anything else."""
        value = self.variables.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """A variable that holds a positive number, bare or quoted (both occur up to 1.15)."""
        value = self.variables.get(name)
        return None if isinstance(value, bool) or not isinstance(value, int | str) else number(str(value))


def parse_page(capture: Capture) -> ParsedPage | None:
    """The page as a tree, ``None`` where there is nothing to parse."""
    if not capture.body.strip():
        return None
    parser = html.HTMLParser(encoding=encoding_of(capture), huge_tree=True)
    parser.set_element_class_lookup(ONE_CLASS)
    try:
        root = html.document_fromstring(capture.body.translate(None, CONTROLS), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, LookupError):
        return None
    return ParsedPage(capture, root)


def encoding_of(capture: Capture) -> str:
    """UTF-8, as MediaWiki writes since 1.5; what the page declares where its bytes are not UTF-8."""
    try:
        capture.body.decode()
        return UTF_8
    except UnicodeDecodeError:
        declared = DECLARED.search(capture.body[:HEAD])
    name = declared[1].decode().lower() if declared else UTF_8
    name = LATIN.get(name, name)
    return name if _can_be_parsed(name) else UTF_8


def _can_be_parsed(encoding: str) -> bool:
    try:
        html.HTMLParser(encoding=encoding)
    except LookupError:
        return False
    return True


def text_of(element: Element) -> str:
    """The visible text in an element, runs of white space made one space."""
    return " ".join("".join(element.itertext(etree.Element)).split())
