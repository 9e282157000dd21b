"""Choices: https://www.mediawiki.org/wiki/Help:Extension:ParserFunctions. Only the branch taken is expanded."""

from __future__ import annotations

import math
import re

from converters.wikitext.braces import Content, split_name
from converters.wikitext.functions.call import Function, FunctionCall, complaint, decode
from converters.wikitext.functions.expression import ExpressionError, evaluate
from converters.wikitext.spaces import trim
from converters.wikitext.specialpages import is_special_page
from scraper.titles import IllegalTitle

MEDIA, SPECIAL, FILE = -2, -1, 6
NUMBER = re.compile(r"[ \t\n\r\v\f]*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?[ \t\n\r\v\f]*", re.A)
TAG = re.compile(r'<(?:strong|span|p|div)\s[^<>]*?class="([^"<>]*)"')


def is_equal(left: str, right: str) -> bool:
    """PHP's ``==`` of two strings: as numbers where both are numbers, ``01`` and ``1.0``."""
    if left == right:
        return True
    if not (NUMBER.fullmatch(left) and NUMBER.fullmatch(right)):
        return False
    return math.isfinite(float(left)) and float(left) == float(right)


def _if(call: FunctionCall) -> str:
    return call.argument(1 if call.first else 2)


def _ifeq(call: FunctionCall) -> str:
    return call.argument(2 if is_equal(decode(call.first), decode(call.argument(1))) else 3)


def _iferror(call: FunctionCall) -> str:
    if any("error" in found.split() for found in TAG.findall(call.first)):
        return call.argument(1)
    return call.argument(2, default=call.first)


def _ifexist(call: FunctionCall) -> str:
    return call.argument(1 if _exists(call) else 2)


def _exists(call: FunctionCall) -> bool:
    wiki, lookups = call.page.wiki, call.page.lookups
    prefix, colon, _ = call.first.lstrip(":").partition(":")
    try:
        title = wiki.titles.parse(call.first)
    except IllegalTitle:
        return False
    if title.namespace_id == MEDIA:
        return lookups.has_file(wiki.titles.make(FILE, title.name))
    if title.namespace_id == SPECIAL:
        return is_special_page(title, wiki)
    is_elsewhere = title.namespace_id == 0 and colon and wiki.interwiki(prefix)
    return not is_elsewhere and lookups.exists(title)


def _ifexpr(call: FunctionCall) -> str:
    try:
        result = evaluate(call.first)
    except ExpressionError as trouble:
        return complaint(call, trouble.kind, trouble.about)
    is_true = bool(result) and not (NUMBER.fullmatch(result) and float(result) == 0)
    return call.argument(1 if is_true else 2)


def _expr(call: FunctionCall) -> str:
    try:
        return evaluate(call.first)
    except ExpressionError as trouble:
        return complaint(call, trouble.kind, trouble.about)


def _switch(call: FunctionCall) -> str:
    """The first case that matches; cases without a value fall through to the next that has one."""
    wanted = decode(call.first)
    is_found = is_default = False
    default: Content = ""
    bare: str | None = None
    for part in call.rest:
        name, value = split_name(part)
        if name is None:
            bare = trim(call.expand(value))
            is_found = is_found or is_equal(decode(bare), wanted)
            is_default = is_default or _is_default(decode(bare), call)
            continue
        bare = None
        case = "" if is_found else decode(trim(call.expand(name)))
        if is_found or is_equal(case, wanted):
            return trim(call.expand(value))
        if is_default or _is_default(case, call):
            default, is_default = value, False
    return bare if bare is not None else trim(call.expand(default))


def _is_default(case: str, call: FunctionCall) -> bool:
    return case.startswith("#") and call.page.words.name(case) == "default"


LOGIC: dict[str, Function] = {
    "#if": _if,
    "#ifeq": _ifeq,
    "#iferror": _iferror,
    "#ifexist": _ifexist,
    "#ifexpr": _ifexpr,
    "#expr": _expr,
    "#switch": _switch,
}
