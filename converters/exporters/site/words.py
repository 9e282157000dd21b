"""The words of the site around the pages.

What MediaWiki has a word for is called by the key of its message: the wiki's own wording first, else MediaWiki's in the
wiki's language. Keys that begin with ``wikicompost-`` are ours, translated in ``words/<language>.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup, escape

from converters.exporters.site.messages import chosen, plain
from converters.language import format_time, language
from scraper import languages
from scraper.languages.plurals import plural_form
from scraper.languages.tables import chain
from scraper.model import Exactness

OURS = "wikicompost-"
VALUE = re.compile(r"(\$[0-9])")
PLACES = frozenset(f"${number}" for number in range(10))
KILO = 1024
SIZES = ("size-bytes", "size-kilobytes", "size-megabytes", "size-gigabytes")
WHOLE_SIZES = 2  # bytes and kilobytes are written without decimals, as MediaWiki does (Language::formatSize)


def shipped(code: str) -> dict[str, str]:
    """Our translation into a language, ``{}`` when there is none."""
    place = files(__package__).joinpath("words", f"{code}.json")
    words: dict[str, str] = json.loads(place.read_text("utf-8")) if place.is_file() else {}
    return words


@lru_cache(maxsize=2000)
def _pieces(text: str) -> tuple[str, ...]:
    """A message in words and the places of its values."""
    return tuple(VALUE.split(text))


class Words:
    """Interface words in one language (``fr``, ``pt-br``), of its fallback languages where a word is missing."""

    def __init__(self, code: str, messages: Mapping[str, str], site_name: str = "") -> None:
        self._language = languages.of(code)
        self._spoken = language(code)
        self._site_name = site_name
        self._messages = messages
        self._texts: dict[str, str] = {}
        for link in reversed(chain(self._language.code)):
            self._texts.update(shipped(link))
        marks = {mark: self._spoken.separators.get(mark, mark) for mark in ",."}
        self._signs = str.maketrans(marks | {digit: self._spoken.digits.get(digit, digit) for digit in "0123456789"})
        self.moment = lru_cache(maxsize=4096)(self._moment)
        self.stamp = lru_cache(maxsize=4096)(self._stamp)
        self._written = lru_cache(maxsize=4096)(self._as_written)

    def __call__(self, key: str, *values: Any) -> str:
        """The words of a key, ``$1`` and so on filled in; whole numbers are written the language's way.

        Raises KeyError for a key that neither MediaWiki nor a translation has.
        """
        text = self._chosen(key, values)
        if not values:
            return text
        return "".join(str(self._value(piece, values)) if piece in PLACES else piece for piece in _pieces(text))

    def html(self, key: str, *values: Any) -> Markup:
        """The same with values that are HTML; all else is escaped."""
        pieces = _pieces(self._chosen(key, values))
        return Markup("").join(self._value(piece, values) if piece in PLACES else piece for piece in pieces)

    def __contains__(self, key: str) -> bool:
        try:
            self._chosen(key, ())
        except KeyError:
            return False
        return True

    def named(self, prefix: str, name: object, suffix: str = "") -> str:
        """What the wiki calls one of its own things, by the message that is called after it; else its plain name."""
        key = f"{prefix}{name}{suffix}"
        return self(key) if key in self else str(name)

    def model(self, name: str) -> str:
        """What a content model is called: messages after them are in small letters since MediaWiki 1.43."""
        key = f"content-model-{name.lower()}"
        return self(key) if key in self else name

    @property
    def is_rtl(self) -> bool:
        """Whether the language is written from right to left."""
        return self._spoken.is_rtl

    def date(self, iso: str) -> str:
        """``25 mai 2017`` from ISO 8601."""
        return self._written("date", iso)

    def time(self, iso: str) -> str:
        """``14:56`` from ISO 8601."""
        return self._written("time", iso)

    def month(self, iso: str) -> str:
        """``mai 2017`` from ISO 8601, ``2017-05`` or longer."""
        return self._formatted(self("wikicompost-month"), f"{iso[:7]}-01") or iso

    def month_name(self, iso: str) -> str:
        """``mai`` from ISO 8601, ``2017-05`` or longer."""
        return self._formatted("F", f"{iso[:7]}-01") or iso

    def year(self, year: str) -> str:
        """``2017`` in the language's digits."""
        return year.translate(self._signs)

    def _moment(self, iso: str | None, exactness: str = Exactness.SECOND) -> str:
        """``25 mai 2017 à 14:56`` from ISO 8601; it says so where the zone is unknown."""
        if iso is None:
            return self("wikicompost-no-time")
        written = self._written("both", iso)
        return self("wikicompost-local-time", written) if exactness == Exactness.UNKNOWN_ZONE else written

    def _stamp(self, iso: str | None, exactness: str = Exactness.SECOND) -> Markup:
        """The same as an element that programs can read: ``<time datetime="2017-05-25T14:56Z">``."""
        if not iso:
            return escape(self.moment(iso))
        exact = iso if exactness == Exactness.SECOND else iso[:16] + ("Z" if exactness == Exactness.MINUTE else "")
        return Markup('<time datetime="{}">{}</time>').format(exact, self.moment(iso, exactness))

    def number(self, number: int | float) -> str:
        """With the language's digits and marks between thousands."""
        is_short = len(str(int(abs(number)))) < 3 + self._spoken.minimum_grouping
        return (str(number) if is_short else f"{number:,}").translate(self._signs)

    def change(self, number: int) -> str:
        """A difference, with its sign."""
        sign = "+" if number > 0 else "−" if number < 0 else "±"
        return sign + self.number(abs(number))

    def size(self, number: int) -> str:
        """Bytes in the unit that a person would use."""
        power = 0
        while number >= KILO ** (power + 1) and power < len(SIZES) - 1:
            power += 1
        value = number / KILO**power
        if power == 0:
            return self(SIZES[power], number)
        return self(SIZES[power], self.number(round(value) if power < WHOLE_SIZES else round(value, 2)))

    def tags(self, names: Iterable[str]) -> list[str]:
        """What lists call tags of changes (ChangeTags::tagShortDescriptionMessage), without those that they hide."""
        return [words for words in map(self._tag, names) if words]

    def _tag(self, name: str) -> str:
        key = f"tag-{name}"
        if self._messages.get(key, "").strip() == "-":
            return ""
        return self.named("tag-", name)

    def _chosen(self, key: str, values: tuple[Any, ...]) -> str:
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = self._message(key)
        return chosen(text, values, self._plural) if "{{" in text else text

    def _message(self, key: str) -> str:
        """The wiki's own wording, unless it is emptied with "-" or needs MediaWiki to be read; else MediaWiki's."""
        own = "" if key.startswith(OURS) else self._messages.get(key, "")
        for text in (own if own.strip("- ") else "", *self._language.wordings(key)):
            words = plain(text, self._site_name)
            if words:
                return words
        raise KeyError(key)

    def _plural(self, number: int) -> int:
        return plural_form(self._language.code, number)

    def _value(self, place: str, values: tuple[Any, ...]) -> Any:
        """A wiki's own wording may ask for more than there is: it stays as it is."""
        number = int(place[1:])
        if not 0 < number <= len(values):
            return place
        value = values[number - 1]
        return self.number(value) if isinstance(value, int) else value

    def _as_written(self, part: str, iso: str) -> str:
        return self._formatted(self._language.date_format(part), iso[:19].removesuffix("Z")) or iso

    def _formatted(self, pattern: str, iso: str) -> str:
        """Empty for what is no date: damaged sources tell the like, and it is shown as it stands."""
        try:
            return format_time(pattern, datetime.fromisoformat(iso), self._spoken)
        except ValueError:
            return ""
