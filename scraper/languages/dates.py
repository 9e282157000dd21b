"""Reads the dates that MediaWiki displays in one language, by the language's own formats and names only."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from scraper.languages.formats import INVISIBLE, Format, Names, Unreadable, invert
from scraper.languages.tables import first, joined, parts, several

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
WEEKDAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
# MediaWiki knows no time before 1970 and no edit lies far ahead: other years were written in another style.
YEARS = range(1970, 2200)
LONGEST_SENTENCE = 4000  # characters: footers of the oldest skins are one sentence after another
CHINESE_DIGITS = "〇一二三四五六七八九"  # those of Literary Chinese, where they stand for digits one by one
MIXED = "dmy or mdy"  # the format of English: its order depends on $wgAmericanDates


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: local time as ISO 8601 to the minute, or to the second where written, and where it stands."""

    iso: str
    start: int
    end: int


class Dates:
    """The dates of one language."""

    def __init__(self, code: str) -> None:
        self.code = code

    @cached_property
    def names(self) -> Names:
        """What months, weekdays and halves of the day are called, as written and in lower case."""
        messages = [dict(own) for own in parts(self.code, "messages")]
        return {
            "month": _numbered(messages, [_month_keys(month) for month in MONTHS]),
            "iranian": _numbered(messages, [[f"iranian-calendar-m{number}"] for number in range(1, 13)]),
            "weekday": _numbered(messages, [[day, day[:3]] for day in WEEKDAYS]),
            "half": {"am": 0, "pm": 1},
        }

    @cached_property
    def styles(self) -> tuple[str, ...]:
        """The language's styles (``dmy``…), its default one first."""
        formats = joined(self.code, "dateFormats")
        default = several(first(self.code, "defaultDateFormat"))
        preferred = [style for one in default for style in (("dmy", "mdy") if one == MIXED else (one,))]
        every = (name.rpartition(" ")[0] for name in formats)
        return tuple(dict.fromkeys([*preferred, *(first(self.code, "datePreferences") or ()), *every]))

    @cached_property
    def moments(self) -> tuple[Format, ...]:
        """Formats of date and time together."""
        return tuple(self._formats("both"))

    @cached_property
    def days(self) -> tuple[Format, ...]:
        return tuple(self._formats("date"))

    @cached_property
    def times(self) -> tuple[Format, ...]:
        return tuple(self._formats("time"))

    def parse(self, text: str) -> tuple[str, ...]:
        """The moments that the text, and nothing but it, may be; the likeliest first, most often one."""
        text = plain(text)
        read = (_moment(format_, format_.pattern.fullmatch(text)) for format_ in self.moments)
        return tuple(dict.fromkeys(iso for iso in read if iso))

    def find(self, text: str) -> tuple[FoundDate, ...]:
        """All moments in a text, in its order, each read by the first format that fits it."""
        text = plain(text)
        found: list[FoundDate] = []
        for format_ in self.moments:
            for match in format_.pattern.finditer(text):
                iso = _moment(format_, match)
                if iso and not any(date.start < match.end() and match.start() < date.end for date in found):
                    found.append(FoundDate(iso, *match.span()))
        return tuple(sorted(found, key=lambda date: date.start))

    def find_apart(self, text: str) -> str | None:
        """The moment in a text that says day and time each for itself: ``last edited on $1, at $2``."""
        together = self.find(text[:LONGEST_SENTENCE])
        if together:
            return together[0].iso
        text = plain(text[:LONGEST_SENTENCE])
        times = [(match, format_.read(match)) for format_ in self.times for match in format_.pattern.finditer(text)]
        days = (day for format_ in self.days for day in _matches(format_, text)) if times else ()
        for start, end, day in days:
            beside = (time for match, time in times if match.end() <= start or match.start() >= end)
            iso = next((iso for iso in (_iso({**day, **time}) for time in beside) if iso), None)
            if iso:
                return iso
        return None

    def _formats(self, kind: str) -> Iterator[Format]:
        tables = list(parts(self.code, "dateFormats"))
        names = (f"{style} {kind}" for style in self.styles)
        every = (one for name in names for table in tables for one in several(table.get(name, ())))
        for written in dict.fromkeys(every):
            try:
                yield invert(written, self.names)
            except Unreadable:
                continue


def plain(text: str) -> str:
    """Digits of all scripts made ASCII ones, white space made one space, marks of direction left out."""
    return " ".join(INVISIBLE.sub("", text).translate(ASCII_DIGITS).split())


class _Digits(dict[int, str]):
    """What each character is in ASCII digits; characters are looked at when they are first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        known = str(unicodedata.decimal(character)) if character.isdecimal() else character
        return self.setdefault(code, known)


ASCII_DIGITS = _Digits({ord(digit): str(number) for number, digit in enumerate(CHINESE_DIGITS)})


def _month_keys(month: str) -> list[str]:
    long_name = "may_long" if month == "may" else month
    return [long_name, f"{month}-gen", month[:3]]


def _numbered(messages: Iterable[Mapping[str, object]], keys: list[list[str]]) -> dict[str, int]:
    """Each name's number; nearer languages and fuller names overrule others of the same spelling."""
    found: dict[str, int] = {}
    for own in messages:
        for form in range(max(map(len, keys))):
            for number, forms in enumerate(keys, 1):
                for name in several(own.get(forms[form], "")) if form < len(forms) else ():
                    found.setdefault(plain(str(name)), number)
    found.pop("", None)
    return {name.casefold(): number for name, number in found.items()} | found


def _matches(format_: Format, text: str) -> Iterator[tuple[int, int, dict[str, int]]]:
    return ((*match.span(), format_.read(match)) for match in format_.pattern.finditer(text))


def _moment(format_: Format, match: re.Match[str] | None) -> str | None:
    return _iso(format_.read(match)) if match else None


def _iso(found: Mapping[str, int]) -> str | None:
    """ISO 8601 of a moment that exists; ``None`` for 31 February, and where a part was not written."""
    try:
        day = datetime.date(found["year"], found["month"], found["day"])
        time = datetime.time(found["hour"], found["minute"], found.get("second", 0))
    except (KeyError, ValueError):
        return None
    if day.year not in YEARS:
        return None
    return f"{day.isoformat()}T{time.isoformat('seconds' if 'second' in found else 'minutes')}"
