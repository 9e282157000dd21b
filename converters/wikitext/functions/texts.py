"""Letters and pieces of texts (CoreParserFunctions, and the string functions of ParserFunctions)."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import quote, quote_plus, unquote_plus

from converters.wikitext.anchors import ENCODED, anchor_maker, legacy_anchor
from converters.wikitext.functions.call import Function, FunctionCall, beside_markers, complaint, decode
from converters.wikitext.markers import MARKER
from converters.wikitext.quotes import render_quotes
from scraper.titles import DOTLESS_I, DOTTED, DOTTED_I

# CoreParserFunctions::pad, and $wgPFStringLengthLimit.
PADDING_LIMIT = 500
STRING_LIMIT = 1000
# Languages that make both of their capitals I small (LanguageTr::lcfirst; some fall back on Turkish), and those that do
# so to the one without a dot (LanguageKaa, LanguageKk).
TURKISH = frozenset({"gag", "kiu", "lzz", "tr"})
DOTLESS = TURKISH | {"kaa", "kk-latn", "kk-tr"}
# How long MediaWiki's own marker of a nowiki is: it counts it.
MARKER_LENGTH = 34
# wfUrlencode leaves these as they are.
TITLE_SAFE = ";@$!*(),/~:"
LABELLED = re.compile(r"\[\[:?(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|\[[a-z]+:[^\s\[\]]+ ([^\[\]]*)\]")
TAG = re.compile(r"<[^<>]*>")
# Sanitizer::safeEncodeAttribute: what would be wikitext again.
ARMOUR = str.maketrans({"[": "&#91;", "]": "&#93;", "{": "&#123;", "}": "&#125;", "|": "&#124;", "'": "&#39;"})


def encode_title(text: str) -> str:
    """A title as it stands in addresses (wfUrlencode)."""
    return quote(text.replace(" ", "_"), safe=TITLE_SAFE)


def _changed(change: Callable[[str], str]) -> Function:
    return lambda call: beside_markers(call.first, change)


def _lower(text: str) -> str:
    """Small letters as PHP makes them: sigma has one form."""
    return text.replace("Σ", "σ").lower()


def _lower_first(call: FunctionCall) -> str:
    spoken = call.page.wiki.site.language
    if call.first[:1] == "I" and spoken in DOTLESS:
        return DOTLESS_I + call.first[1:]
    if call.first[:1] == DOTTED_I and spoken in TURKISH:
        return "i" + call.first[1:]
    return call.first[:1].lower() + call.first[1:]


def _upper_first(call: FunctionCall) -> str:
    if call.first[:1] == "i" and call.page.wiki.site.language in DOTTED:
        return DOTTED_I + call.first[1:]
    return call.first[:1].upper() + call.first[1:]


def _padding(call: FunctionCall) -> str:
    length = min(call.integer(1), PADDING_LIMIT) - len(call.first) - MARKER_LENGTH * len(MARKER.findall(call.first))
    filler = MARKER.sub("", call.argument(2, default="0"))
    return (filler * length)[:length] if length > 0 and filler else ""


def _padleft(call: FunctionCall) -> str:
    return _padding(call) + call.first


def _padright(call: FunctionCall) -> str:
    return call.first + _padding(call)


def _urlencode(call: FunctionCall) -> str:
    style = call.page.words.name(call.argument(1))
    if style == "url_path":
        return quote(call.text(0), safe="")
    if style == "url_wiki":
        return encode_title(call.text(0))
    return quote_plus(call.text(0), safe="").replace("~", "%7E")


def _anchorencode(call: FunctionCall) -> str:
    text = LABELLED.sub(lambda found: found[1] or found[2] or "", call.text(0))
    text = TAG.sub("", render_quotes(text))
    make = anchor_maker(call.page.wiki)
    name = make(decode(text))
    name = name if make is legacy_anchor else ENCODED.sub(r"%25\1", name)
    return html.escape(name, quote=False).replace('"', "&quot;").translate(ARMOUR)


def _sliced(text: str, start: int, length: int) -> str:
    """PHP's ``mb_substr``: a negative start counts from the end, so does a negative length; 0 is to the end."""
    text = text[max(start, -len(text)) :] if start < 0 else text[start:]
    return text if length == 0 else text[:length]


def _len(call: FunctionCall) -> str:
    return str(len(call.text(0)))


def _pos(call: FunctionCall) -> str:
    position = call.text(0).find(call.text(1) or " ", call.integer(2))
    return str(position) if position >= 0 else ""


def _rpos(call: FunctionCall) -> str:
    return str(call.text(0).rfind(call.text(1) or " "))


def _sub(call: FunctionCall) -> str:
    return _sliced(call.text(0), call.integer(1), call.integer(2))


def _count(call: FunctionCall) -> str:
    return str(call.text(0).count(call.text(1) or " "))


def _replace(call: FunctionCall) -> str:
    limit = call.integer(3) if len(call.rest) > 2 else -1
    return call.text(0).replace(call.text(1) or " ", call.text(2), limit if limit >= 0 else -1)


def _explode(call: FunctionCall) -> str:
    limit = call.integer(3)
    pieces = call.text(0).split(call.text(1) or " ", limit - 1 if limit > 0 else -1)
    position = call.integer(2)
    return pieces[position] if -len(pieces) <= position < len(pieces) else ""


def _urldecode(call: FunctionCall) -> str:
    return unquote_plus(call.text(0))


def _bounded(function: Function) -> Function:
    """The function for short strings: what it makes of long ones could be huge."""

    def bounded(call: FunctionCall) -> str | None:
        lengths = (len(call.text(number)) for number in range(min(len(call.rest), 2) + 1))
        return function(call) if max(lengths) < STRING_LIMIT else complaint(call, "string_too_long")

    return bounded


TEXTS: dict[str, Function] = {
    "lc": _changed(_lower),
    "uc": _changed(str.upper),
    "lcfirst": _lower_first,
    "ucfirst": _upper_first,
    "padleft": _padleft,
    "padright": _padright,
    "urlencode": _urlencode,
    "anchorencode": _anchorencode,
    "#len": _len,
    "#pos": _bounded(_pos),
    "#rpos": _bounded(_rpos),
    "#sub": _bounded(_sub),
    "#count": _bounded(_count),
    "#replace": _bounded(_replace),
    "#explode": _bounded(_explode),
    "#urldecode": _bounded(_urldecode),
}
