"""Answers of older MediaWikis in the shape of ``formatversion=2``, which came with 1.25.

Before it, JSON followed XML: an element's text is called ``*``, what is set is present and empty, and pages stand
under their ids; before 1.11 all lists were such maps. PHP writes a map without entries as an empty list.
Sources: https://www.mediawiki.org/wiki/API:JSON_version_2, RELEASE-NOTES-1.11, and the answers of 1.16 to 1.31.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

TEXT = "*"
HALVES = re.compile("[\ud800-\udfff]")
# What the text of an element is called now, by the list in which it stands.
NAMES: dict[str, str] = {
    "allcategories": "category",
    "allmessages": "content",
    "categories": "category",
    "extensiontags": "tag",
    "langlinks": "title",
    "languages": "name",
    "links": "title",
    "main": "content",
    "namespacealiases": "alias",
    "namespaces": "name",
    "revisions": "content",
    "skins": "name",
    "templates": "title",
}
_FLAGS = (
    "actionhidden anon badfile bot cascade case-sensitive commenthidden customised default defaultmissing exists"
    " filehidden filemissing hidden imagewhitelistenabled invalid known langconversion local localinterwiki minor"
    " misermode missing new nonincludable readonly redirect sha1hidden special subpages suppressed textbad texthidden"
    " textmissing titleconversion top unpatrolled unusable uploadsenabled userhidden writeapi"
)
FLAGS = frozenset(_FLAGS.split())
FLAGS_OF: dict[str, frozenset[str]] = {"namespaces": FLAGS | {"content"}}
MAPS = frozenset({"general", "namespaces", "pageprops", "params", "rightsinfo", "statistics"})
# Their keys are names of the wiki's own, not of the API.
OPAQUE = frozenset(
    {"block", "continue", "metadata", "move", "params", "pageprops", "patrol", "query-continue", "rights"}
)


def modern(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same answer as a MediaWiki of today would give it; one of today is left as it is."""
    if data.get("batchcomplete") is True:
        return dict(data)
    return {key: _modern(value, key) for key, value in data.items()}


def _modern(value: Any, name: str) -> Any:
    if isinstance(value, list):
        return {} if not value and name in MAPS else [_modern(item, name) for item in value]
    if not isinstance(value, dict) or name in OPAQUE:
        return value
    if value.keys() == {TEXT}:
        return value[TEXT]
    if name != "namespaces" and _is_list(value):
        return [_modern(item, name) for item in value.values()]
    flags = FLAGS_OF.get(name, FLAGS)
    return {
        NAMES.get(name, TEXT) if key == TEXT else key: True
        if item == "" and key in flags
        else _modern(item, _of(key, name))
        for key, item in value.items()
    }


def _is_list(value: Mapping[str, Any]) -> bool:
    """Things under their ids, or under their places; an id may be negative."""
    return bool(value) and all(key.lstrip("-").isdecimal() and isinstance(item, dict) for key, item in value.items())


def _of(key: str, name: str) -> str:
    """What a thing belongs to: itself a name, or one of many under the name above it."""
    return name if key.lstrip("-").isdecimal() else key


def without_halves(data: Any) -> Any:
    """Halves of characters, which no database takes, are replaced; a page's text stays as it is, to be proved."""
    if isinstance(data, str):
        return HALVES.sub("\ufffd", data)
    if isinstance(data, list):
        return [without_halves(item) for item in data]
    if isinstance(data, dict):
        return {
            without_halves(key): value if key == "content" and "name" not in data else without_halves(value)
            for key, value in data.items()
        }
    return data
