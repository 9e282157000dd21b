"""Edit comments as pages show them, turned back into wikitext as far as that can be told.

The forms of Linker::formatComment and CommentParser: links, ``/* section */`` as a grey arrow link (``autocomment``),
parentheses around the whole up to 1.32 (later they are painted by CSS: ``comment--without-parentheses``).
"""

from __future__ import annotations

import re

from scraper.readers.html.addresses import WikiAddress, decoded
from scraper.readers.html.elements import MARKS, classes, first_of_class, plain_text
from scraper.readers.html.frame import Frame
from scraper.readers.html.page import Element

SHOWN_PLAIN = frozenset({"comment--without-parentheses", "mw-comment-none"})
PARENTHESES = {"(": ")", "（": "）", "[": "]"}  # the message `parentheses` in all languages
ARROW = re.compile(r"^\s*(?:-\s+)?[→←]\s*")
# The message `colon-separator` in all languages; in Chinese a space of no width follows, in Amharic it is ፦.
BEFORE_MORE = re.compile("(?<!\\s)\\s*+[:：፦꠪][\\s\u200b]*$|(?<!\\s)\\s++-\\s*$")
OPEN, CLOSE = "\x01", "\x02"  # around a section's name until it is known whether more follows; never in HTML
SECTION = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}[ \\t]*")
SPECIAL = -1
OWN_SUMMARY = "[[Special:Contributions/"  # messages undo-summary and revertpage, in all languages
OWN_NAMES = {2: "User", 3: "User talk"}
SPACED = re.compile(r"\*/(?=\S)")  # MediaWiki writes a space behind the section that it names
TRAIL = re.compile(r"[^\W\d_]+")
# Anchors as they were written up to 1.29, and are after where a wiki keeps to it ($wgFragmentMode "legacy").
OLD_ANCHOR = re.compile(r"(?:\.[C-F][0-9A-F](?:\.[89AB][0-9A-F]){1,3})+")


def comment_text(element: Element | None, frame: Frame) -> str:
    """The wikitext of what stands in ``element``; empty where there is no comment."""
    if element is None or "mw-comment-none" in classes(element):
        return ""
    text = _inside(element, frame).replace("\n", " ").translate(MARKS)
    bare = text.strip()
    if not (SHOWN_PLAIN & classes(element)) and PARENTHESES.get(bare[:1]) == bare[-1:] and bare:
        text = bare[1:-1]
    whole = SECTION.sub(lambda found: _section(found[1], goes_on=_goes_on(found, text)), text)
    return _as_mediawiki_wrote(SPACED.sub("*/ ", whole).strip(), frame)


def _as_mediawiki_wrote(text: str, frame: Frame) -> str:
    """MediaWiki's own summaries, of undoing and reverting, link to users by English names in every language."""
    if OWN_SUMMARY not in text:
        return text
    for number, canonical in OWN_NAMES.items():
        namespace = frame.titles.namespaces.get(number)
        text = text.replace(f"[[{namespace.name}:", f"[[{canonical}:") if namespace else text
    return text


def comment_of(row: Element, frame: Frame) -> str:
    """The comment of a line; one that is hidden counts as none."""
    found = first_of_class(row, "comment")
    return "" if found is None else comment_text(found, frame)


def _inside(element: Element, frame: Frame) -> str:
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            pieces.append(_piece(child, frame))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _piece(element: Element, frame: Frame) -> str:
    if "autocomment" in classes(element):
        return OPEN + ARROW.sub("", plain_text(element)) + CLOSE
    if element.tag == "a":
        return "" if ARROW.fullmatch(plain_text(element)) else _link(element, frame)
    return _inside(element, frame)


def _goes_on(found: re.Match[str], text: str) -> bool:
    """Whether anything follows, be it a space: up to 1.19 that was enough for a separator."""
    return found.end() < len(text) or found[0][-1:].isspace()


def _section(name: str, goes_on: bool) -> str:
    """``/* name */``; a separator stands behind the name only when a comment follows."""
    return f"/* {BEFORE_MORE.sub('', name) if goes_on else name.strip()} */"


def _link(element: Element, frame: Frame) -> str:
    text = plain_text(element)
    href = element.get("href") or ""
    if "extiw" in classes(element):
        return _written(element.get("title") or "", text)
    if href.startswith("#"):
        return _written("#" + decoded(href[1:]).replace("_", " "), text)
    address = frame.link(element)
    return _written(_target(address, frame), text) if address and address.title else f"[[{text}]]"


def _target(address: WikiAddress, frame: Frame) -> str:
    title = frame.title(address.title)
    if title and title.namespace_id == SPECIAL:
        _, slash, rest = title.name.partition("/")
        return f"Special:{frame.special(title)}{slash}{rest}"
    anchor = OLD_ANCHOR.sub(_letters, address.fragment).replace("_", " ")
    return address.title + (f"#{anchor}" if anchor else "")


def _letters(anchor: re.Match[str]) -> str:
    """The letters of a part of an old anchor; what is no UTF-8 stays."""
    try:
        return bytes.fromhex(anchor[0].replace(".", "")).decode()
    except UnicodeDecodeError:
        return anchor[0]


def _written(target: str, text: str) -> str:
    """The shortest link with that target and text: ``[[text]]``, ``[[text]]s`` or ``[[target|text]]``."""
    if not target or _same(target, text):
        return f"[[{text}]]"
    start, trail = text[: len(target)], text[len(target) :]
    if _same(target, start) and TRAIL.fullmatch(trail):
        return f"[[{start}]]{trail}"
    return f"[[{target}|{text}]]"


def _same(target: str, text: str) -> bool:
    text = text.replace("_", " ").strip()
    return text[:1].upper() + text[1:] == target[:1].upper() + target[1:]
