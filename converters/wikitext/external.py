"""External links in single brackets (Parser::handleExternalLinks), and what makes an address clean."""

from __future__ import annotations

import re
from urllib.parse import quote_plus

from converters.document.sanitise import SCHEMES
from converters.document.tree import escape
from converters.language import language, own_digits
from converters.wikitext.entities import decode
from converters.wikitext.securelinks import secure
from converters.wikitext.state import Page

# Parser::EXT_LINK_URL_CLASS: no brackets, quotes, angle brackets, controls or spaces; Zs of Unicode spelled out.
SPACE = "\u0020\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
URL_CHARACTER = rf"[^\[\]<>\"\x00-\x20\x7f{SPACE}\ufffd]"
# Parser::EXT_LINK_ADDR: the first character after the protocol, or an IPv6 address.
HOST = rf"(?:\[[0-9A-Fa-f:.]+\]|{URL_CHARACTER})"
WITHOUT_SLASHES = frozenset(
    {"bitcoin", "geo", "magnet", "mailto", "matrix", "news", "sip", "sips", "sms", "tel", "urn", "xmpp"}
)
PROTOCOLS = "|".join(
    sorted((f"{name}:" if name in WITHOUT_SLASHES else f"{name}://" for name in SCHEMES), key=len, reverse=True)
)
BRACKETED = re.compile(rf"\[((?:{PROTOCOLS}|//){HOST}{URL_CHARACTER}*)[{SPACE}]*", re.I)
# Parser::EXT_IMAGE_REGEX.
IMAGE = re.compile(
    rf"https?://{HOST}{URL_CHARACTER}+/([A-Za-z0-9_.,~%+&;#*?!=()@\x80-\uffff-]+\.(?:avif|gif|jpe?g|png|svg|webp))",
    re.I,
)
ADDRESS = re.compile(PROTOCOLS, re.I)
ENTITY_END = re.compile(r"&(?:lt|gt);")
# What ends a label without closing it: the link is none.
BREAK = re.compile("[\x00-\x08\x0a-\x1f\ufffd]")
UNCLEAN = re.compile(r'[\]\[<>"\x00-\x20\x7f|]')
PARTS = re.compile(r"([^:]+:)?(//[^/]+)?(.*)", re.S)
# Characters that host names do not count (Sanitizer::cleanUrl).
UNSEEN = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
IPV6 = re.compile(r"//%5B([0-9A-Fa-f:.]+)%5D((?::\d+)?)")


def render_external_links(text: str, page: Page) -> str:
    """The text with its links in brackets as HTML."""
    if "[" not in text or ("//" not in text and ":" not in text):
        return text
    pieces: list[str] = []
    position = closing = broken = 0
    for found in BRACKETED.finditer(text):
        if found.start() < position:
            continue
        # Both are searched again only when passed: one run over the text in all.
        if closing < found.end():
            closing = _find(text, found.end())
        if broken < found.end():
            ending = BREAK.search(text, found.end())
            broken = ending.start() if ending else len(text)
        if closing > broken or closing == len(text):
            continue
        url, label = _split_entity(found[1], text[found.end() : closing])
        pieces += [text[position : found.start()], _link(url, label, page)]
        position = closing + 1
    return "".join([*pieces, text[position:]])


def clean_url(written: str) -> str:
    """An address with its references decoded and what would break out of an attribute or a link encoded."""
    url = UNCLEAN.sub(lambda found: quote_plus(found[0]), decode(written))
    found = PARTS.fullmatch(url)
    if found is None or found[1] is None:
        return url
    host = UNSEEN.sub("", found[2] or "")
    address = IPV6.fullmatch(host)
    return found[1] + (f"//[{address[1]}]{address[2]}" if address else host) + found[3]


def external_image(url: str, page: Page) -> str:
    """The picture at an address, where the wiki shows such; else nothing."""
    allowed = (page.wiki.siteinfo.get("general") or {}).get("externalimages") or ()
    if not url.startswith(tuple(allowed)) or not (found := IMAGE.fullmatch(url)):
        return ""
    return f'<img data-external="" src="{escape(url)}" alt="{escape(found[1])}">'


def external_link(url: str, label: str, kind: str = "") -> str:
    """The HTML of a link to a clean address."""
    classes = f' class="{kind}"' if kind else ""
    return f'<a{classes} data-link="external" href="{escape(url)}">{label}</a>'


def unconverted(label: str, page: Page) -> str:
    """An address shown as it is, also where words are converted to a variant of the language."""
    return label if page.converter is None else f"-{{R|{label}}}-"


def _find(text: str, start: int) -> int:
    position = text.find("]", start)
    return position if position >= 0 else len(text)


def _split_entity(url: str, label: str) -> tuple[str, str]:
    """``&lt;`` and ``&gt;`` end an address."""
    found = ENTITY_END.search(url)
    return (url[: found.start()], f"{url[found.start() :]} {label}") if found else (url, label)


def _link(url: str, label: str, page: Page) -> str:
    address = secure(clean_url(url), page.wiki)
    if label:
        shown = unconverted(label, page) if ADDRESS.match(label) else label
        return external_link(address, external_image(label, page) or shown)
    page.external_count += 1
    number = own_digits(page.external_count, language(page.wiki.site.language))
    return external_link(address, f"[{number}]", "autonumber")
