"""Scribunto's own messages."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files

from converters.language import fallbacks


def message(key: str, language: str) -> str:
    """In a wiki's language, in English where it has none; ``$1`` and ``$2`` are still in it."""
    tables = (_messages().get(code, {}) for code in fallbacks(language))
    return next(table[key] for table in tables if key in table)


@lru_cache(maxsize=1)
def _messages() -> dict[str, dict[str, str]]:
    table = json.loads(files(__package__).joinpath("messages.json").read_text("utf-8"))
    languages: dict[str, dict[str, str]] = table["languages"]
    return languages
