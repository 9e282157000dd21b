"""An answer of ``api.php`` as it comes over the wire: JSON, perhaps damaged, perhaps a refusal.

Seen in the field: a BOM, PHP notices or blank lines before the JSON, a wrong charset in the header, HTML with
status 200, an empty body. MediaWiki before 1.26 continues lists by ``query-continue``, and before 1.25 all has
other shapes (:mod:`scraper.readers.api_shapes`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from scraper.model import Capture
from scraper.readers.api_shapes import modern, without_halves
from scraper.readers.api_types import checked

LONGEST_EXCERPT = 160
# Perhaps without its other half, escaped or in bytes. Two patterns: each is found by its first byte, one would not be.
HALVES = (re.compile(rb"\\u[dD][89a-fA-F]"), re.compile(rb"\xed[\xa0-\xbf]"))
MOST_NOISE = 20  # places where the object may begin


class Kind(StrEnum):
    """What a refusal asks of us."""

    LATER = "later"  # the wiki is busy: ask again after a while
    LOGIN = "login"  # only some accounts may read
    BROKEN = "broken"  # the wiki failed at this question: a smaller one may work
    CLOSED = "closed"  # this door does not exist here
    WRONG = "wrong"  # anything else: asking again would not help


GOOD = {"query", "parse", "batchcomplete", "continue", "query-continue", "login", "warnings", "limits"}
GENERATOR = "g"  # begins the names of a generator's parameters
PLACE_OF_GENERATOR = re.compile(r"g\w*(?:from|continue|start|offset)")
# From 1.13 on a wiki that does not know a list warns and answers nothing.
UNKNOWN = re.compile(r"Unrecogni[sz]ed values? for parameter ['\"](list|meta|prop)['\"]")
EXCEPTION = re.compile(rb"Exception encountered, of type|<b>(?:Fatal|Parse) error</b>|Internal error</|MWException")

# All that api.php says where $wgEnableAPI is false (1.8 to 1.31), with status 200, 403 or 500.
DISABLED = b"MediaWiki API is not enabled for this site"

# Error codes of ApiMain, ApiQuery and ApiParse; `internal_api_error_*` carries a PHP exception's name.
KINDS: dict[str, Kind] = {
    "maxlag": Kind.LATER,
    "ratelimited": Kind.LATER,
    "readonly": Kind.LATER,
    "concurrency-limit": Kind.LATER,
    "pool-errorunknown": Kind.LATER,
    "readapidenied": Kind.LOGIN,
    "assertuserfailed": Kind.LOGIN,
    "mwoauth-invalid-authorization": Kind.LOGIN,
    "apidisabled": Kind.CLOSED,
    "unknown_action": Kind.CLOSED,
    "badvalue": Kind.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No answer of an API: the body is cut, or something else altogether. Asking again may help."""

    reason: str
    is_broken: bool = False  # the wiki itself failed, and would again


@dataclass(frozen=True, slots=True)
class Refusal:
    """The API's own error."""

    code: str
    text: str

    @property
    def kind(self) -> Kind:
        known = KINDS.get(self.code.removeprefix("unknown_") if self.code.startswith("unknown_list") else self.code)
        if known is not None:
            return known
        if self.code.startswith(("internal_api_error", "unknownerror", "invalidcontent")):
            return Kind.BROKEN
        return Kind.CLOSED if self.code.startswith(("unknown_", "bad_")) else Kind.WRONG


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer: ``data`` is the whole object; ``continuation`` is what to add to go on, ``None`` at the end.

    ``is_whole`` is false while properties of the same batch are still to come. ``misshapen`` tells what was left out
    of ``data`` because nobody could read it. ``asked`` are the parameters of the question as far as the answer's
    address tells them.
    """

    data: Mapping[str, Any]
    continuation: Mapping[str, str] | None = None
    is_whole: bool = True
    warnings: tuple[str, ...] = field(default=())
    misshapen: tuple[str, ...] = ()
    asked: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> Mapping[str, Any]:
        """What ``action=query`` answered; empty when it found nothing."""
        found: Mapping[str, Any] = self.data.get("query", {})
        return found


def read_answer(capture: Capture) -> Answer | Refusal | Unreadable:
    """What the body says."""
    try:
        return _read(capture)
    except RecursionError:
        return Unreadable("JSON that is nested too deep")


def _read(capture: Capture) -> Answer | Refusal | Unreadable:
    data = _decode(capture.body)
    if isinstance(data, Unreadable):
        return Refusal("apidisabled", "its API is not enabled") if DISABLED in capture.body else data
    if data in ([], {}):  # nothing was found; PHP writes it as a list
        data = {}
    elif not isinstance(data, dict):
        return Unreadable("JSON, but no object")
    elif not data.keys() & GOOD:
        return _refusal(data) or Unreadable(f"JSON of something else: {_excerpt(capture.body)}")
    refusal = _refusal(data)
    if refusal is not None:
        return refusal
    shaped = modern(data)
    if any(half.search(capture.body) for half in HALVES):
        shaped = without_halves(shaped)
    good, misshapen = checked(shaped)
    if misshapen and good.keys() < shaped.keys():  # no part of it, but the whole or how it goes on
        return Unreadable("; ".join(misshapen))
    return _answer(good, misshapen, capture)


def _answer(data: Mapping[str, Any], misshapen: tuple[str, ...], capture: Capture) -> Answer:
    asked = dict(parse_qsl(urlsplit(capture.url).query))
    warnings = tuple(_warnings(data.get("warnings")))
    if "query-continue" in data:
        continuation, is_whole = _old_continuation(data["query-continue"], asked)
    else:
        continuation = {key: str(value) for key, value in data.get("continue", {}).items()}
        is_whole = not continuation or "batchcomplete" in data
    return Answer(data, continuation or None, is_whole, warnings, misshapen, asked)


def _old_continuation(
    modules: Mapping[str, Mapping[str, Any]], asked: Mapping[str, str]
) -> tuple[dict[str, str], bool]:
    """What to add to go on, and whether this batch is whole.

    While properties of the pages that a generator found are still to come, the generator stays where it is.
    Source: https://www.mediawiki.org/wiki/API:Raw_query_continue
    """
    following = {name: str(value) for params in modules.values() for name, value in params.items()}
    of_properties = {name: value for name, value in following.items() if not name.startswith(GENERATOR)}
    if "generator" not in asked or not of_properties:
        return following, True
    place = {name: value for name, value in asked.items() if PLACE_OF_GENERATOR.fullmatch(name)}
    return place | of_properties, False


def merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Two parts of one batch as one: objects are united, lists joined, pages matched by their id or title."""
    result = dict(first)
    for key, value in second.items():
        present = result.get(key)
        if isinstance(present, dict) and isinstance(value, dict):
            result[key] = merged(present, value)
        elif isinstance(present, list) and isinstance(value, list):
            result[key] = _merged_pages(present, value) if key == "pages" else present + value
        else:
            result[key] = value
    return result


def _merged_pages(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> list[dict[str, Any]]:
    pages = {page.get("pageid") or page.get("title"): page for page in first}
    for page in second:
        key = page.get("pageid") or page.get("title")
        pages[key] = merged(pages.get(key, {}), page)
    return list(pages.values())


def _decode(body: bytes) -> Any:
    if not body.strip():
        return Unreadable("an empty answer")
    try:
        return json.loads(body)
    except ValueError:
        return _decode_after_noise(body)


def _decode_after_noise(body: bytes) -> Any:
    """The JSON object at the end of a body that begins with a BOM, PHP's notices or blank lines."""
    text = body.decode("utf-8", "replace").rstrip("\x00 \r\n\t")
    for start in islice(re.finditer(r"\{\s*\"", text), MOST_NOISE):
        try:
            return json.loads(text[start.start() :])
        except ValueError:
            continue
    return Unreadable(f"no JSON: {_excerpt(body)}", bool(EXCEPTION.search(body)))


def _refusal(data: Mapping[str, Any]) -> Refusal | None:
    """Since 1.29 ``errors`` is a list, before ``error`` is one object."""
    errors = data.get("errors") or ([data["error"]] if "error" in data else [])
    first = errors[0] if errors and isinstance(errors, list) else None
    if not isinstance(first, dict):
        return _unknown(data)
    return Refusal(str(first.get("code", "unknown")), str(first.get("text") or first.get("info") or ""))


def _unknown(data: Mapping[str, Any]) -> Refusal | None:
    """A list that the wiki does not know, when nothing else was answered."""
    if data.keys() & (GOOD - {"warnings"}):
        return None
    texts = _warnings(modern(data).get("warnings"))
    found = next(filter(None, map(UNKNOWN.search, texts)), None)
    return Refusal(f"unknown_{found[1]}", found.string) if found else None


def _warnings(found: Any) -> list[str]:
    """Since 1.29 a list of texts, before an object by module."""
    if isinstance(found, dict):
        return [
            str(value.get("warnings", value)) if isinstance(value, dict) else str(value) for value in found.values()
        ]
    listed = found if isinstance(found, list) else ()
    return [str(warning.get("text", warning)) for warning in listed if isinstance(warning, dict)]


def _excerpt(body: bytes) -> str:
    return " ".join(body[: 4 * LONGEST_EXCERPT].decode("utf-8", "replace").split())[:LONGEST_EXCERPT]
