"""Semantic MediaWiki: ``[[property::value]]``, ``#set`` and ``#subobject`` say what a page is about, as values.

https://www.semantic-mediawiki.org/wiki/Help:In-text_annotation, Help:Setting_values, Help:Adding_subobjects.
A value stands in the text as a link where it names a page of the wiki, else as it is written: its type is declared on
the property's own page, which an archive may lack. Wikis without the extension have ordinary links with colons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache, partial

from converters.document.page import Annotation
from converters.document.wiki import Wiki
from converters.wikitext.functions.call import Function, FunctionCall, NotUnderstood
from converters.wikitext.media.options import plain_text
from converters.wikitext.state import Page
from scraper.titles import IllegalTitle

EXTENSIONS = frozenset({"SemanticMediaWiki", "Semantic MediaWiki"})
# What tells of the extension where a wiki lists none: the namespace of properties ($smwgNamespaceIndex + 2), by its
# names in English, French and German, Spanish, Italian, Dutch, Portuguese and Russian (the extension's i18n/extra).
PROPERTY_NAMESPACE = 102
PROPERTY_NAMES = frozenset({
    "Property", "Attribut", "Propiedad", "Atributo", "Proprietà", "Eigenschap", "Propriedade", "Свойство",
})  # fmt: skip
ANNOTATION = re.compile(r"\[\[((?>[^\[\]:|\n][^\[\]|\n]*?:[:=]))([^\[\]]*+)\]\]")
SIGN = re.compile(r":[:=]")
# Since 2.3 only the first sign divides: [[a::b::c]] gives a the value b::c (SMW_PARSER_STRICT).
STRICT_SINCE = (2, 3)
# [[SMW::off]] and [[SMW::on]] speak to the extension itself.
SWITCH = "smw"
# What #set and #subobject understand besides properties.
OPTIONS = frozenset({"template", "sortkey"})
SEPARATOR, USUAL_SEPARATOR = "+sep", ","


@lru_cache(maxsize=8)
def has_semantics(wiki: Wiki) -> bool:
    """Whether the wiki has the extension."""
    extensions = wiki.siteinfo.get("extensions")
    if extensions is not None:
        return any(entry.get("name") in EXTENSIONS for entry in extensions)
    namespace = wiki.titles.namespaces.get(PROPERTY_NAMESPACE)
    return namespace is not None and namespace.name in PROPERTY_NAMES


def render_annotations(text: str, page: Page) -> str:
    """The text with links, or words, in place of annotations, whose values the page keeps."""
    if "[[" not in text or not has_semantics(page.wiki):
        return text
    return ANNOTATION.sub(partial(_shown, page), text)


def _shown(page: Page, found: re.Match[str]) -> str:
    """A label of spaces hides the value."""
    written, bar, label = found[2].partition("|")
    *names, last = _divided(found[1] + written, page.wiki)
    value = last.strip()
    if names[0].strip().lower() == SWITCH:
        return ""
    if not value:
        return found[0]
    for name in names:
        _keep(page, name, value)
    shown = label.strip() if bar else value
    return f"[[:{value}|{shown}]]" if shown and _is_page(value, page) else shown


def _divided(written: str, wiki: Wiki) -> list[str]:
    """The properties, and the value."""
    return SIGN.split(written, maxsplit=1 if _is_strict(wiki) else 0)


@lru_cache(maxsize=8)
def _is_strict(wiki: Wiki) -> bool:
    versions = (
        str(entry.get("version", "")) for entry in wiki.siteinfo.get("extensions") or () if entry["name"] in EXTENSIONS
    )
    numbers = [int(number) for number in re.findall(r"\d{1,9}", next(versions, ""))]
    return bool(numbers) and tuple(numbers[:2]) >= STRICT_SINCE


def _keep(page: Page, name: str, value: str, subobject: str = "") -> None:
    annotation = Annotation(plain_text(name, page).replace("_", " "), plain_text(value, page), subobject)
    if annotation.property and annotation.value:
        page.annotations[annotation] = None


def _is_page(value: str, page: Page) -> bool:
    try:
        title = page.wiki.titles.parse(value.partition("#")[0])
    except IllegalTitle:
        return False
    return page.lookups.exists(title)


def _set(call: FunctionCall) -> str:
    """``{{#set:property=value|…}}`` shows nothing."""
    _keep_all(call, [call.first, *call.arguments()], "")
    return ""


def _subobject(call: FunctionCall) -> str:
    """``{{#subobject:name|property=value|…}}`` gives values to a part of the page, which is counted without a name."""
    known = {annotation.subobject for annotation in call.page.annotations}
    name = call.first.lstrip("-").strip() or f"_{len(known - {''}) + 1}"
    _keep_all(call, call.arguments(), name)
    return ""


def _keep_all(call: FunctionCall, parts: Iterable[str], subobject: str) -> None:
    if not has_semantics(call.page.wiki):
        raise NotUnderstood
    for name, value in _assignments(parts):
        if name.lower() not in OPTIONS and not name.startswith("@"):
            _keep(call.page, name, value, subobject)


def _assignments(parts: Iterable[str]) -> list[tuple[str, str]]:
    """Properties and values. A part without ``=`` is one more value; ``+sep=;`` divides the value before it."""
    pairs: list[tuple[str, str]] = []
    for part in parts:
        name, sign, value = (piece.strip() for piece in part.partition("="))
        if name == SEPARATOR and pairs:
            owner, joined = pairs.pop()
            pairs += [(owner, single.strip()) for single in joined.split(value or USUAL_SEPARATOR)]
        elif sign:
            pairs.append((name, value))
        elif pairs and name:
            pairs.append((pairs[-1][0], name))
    return pairs


SEMANTICS: dict[str, Function] = {"#set": _set, "#subobject": _subobject}
