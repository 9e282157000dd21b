"""The words of the site around the pages: the wiki's own messages first, else our translations.

``words/<language>.json`` is named by MediaWiki's message keys; keys that begin with ``wikicompost-`` are ours alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from scraper.model import Exactness

OURS = "wikicompost-"
MARKUP = re.compile(r"\{\{|\[\[|''|[<&]|\[https?:")
FALLBACK = "en"
MONTHS = (
    "january", "february", "march", "april", "may_long", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
KILO = 1000


def shipped(language: str) -> dict[str, str]:
    """Our translation into a language, ``{}`` when there is none."""
    place = files(__package__).joinpath("words", f"{language}.json")
    words: dict[str, str] = json.loads(place.read_text("utf-8")) if place.is_file() else {}
    return words


def message_keys() -> list[str]:
    """The messages that the site would like to have from the wiki."""
    return sorted(key for key in shipped(FALLBACK) if not key.startswith(OURS))


class Words:
    """Interface words in one language (``fr``, ``pt-br``); English where a word is missing."""

    def __init__(self, language: str, messages: Mapping[str, str]) -> None:
        code = language.lower() if re.fullmatch(r"[A-Za-z-]+", language) else FALLBACK
        words = shipped(FALLBACK) | shipped(code.partition("-")[0]) | shipped(code)
        # A wiki empties a message with "-"; one with markup needs MediaWiki to be read.
        usable = {key: text for key, text in messages.items() if text.strip("- ") and not MARKUP.search(text)}
        self._words = words | {key: usable[key] for key in words.keys() & usable.keys() if not key.startswith(OURS)}

    def __call__(self, key: str, *values: Any) -> str:
        """The words of a key, ``$1`` and so on filled in. Raises KeyError for a key that no translation has."""
        if not values:
            return self._words[key]
        # A wiki's own wording may ask for more than there is: it stays as it is.
        filled = {f"${number}": str(value) for number, value in enumerate(values, 1)}
        return re.sub(r"\$\d", lambda found: filled.get(found[0], found[0]), self._words[key])

    def __contains__(self, key: str) -> bool:
        return key in self._words

    def date(self, iso: str) -> str:
        """``25 mai 2017`` from ISO 8601."""
        return self("wikicompost-date", int(iso[8:10]), self(MONTHS[int(iso[5:7]) - 1]), int(iso[:4]))

    def moment(self, iso: str | None, exactness: str = Exactness.SECOND) -> str:
        """``25 mai 2017 à 14:56`` from ISO 8601; it says so where the zone is unknown."""
        if iso is None:
            return self("wikicompost-no-time")
        key = "wikicompost-date-local-time" if exactness == Exactness.UNKNOWN_ZONE else "wikicompost-date-time"
        return self(key, self.date(iso), iso[11:16])

    def number(self, number: int) -> str:
        """With the language's mark between thousands."""
        return f"{number:,}".replace(",", self("wikicompost-thousands"))

    def change(self, number: int) -> str:
        """A difference, with its sign."""
        sign = "+" if number > 0 else "−" if number < 0 else "±"
        return sign + self.number(abs(number))

    def size(self, number: int) -> str:
        """Bytes in the unit that a person would use."""
        if number < KILO:
            return self("wikicompost-bytes", number)
        unit, value = ("kilobytes", number / KILO) if number < KILO * KILO else ("megabytes", number / KILO / KILO)
        return self(OURS + unit, f"{value:.1f}".replace(".", self("wikicompost-decimal")))
