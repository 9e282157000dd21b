"""What Cite refuses, and how it says so (Cite::validateRef, ErrorReporter)."""

from __future__ import annotations

import html
import json
import re
from functools import lru_cache
from importlib.resources import files

from converters.language import fallbacks, language
from converters.wikitext.references.stack import Mark
from converters.wikitext.spaces import trim
from converters.wikitext.state import Page
from scraper.languages.tables import html_code

REF_ATTRIBUTES = frozenset({"group", "name", "extends", "follow", "dir"})
LIST_ATTRIBUTES = frozenset({"group", "responsive"})
DIRECTIONS = frozenset({"ltr", "rtl"})
NEWER_WORDS_SINCE = (1, 39)
NUMERIC = re.compile(r"[0-9]+")
OPENING = re.compile(r"<ref(?:erences)?\b[^>]*>", re.I)
NAMED_TAG = re.compile(r"<(/?ref(?:erences)?\b[^<>]*)>")
TAG = re.compile(r"<(\w++)[^<>]*>|<!--")

Fault = tuple[str, ...]
"""The key of a message, and what stands for its $1, $2 …"""


def mark_faults(mark: Mark, page: Page) -> list[Fault]:
    """What is wrong with a ``<ref>``: with its attributes, and with what they say."""
    faults: list[Fault] = [("cite_error_ref_too_many_keys",)] if mark.attributes.keys() - REF_ATTRIBUTES else []
    fault = _fault(mark, page)
    return faults if fault is None else [*faults, fault]


def _fault(mark: Mark, page: Page) -> Fault | None:
    attributes = mark.attributes
    extended = attributes.get("extends", "")
    if any(NUMERIC.fullmatch(name) for name in (mark.name, mark.follow, extended)):
        return ("cite_error_ref_numeric_key",)
    if extended or (mark.follow and mark.name):
        return ("cite_error_ref_too_many_keys",)
    if "dir" in attributes and mark.direction not in DIRECTIONS:
        return ("cite_error_ref_invalid_dir", attributes["dir"])
    if page.notes.inside is None:
        return _fault_in_text(mark)
    return _fault_in_list(mark, page)


def _fault_in_text(mark: Mark) -> Fault | None:
    if not mark.name and mark.text is None:
        return ("cite_error_ref_no_key",)
    if not mark.name and not trim(mark.text or ""):
        return ("cite_error_ref_no_input",)
    if mark.text is not None and _has_open_ref(mark.text):
        return ("cite_error_included_ref",)
    return None


def _fault_in_list(mark: Mark, page: Page) -> Fault | None:
    if mark.group != page.notes.inside:
        return "cite_error_references_group_mismatch", mark.group
    if not mark.name:
        return ("cite_error_references_no_key",)
    if not trim(mark.text or ""):
        return "cite_error_empty_references_define", mark.name, mark.group
    notes = page.notes.group(mark.group)
    if not notes:
        return "cite_error_references_missing_group", mark.group, mark.name
    return None if mark.name in notes else ("cite_error_references_missing_key", mark.name)


def _has_open_ref(text: str) -> bool:
    """Whether a ``<ref>`` opens in the text, which means that somebody forgot to close one."""
    end = text.rfind(">") + 1
    if "<ref" not in text[:end].lower():
        return False
    bare = _without_elements(text)
    return OPENING.search(bare, 0, bare.rfind(">") + 1) is not None


def _without_elements(text: str) -> str:
    """The text without comments and closed elements. What is never closed is looked for once only."""
    pieces: list[str] = []
    position = 0
    endless: set[str] = set()
    while found := TAG.search(text, position):
        name = found[1] or "--"
        end = None if name in endless else _closing(name).search(text, found.end())
        if end is None:
            endless.add(name)
            pieces.append(text[position : found.start() + 1])
            position = found.start() + 1
            # The rest of the tag is looked at again, as the sign < alone may begin nothing.
            continue
        pieces.append(text[position : found.start()])
        position = end.end()
    return "".join([*pieces, text[position:]])


@lru_cache(maxsize=256)
def _closing(name: str) -> re.Pattern[str]:
    return re.compile("-->" if name == "--" else rf"</{name}\s*>")


def complaint(fault: Fault, page: Page) -> str:
    """MediaWiki's message in the wiki's language, as wikitext."""
    key, *details = fault
    # Some translations name the tags as they are written.
    shown = NAMED_TAG.sub(r"&lt;\1&gt;", message(key, page))
    for number, detail in enumerate(details, 1):
        shown = shown.replace(f"${number}", html.escape(detail))
    kind = key.split("_")[1]
    code = html_code(page.wiki.site.language)
    written = message(f"cite_{kind}", page).replace("$1", shown)
    return f'<span class="{kind} mw-ext-cite-{kind}" lang="{code}" dir="{_direction(page)}">{written}</span>'


def message(key: str, page: Page) -> str:
    """One of Cite's messages in the wiki's language, in English where it has none."""
    ages = ("older", "languages") if page.wiki.is_since(NEWER_WORDS_SINCE) is False else ("languages",)
    tables = (_messages(age).get(code, {}) for code in fallbacks(page.wiki.site.language) for age in ages)
    return next((table[key] for table in tables if key in table), "")


def _direction(page: Page) -> str:
    return "rtl" if language(page.wiki.site.language).is_rtl else "ltr"


@lru_cache(maxsize=2)
def _messages(age: str) -> dict[str, dict[str, str]]:
    table = json.loads(files(__package__).joinpath("messages.json").read_text("utf-8"))
    languages: dict[str, dict[str, str]] = table[age]
    return languages
