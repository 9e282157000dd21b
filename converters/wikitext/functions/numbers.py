"""Numbers as a language writes and counts them. What the languages do is data: ``languages.json``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from converters.wikitext.functions.call import Function, FunctionCall, NotUnderstood, beside_markers
from converters.wikitext.languages import language
from converters.wikitext.state import Page

# Language::formatNumInternal.
NUMBER = re.compile(r"(-(?=[\d.]))?(\d+|(?=\.\d))(\.\d*)?")
MINUS = "\u2212"
EXPLICIT_FORM = re.compile(r"(\d+)=(.*)", re.S)


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """``minimum``: digits before the first separator, below which there is none. ``ones``: numbers in the singular."""

    group: str
    decimal: str
    minimum: int
    ones: frozenset[int]

    def write(self, found: re.Match[str]) -> str:
        """One number, with its separators."""
        sign, whole, fraction = found[1], found[2], found[3] or ""
        is_grouped = len(whole) >= 3 + self.minimum
        grouped = f"{whole[: len(whole) % 3]}{THREE.sub(self._group, whole[len(whole) % 3 :])}" if is_grouped else whole
        return (MINUS if sign else "") + grouped.removeprefix(self.group) + fraction.replace(".", self.decimal)

    def _group(self, found: re.Match[str]) -> str:
        return self.group + found[0]

    def read(self, text: str) -> str:
        """The number in a text as it was before it was written so."""
        return text.replace(MINUS, "-").replace(self.group, "").replace(self.decimal, ".")


THREE = re.compile(r"\d{3}")


@lru_cache(maxsize=1)
def _styles() -> dict[str, NumberStyle]:
    table = json.loads(files(__package__).joinpath("languages.json").read_text("utf-8"))["languages"]
    return {
        code: NumberStyle(entry["group"], entry["decimal"], entry["minimum"], frozenset(entry["ones"]))
        for code, entry in table.items()
    }


def style_of(page: Page) -> NumberStyle:
    """How the wiki's language writes and counts numbers. Raises NotUnderstood."""
    code = page.wiki.site.language.partition("-")[0]
    if code not in _styles():
        raise NotUnderstood(code)
    return _styles()[code]


def _writing_of(page: Page) -> NumberStyle:
    """The same for writing alone, which is known of more languages. Raises NotUnderstood for other digits."""
    code = page.wiki.site.language
    if code.partition("-")[0] in _styles():
        return style_of(page)
    spoken = language(code)
    if spoken.digits:
        raise NotUnderstood(code)
    group, decimal = spoken.separators.get(",", ","), spoken.separators.get(".", ".")
    return NumberStyle(group, decimal, spoken.minimum_grouping, frozenset())


def decimal_of(page: Page) -> str:
    """The decimal sign of the wiki's language, as far as we know it."""
    style = _styles().get(page.wiki.site.language.partition("-")[0])
    return style.decimal if style else "."


def _formatnum(call: FunctionCall) -> str:
    style = _writing_of(call.page)
    suffix = call.page.words.name(call.argument(1))
    if suffix == "rawsuffix":
        return beside_markers(call.first, style.read)
    if suffix == "nocommafysuffix":
        return call.first
    return beside_markers(call.first, lambda text: NUMBER.sub(style.write, text))


def _plural(call: FunctionCall) -> str:
    number = style_of(call.page).read(call.first)
    forms: list[str] = []
    for position in range(1, len(call.rest) + 1):
        form = call.argument(position)
        explicit = EXPLICIT_FORM.fullmatch(form)
        if explicit is None:
            forms.append(form)
        elif explicit[1] == number:
            return explicit[2]
    is_one = number.lstrip("-").partition(".")[0] in map(str, style_of(call.page).ones)
    return forms[0 if is_one else min(1, len(forms) - 1)] if forms else ""


NUMBERS: dict[str, Function] = {"formatnum": _formatnum, "plural": _plural}
