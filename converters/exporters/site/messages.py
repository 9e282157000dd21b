"""Interface messages of MediaWiki as plain words, where they need no MediaWiki to be read.

Of wikitext they may hold ``{{PLURAL:}}``, ``{{GENDER:}}``, ``{{GRAMMAR:}}``, ``{{SITENAME}}``, links and emphasis
(https://www.mediawiki.org/wiki/Help:System_message).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape

CALL = re.compile(r"\{\{\s*(PLURAL|GENDER|GRAMMAR)\s*:([^|{}]*)((?:\|[^{}]*)?)\}\}", re.I)
EXACTLY = re.compile(r"\s*(\d{1,9})=(.*)", re.S)
PLACE = re.compile(r"\$?(\d{1,9})")
LINK = re.compile(r"\[\[:?(?:[^\]|]*\|)?([^\]|]*)\]\]")
EMPHASIS = re.compile(r"'{2,5}|</?(?:em|strong|b|i|bdi|span|small)\b[^<>]*>", re.I)
UNREAD = re.compile(r"\{\{|\}\}|\[\[|<\w|\[(?:https?:)?//")
# Longer ones are no words of an interface; the search for links takes the square of the length.
LONGEST = 10_000
# Which form stands for people who told nobody: the third, where there are three.
UNKNOWN_GENDER = 3

Plural = Callable[[int], int]


def plain(text: str, site_name: str = "") -> str | None:
    """The message without markup, calls of PLURAL still in it; ``None`` when only MediaWiki can read it."""
    if len(text) > LONGEST:
        return None
    text = text.replace("{{SITENAME}}", site_name).replace("{{sitename}}", site_name)
    text = unescape(EMPHASIS.sub("", LINK.sub(r"\1", text)))
    without_calls = text
    while CALL.search(without_calls):
        without_calls = CALL.sub("", without_calls)
    return None if UNREAD.search(without_calls) else text


def chosen(text: str, values: Sequence[object], plural: Plural) -> str:
    """The message with the forms that go with its values; ``$1`` and so on stay."""

    def form(found: re.Match[str]) -> str:
        forms = found[3].split("|")[1:]
        if found[1].upper() == "PLURAL":
            return _counted(_number(found[2].strip(), values), forms, plural)
        if found[1].upper() == "GENDER":
            return forms[2 if len(forms) >= UNKNOWN_GENDER else 0] if forms else ""
        return forms[0] if forms else ""

    while CALL.search(text):
        text = CALL.sub(form, text)
    return text


def _counted(number: int, forms: Sequence[str], plural: Plural) -> str:
    exact = {int(match[1]): match[2] for match in map(EXACTLY.fullmatch, forms) if match}
    if number in exact:
        return exact[number]
    others = [form for form in forms if not EXACTLY.fullmatch(form)]
    return others[min(plural(number), len(others) - 1)] if others else ""


def _number(argument: str, values: Sequence[object]) -> int:
    """The value that ``$1`` stands for, 0 for one that is no number."""
    place = PLACE.fullmatch(argument)
    value = values[int(place[1]) - 1] if place and 0 < int(place[1]) <= len(values) else None
    return value if isinstance(value, int) else 0
