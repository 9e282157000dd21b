"""External links: in single brackets, and addresses in the running text (Parser::handleExternalLinks)."""

from __future__ import annotations

import html
import re

from converters.document.sanitise import SCHEMES
from converters.document.tree import escape
from converters.wikitext.state import Page

# Parser::EXT_LINK_URL_CLASS: no brackets, quotes, angle brackets, controls or spaces; Zs of Unicode spelled out.
URL_CHARACTER = r"[^\[\]<>\"\x00-\x20\x7f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufffd]"
WITHOUT_SLASHES = frozenset(
    {"bitcoin", "geo", "magnet", "mailto", "matrix", "news", "sip", "sips", "sms", "tel", "urn", "xmpp"}
)
PROTOCOLS = "|".join(
    sorted((f"{name}:" if name in WITHOUT_SLASHES else f"{name}://" for name in SCHEMES), key=len, reverse=True)
)
BRACKETED = re.compile(rf"\[((?:{PROTOCOLS}|//){URL_CHARACTER}+)[ \t\u00a0\u3000]*", re.I)
FREE = re.compile(rf"<a[ >].*?</a>|<[^<>]*>|(?<![\w])(?:{PROTOCOLS}){URL_CHARACTER}+", re.I | re.S)
ENTITY_END = re.compile(r"&(?:lt|gt);", re.I)
IMAGE = re.compile(r"https?://[^\s?#]+\.(?:gif|png|jpe?g|webp|svg)", re.I)
TRAILING = ",;.:!?"


def render_external_links(text: str, page: Page) -> str:
    """The text with its external links as markers."""
    if "[" in text and ("//" in text or ":" in text):
        text = _bracketed(text, page)
    if ":" in text:
        text = FREE.sub(lambda found: _free(found[0], page), text)
    return text


def _bracketed(text: str, page: Page) -> str:
    pieces: list[str] = []
    position = closing = newline = 0
    for found in BRACKETED.finditer(text):
        if found.start() < position:
            continue
        # Both are searched again only when passed: one run over the text in all.
        if closing < found.end():
            closing = _find(text, "]", found.end())
        if newline < found.end():
            newline = _find(text, "\n", found.end())
        if closing > newline or closing == len(text):
            continue
        url, label = _split_entity(found[1], text[found.end() : closing])
        pieces += [text[position : found.start()], _link(url, label.strip(), page)]
        position = closing + 1
    return "".join([*pieces, text[position:]])


def _find(text: str, needle: str, start: int) -> int:
    position = text.find(needle, start)
    return position if position >= 0 else len(text)


def _split_entity(url: str, label: str) -> tuple[str, str]:
    """``&lt;`` and ``&gt;`` end an address."""
    found = ENTITY_END.search(url)
    return (url[: found.start()], url[found.start() :] + label) if found else (url, label)


def _link(url: str, label: str, page: Page) -> str:
    if not label:
        page.external_count += 1
        label, kind = f"[{page.external_count}]", "autonumber"
    else:
        kind = ""
    classes = f' class="{kind}"' if kind else ""
    href = escape(html.unescape(url.replace("''", "%27%27")))
    opening = page.markers.put(f'<a{classes} data-link="external" href="{href}">')
    return (
        f"{opening}{label}{page.markers.put('</a>')}"
        if not kind
        else page.markers.put(f'<a{classes} data-link="external" href="{href}">{label}</a>')
    )


def _free(found: str, page: Page) -> str:
    if found.startswith("<"):
        return found
    url, rest = _split_entity(found, "")
    trailing = TRAILING if "(" in url else TRAILING + ")"
    stripped = url.rstrip(trailing)
    if url[len(stripped) : len(stripped) + 1] == ";" and re.search(r"&(?:[a-z]+|#x?[0-9a-f]+)$", stripped, re.I):
        stripped += ";"
    rest = url[len(stripped) :] + rest
    if stripped.endswith(("//", ":")):
        return found
    shown = escape(html.unescape(stripped))
    link = page.markers.put(f'<a data-link="external" href="{shown}">{shown}</a>')
    return link + rest
