"""Boxes: what stands in the page for a call that could not be expanded."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from converters.document.tree import escape
from converters.wikitext.functions import FunctionCall
from converters.wikitext.markers import MARKER

INVOKE = "invoke"
# Characters that a tooltip has room for.
TOOLTIP_LIMIT = 500


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
    """``span`` with the source of the call; of a Lua module, its name and that of its function, all in the tooltip."""
    is_module = call.page.words.functions.get(word.removeprefix("#").lower(), word.removeprefix("#")) == INVOKE
    arguments = call.arguments()
    shown = escape(_source([name, *arguments[: 1 if is_module else None]]))
    tooltip = MARKER.sub("", _source([name, *arguments]))[:TOOLTIP_LIMIT] if is_module else ""
    title = f' title="{escape(tooltip)}"' if tooltip else ""
    return f'<span class="template" data-template="{escape(word)}"{title}><code>{shown}</code></span>'


def _source(parts: list[str]) -> str:
    return "{{" + "|".join(parts) + "}}"
