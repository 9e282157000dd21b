"""Attributes in wikitext: of tags, tables, rows and cells."""

from __future__ import annotations

import html
import re

from converters.document.tree import escape
from converters.document.vocabulary import is_allowed

ATTRIBUTE = re.compile(r"""([\w:.-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+)))?""")
# MediaWiki keeps other data-* attributes too, but ours mean something here.
RESERVED = frozenset({"href", "src", "rel", "hreflang"})
SPACES = re.compile(r"\s+")


def read_attributes(source: str) -> dict[str, str]:
    """Names in lower case and values with entities decoded, in order; of two with one name the last counts."""
    found = (match.groups() for match in ATTRIBUTE.finditer(source))
    return {
        name.lower(): html.unescape(quoted or apostrophed or bare or "").strip()
        for name, quoted, apostrophed, bare in found
    }


def write_attributes(element: str, attributes: dict[str, str]) -> str:
    """Those the vocabulary has on the element, as they stand in a tag, each with a space before it."""
    return "".join(
        f' {name}="{escape(_value(name, value))}"'
        for name, value in attributes.items()
        if name not in RESERVED and not name.startswith("data-") and is_allowed(element, name)
    )


def clean_attributes(element: str, source: str) -> str:
    """The attributes of an element as they were written, reduced to those the vocabulary has."""
    return write_attributes(element, read_attributes(source)) if source and not source.isspace() else ""


def _value(name: str, value: str) -> str:
    value = SPACES.sub(" ", value.replace("\x7f", ""))
    return value.replace(" ", "_") if name == "id" else value
