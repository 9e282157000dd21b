"""``DEFAULTSORT``: the key by which categories sort the page (CoreParserFunctions::defaultsort)."""

from __future__ import annotations

from converters.wikitext.armour import escape_wikitext
from converters.wikitext.functions.call import Function, FunctionCall
from converters.wikitext.messages import told

NO_ERROR, NO_REPLACE = "defaultsort_noerror", "defaultsort_noreplace"


def _default_sort(call: FunctionCall) -> str:
    """Nothing, or a warning where the page had another key."""
    page, key = call.page, call.first
    before, wish = page.default_sort_key, page.words.name(call.argument(1))
    if key and not (before and wish == NO_REPLACE):
        page.default_sort_key = key
    if not key or before in ("", key) or wish in (NO_ERROR, NO_REPLACE):
        return ""
    words = told("duplicate-defaultsort", page.wiki, escape_wikitext(before), escape_wikitext(key))
    return f'<span class="error">{words}</span>'


SORT_KEYS: dict[str, Function] = {"defaultsort": _default_sort}
