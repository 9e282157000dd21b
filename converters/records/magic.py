"""Names in double braces that ask the parser itself, not a template. The names are data: ``magic.tsv``."""

from __future__ import annotations

from importlib.resources import files

from converters.wikitext.variables import CHARACTERS
from converters.wikitext.words import Words


def _names(kind: str) -> frozenset[str]:
    lines = files(__package__).joinpath("magic.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return frozenset(name for name, its_kind in rows if its_kind == kind)


VARIABLES, FUNCTIONS = _names("variable"), _names("function")


def is_magic(name: str, words: Words) -> bool:
    """Whether ``{{name}}`` is a function or variable of the parser: ``#if:…``, ``lc:…``, ``PAGENAME``, ``NOMPAGE``."""
    word, colon, _ = name.partition(":")
    if word.startswith("#") or name in CHARACTERS:
        return True
    if colon:
        key = words.name(word + ":") or words.name(word) or word.lower()
        return key in FUNCTIONS or key in VARIABLES
    return words.name(name) in VARIABLES or (name.isupper() and name.lower() in VARIABLES)
