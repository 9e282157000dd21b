"""One language's table, and those it falls back on, as MediaWiki joins them (LocalisationCache::recache)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

ENGLISH = "en"
# LanguageNameUtils::isValidBuiltInCode.
CODE = re.compile(r"[a-z0-9-]{2,35}")
# MediaWiki's codes that are no standard ones, with those that it writes into HTML in their stead
# (LanguageCode::NON_STANDARD_LANGUAGE_CODE_MAPPING).
STANDARD_CODES = {
    "cbk-zam": "cbk", "de-formal": "de-x-formal", "eml": "egl", "es-formal": "es-x-formal", "hu-formal": "hu-x-formal",
    "map-bms": "jv-x-bms", "mo": "ro-cyrl-md", "nrm": "nrf", "nl-informal": "nl-x-informal", "roa-tara": "nap-x-tara",
    "sr-ec": "sr-cyrl", "sr-el": "sr-latn", "crh-ro": "crh-latn-ro", "kk-cn": "kk-arab-cn", "kk-tr": "kk-latn-tr",
    "zh-cn": "zh-hans-cn", "zh-sg": "zh-hans-sg", "zh-my": "zh-hans-my", "zh-tw": "zh-hant-tw", "zh-hk": "zh-hant-hk",
    "zh-mo": "zh-hant-mo",
}  # fmt: skip
# Names that languages had in older versions, with those of today (LanguageCode::DEPRECATED_LANGUAGE_CODE_MAPPING).
RENAMED_CODES = {
    "als": "gsw", "bat-smg": "sgs", "be-x-old": "be-tarask", "fiu-vro": "vro", "no": "nb", "roa-rup": "rup",
    "zh-classical": "lzh", "zh-min-nan": "nan", "zh-yue": "yue",
}  # fmt: skip
OTHER_CODES = {**RENAMED_CODES, **{standard: code for code, standard in STANDARD_CODES.items()}}


@lru_cache(maxsize=1000)
def table_of(code: str) -> Mapping[str, Any]:
    """What the language's own files say; empty for a language that MediaWiki does not know."""
    if not CODE.fullmatch(code):
        return {}
    path = files(__package__).joinpath("tables", f"{code}.json")
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


@cache
def older_wordings() -> Mapping[str, Mapping[str, list[str]]]:
    """By language and message key: what versions before 1.39 said."""
    told: Mapping[str, Mapping[str, list[str]]] = json.loads(
        files(__package__).joinpath("older.json").read_text("utf-8")
    )
    return told


def chain(code: str) -> tuple[str, ...]:
    """The language and those it falls back on; English is the last of each."""
    fallbacks = ",".join(several(table_of(code).get("fallback", "")))
    codes = (part.strip() for part in fallbacks.split(","))
    return tuple(dict.fromkeys([code, *(part for part in codes if part and part != ENGLISH), ENGLISH]))


def parts(code: str, name: str) -> Iterator[Any]:
    """One part of the tables of the language's chain, the own one first, where it is said."""
    for link in chain(code):
        value = table_of(link).get(name)
        if value:
            yield value


def first(code: str, name: str) -> Any:
    """The part as the nearest language of the chain says it."""
    return next(parts(code, name), None)


def joined(code: str, name: str) -> dict[str, Any]:
    """A mapping in which nearer languages overrule farther ones."""
    found: dict[str, Any] = {}
    for value in parts(code, name):
        found = {**value, **found}
    return found


def known(code: str) -> str:
    """The nearest code with a table, of MediaWiki's or a standard one: ``pt-br-x`` is ``pt-br``, unknown is English."""
    code = code.lower().replace("_", "-")
    code = OTHER_CODES.get(code, code)
    while code and not table_of(code):
        code = code.rpartition("-")[0]
    return code or ENGLISH


def html_code(code: str) -> str:
    """The code as the ``lang`` of HTML has it (LanguageCode::bcp47): ``pt-BR``, ``sr-Cyrl`` for ``sr-ec``."""
    code = RENAMED_CODES.get(code.lower(), code.lower())
    first_subtag, *others = STANDARD_CODES.get(code, code).split("-")
    written = [first_subtag]
    for subtag in others:
        if written[-1] == "x":
            written.append(subtag)
        else:
            written.append({2: subtag.upper(), 4: subtag.title()}.get(len(subtag), subtag))
    return "-".join(written)


def several(value: Any) -> tuple[Any, ...]:
    """A table writes a list of alternatives as a list, a single value as itself."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)
