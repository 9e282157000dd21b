"""``#tag``: an extension tag whose content and attributes are expanded first."""

from __future__ import annotations

from collections.abc import Iterator

from converters.document.tree import escape
from converters.wikitext.braces import split_name
from converters.wikitext.functions.call import Function, FunctionCall
from converters.wikitext.spaces import trim

QUOTES = ("'", '"')


def _tag(call: FunctionCall) -> str:
    name = call.first.lower()
    content = call.expand(call.rest[0]) if call.rest else None
    attributes = dict(_attributes(call))
    if name in call.parser.tags:
        return call.parser.hook(call.frame)(name, attributes, content)
    written = "".join(f' {escape(key)}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>" if call.rest else f"<{name}{written}/>"


def _attributes(call: FunctionCall) -> Iterator[tuple[str, str]]:
    for part in call.rest[1:]:
        name, value = split_name(part)
        if name is not None:
            yield trim(call.expand(name)).lower(), _unquoted(trim(call.expand(value)))


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] in QUOTES and value[-1] == value[0] else value


TAGS: dict[str, Function] = {"#tag": _tag}
