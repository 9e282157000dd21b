"""Redirects: a page whose text begins with the word and a link."""

from __future__ import annotations

import re

from converters.wikitext.words import Words

# Japanese has the word with one of its own width too.
HASHES = ("#", "＃")
REDIRECT = re.compile(r"\s*([#＃][^\s\[:]+)\s*:?\s*\[\[:?([^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]")


def read_redirect(text: str, words: Words) -> tuple[str, str]:
    """What a redirect names, empty for other pages, and the text after it."""
    found = REDIRECT.match(text) if text.lstrip().startswith(HASHES) else None
    if found is None or words.name(found[1]) != "redirect":
        return "", text
    return found[2].strip(), text[found.end() :]
