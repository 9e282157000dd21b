"""MediaWiki's date formats turned round: from what Language::sprintfDate follows to a pattern that reads it back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from scraper.languages.calendars import MINGUO_AND_JUCHE, THAI_SOLAR, iranian_to_gregorian

TOKEN = re.compile(
    r'\\(?P<escaped>.)|"(?P<quoted>[^"]*)"|(?P<code>x[ijkmot][a-zA-Z]|xjx|x[a-zA-Z]|[a-zA-Z])|(?P<text>.)', re.S
)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
TWO, ONE_OR_TWO, YEAR = r"\d\d", r"\d\d?", r"\d{4}"
# Code → what it is of a date, and how it is written. Codes that only switch digits (xn, xN) write nothing.
NUMBERS: dict[str, tuple[str, str]] = {
    "d": ("day", TWO), "j": ("day", ONE_OR_TWO), "m": ("month", TWO), "n": ("month", ONE_OR_TWO), "Y": ("year", YEAR),
    "H": ("hour", TWO), "G": ("hour", ONE_OR_TWO), "h": ("hour12", TWO), "g": ("hour12", ONE_OR_TWO),
    "i": ("minute", TWO), "s": ("second", TWO), "xkY": ("thai", YEAR), "xoY": ("minguo", r"\d{1,3}"),
    "xij": ("iranian_day", ONE_OR_TWO), "xin": ("iranian_month", ONE_OR_TWO), "xiY": ("iranian", YEAR),
}  # fmt: skip
NAMES: dict[str, tuple[str, str]] = {
    "F": ("month", "month"), "xg": ("month", "month"), "M": ("month", "month"), "xiF": ("iranian_month", "iranian"),
    "D": ("weekday", "weekday"), "l": ("weekday", "weekday"), "a": ("half", "half"), "A": ("half", "half"),
}  # fmt: skip
SWITCHES = ("xn", "xN")
# Codes that say nothing of a moment that is read, and letters that MediaWiki does write as numbers.
UNREAD = frozenset("NwzWytLocreOPTUIZ")
INVISIBLE = re.compile("[\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")

# Names as they are written → their number, by what they name.
Names = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Format:
    """A pattern with one group for each part of a date, and the words that parts may be."""

    pattern: re.Pattern[str]
    words: Mapping[str, Mapping[str, int]]

    def read(self, match: re.Match[str]) -> dict[str, int]:
        """The numbers of what was matched: year, month, day, hour, minute, second, as far as written."""
        found = {}
        for group, text in match.groupdict().items():
            name = group.rstrip("_")
            words = self.words.get(name)
            found[name] = _number(text, words) if words else int(text)
        return _gregorian(found)


class Unreadable(ValueError):
    """The format holds a code that cannot be read back."""


def invert(written: str, names: Names) -> Format:
    """The pattern that reads what this format writes. Raises Unreadable for calendars that are not read back."""
    words: dict[str, Mapping[str, int]] = {}
    pattern = ""
    roman = False
    for token in TOKEN.finditer(INVISIBLE.sub("", written)):
        code = token["code"]
        if code is None or (len(code) == 1 and code not in NUMBERS | NAMES and code not in UNREAD):
            pattern += _literal(token["escaped"] or token["quoted"] or token["text"] or code or "")
        elif code == "xr":
            roman = True
        elif code not in SWITCHES:
            name, part, table = _part(code, names, roman)
            roman = False
            pattern += f"(?P<{name}{'_' * pattern.count(f'?P<{name}')}>{part})"
            words.update({name: table} if table else {})
    return Format(re.compile(rf"(?<!\d){pattern.strip()}(?!\d)", re.IGNORECASE), words)


def _number(text: str, words: Mapping[str, int]) -> int:
    return words[text] if text in words else words[text.casefold()]


def _part(code: str, names: Names, roman: bool) -> tuple[str, str, Mapping[str, int]]:
    if code in NAMES:
        name, kind = NAMES[code]
        return name, alternatives(names[kind]), names[kind]
    if code not in NUMBERS:
        raise Unreadable(f"MediaWiki's date code {code} is not read back")
    name, part = NUMBERS[code]
    if roman:
        table = {number.casefold(): index for index, number in enumerate(ROMAN, 1)}
        return name, alternatives(table), table
    return name, part, {}


def alternatives(words: Mapping[str, int]) -> str:
    """A pattern for one of these words, the longest first. Without words nothing can be matched."""
    return _alternatives(tuple(sorted(words, key=len, reverse=True)))


@cache
def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(_literal(word) for word in words if word) or r"(?!)"


def _literal(text: str) -> str:
    return "".join(r"\s*" if character.isspace() else re.escape(character) for character in text)


def _gregorian(found: dict[str, int]) -> dict[str, int]:
    if "thai" in found:
        found["year"] = found.pop("thai") - THAI_SOLAR
    if "minguo" in found:
        found["year"] = found.pop("minguo") - MINGUO_AND_JUCHE
    if "iranian" in found:
        parts = (found.pop(name) for name in ("iranian", "iranian_month", "iranian_day"))
        found["year"], found["month"], found["day"] = iranian_to_gregorian(*parts)
    if "hour12" in found:
        found["hour"] = found.pop("hour12") % 12 + 12 * found.pop("half", 0)
    return found
