"""Addresses in the running text, and RFC, PMID and ISBN with a number (Parser::handleMagicLinks)."""

from __future__ import annotations

import re
from functools import partial

from converters.document.tree import escape
from converters.document.vocabulary import LinkKind
from converters.wikitext.external import (
    HOST,
    PROTOCOLS,
    SPACE,
    URL_CHARACTER,
    clean_url,
    external_image,
    external_link,
    unconverted,
)
from converters.wikitext.securelinks import secure
from converters.wikitext.state import Page
from converters.wikitext.targets import special_page

GAP = rf"(?:[\t{SPACE}]|&nbsp;|&\#0*160;|&\#[Xx]0*[Aa]0;)"
LINK = r"<a[ \t\r\n>].*?</a>"
TAG = r"<[^<>]*>"
# The look ahead spares most words the comparison with every protocol.
ADDRESS = rf"\b(?=[A-Za-z]{{2,12}}:)(?:{PROTOCOLS})(?P<rest>{HOST}{URL_CHARACTER}*)"
NUMBERS = (
    rf"\b(?P<kind>RFC|PMID){GAP}+(?P<number>[0-9]+)\b"
    rf"|\bISBN{GAP}+(?P<isbn>(?:97[89](?:-|{GAP})?)?(?:[0-9](?:-|{GAP})?){{9}}[0-9Xx])\b"
)
ADDRESSES = re.compile(f"{LINK}|{TAG}|(?i:{ADDRESS})(?P<kind>)(?P<isbn>)")
ALL = re.compile(f"{LINK}|{TAG}|(?i:{ADDRESS})|{NUMBERS}")
MENTION = re.compile(r"\b(?:RFC|PMID|ISBN)(?:[\s&]|[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])")
URL_END = re.compile(r"&(?:lt|gt|nbsp|#x0*(?:3[CcEe]|[Aa]0)|#0*(?:60|62|160));")
TRAILING = ",;.:!?\\"
UNFINISHED = re.compile(r"&(?:[a-z]+|#x[\da-f]+|#\d+)", re.I)
GAPS = re.compile(GAP)
# Messages rfcurl and pubmedurl of MediaWiki 1.39.
ADDRESS_OF = {
    "RFC": "https://tools.ietf.org/html/rfc{}",
    "PMID": "//www.ncbi.nlm.nih.gov/pubmed/{}?dopt=Abstract",
}


def render_magic_links(text: str, page: Page) -> str:
    """The text with its bare addresses and numbers as links; those in links and tags stay as they are."""
    if MENTION.search(text):
        return ALL.sub(partial(_link, page=page), text)
    return ADDRESSES.sub(partial(_link, page=page), text) if ":" in text else text


def _link(found: re.Match[str], page: Page) -> str:
    if found["rest"]:
        return _free_link(found[0], len(found["rest"]), page)
    if found["kind"] and _is_on(page, found["kind"]):
        url = ADDRESS_OF[found["kind"]].format(found["number"])
        return external_link(url, f"{found['kind']} {found['number']}")
    return _book_link(found["isbn"], page) if found["isbn"] and _is_on(page, "ISBN") else found[0]


def _is_on(page: Page, kind: str) -> bool:
    """Since MediaWiki 1.28 a wiki can switch these links off, and tells it."""
    told = (page.wiki.siteinfo.get("general") or {}).get("magiclinks") or {}
    return bool(told.get(kind, True))


def _book_link(written: str, page: Page) -> str:
    shown = GAPS.sub(" ", written)
    number = shown.replace("-", "").replace(" ", "").upper()
    title = f"{special_page('BookSources', page)}/{number}"
    return f'<a data-link="{LinkKind.INTERNAL}" data-title="{escape(title)}">ISBN {shown}</a>'


def _free_link(written: str, length: int, page: Page) -> str:
    """The address without the punctuation that follows it; ``length`` is that of what follows the protocol."""
    found = URL_END.search(written)
    url = written[: found.start()] if found else written
    stripped = url.rstrip(TRAILING if "(" in url else TRAILING + ")")
    if url[len(stripped) : len(stripped) + 1] == ";":
        start = stripped.rfind("&")
        if start >= 0 and UNFINISHED.fullmatch(stripped, start):
            stripped += ";"
    trail = written[len(stripped) :]
    if len(trail) >= length:
        return written
    url = clean_url(stripped)
    shown = unconverted(escape(url), page)
    return (external_image(url, page) or external_link(secure(url, page.wiki), shown, "free")) + trail
