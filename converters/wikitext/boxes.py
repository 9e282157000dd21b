"""Boxes: what stands in the page for a call that could not be expanded."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from converters.document.tree import escape
from converters.wikitext.functions import FunctionCall
from converters.wikitext.markers import MARKER

INVOKE = "invoke"
# Characters of a module's call that are shown, and that a tooltip has room for.
SHOWN_LIMIT, TOOLTIP_LIMIT = 80, 500


def table_box(name: str, parameters: Mapping[str, str], flow: Callable[[str], str]) -> str:
    """``div`` with a table of the parameters, for a call on a line of its own."""
    rows = (f"<tr><th>{escape(key)}</th><td>{flow(value)}</td></tr>" for key, value in parameters.items())
    table = f"<table><caption>{escape(name)}</caption>{''.join(rows)}</table>"
    return f'<div class="template" data-template="{escape(name)}">{table}</div>'


def inline_box(name: str, parameters: Mapping[str, str], inline: Callable[[str], str]) -> str:
    """``span`` with the parameters one after the other, in the running text."""
    values = (
        inline(value.strip()) if key.isdecimal() else f"{escape(key)}={inline(value)}"
        for key, value in parameters.items()
    )
    label = " | ".join((escape(name), *values))
    return f'<span class="template" data-template="{escape(name)}">{label}</span>'


def function_box(word: str, name: str, call: FunctionCall) -> str:
    """``span`` with the source of the call; a long call of a Lua module is cut, and stands whole in the tooltip."""
    source = "{{" + "|".join([name, *call.arguments()]) + "}}"
    is_module = (call.page.words.function(word.removeprefix("#")) or word.removeprefix("#")) == INVOKE
    title = ""
    if is_module:
        source = MARKER.sub("", source)
        if len(source) > SHOWN_LIMIT:
            title = f' title="{escape(source[:TOOLTIP_LIMIT])}"'
            source = source[: SHOWN_LIMIT - 1] + "…"
    return f'<span class="template" data-template="{escape(word)}"{title}><code>{escape(source)}</code></span>'
