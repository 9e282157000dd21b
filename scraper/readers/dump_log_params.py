"""Parameters of log events: from what the database holds, and dumps copy, to what ``list=logevents`` shows.

After MediaWiki's LogFormatter::formatParametersForApi and the formatters of single logs (includes/logging, 1.39).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scraper.model import Timestamp
from scraper.readers.dump_php import unserialise
from scraper.titles import IllegalTitle, TitleParser

Params = dict[str, Any]

INTERNAL = "associated_rev_id"  # LogFormatter never shows it
MOVE = {"0": "target", "1": "noredir"}  # positions, before 1.19
HIDEABLE = {1: "content", 2: "comment", 4: "user", 8: "restricted"}
TITLES = ("target", "dest")


def read_params(text: str, log_type: str, titles: TitleParser) -> Params:
    """Serialised by PHP, or, before 1.19, one in a line. What cannot be read is kept as it is, under ``raw``."""
    if not text.strip():
        return {}
    try:
        stored = unserialise(text) if text.startswith("a:") else text.split("\n")
    except ValueError:
        return {"raw": text}
    named = _named(stored)
    if log_type == "move":
        named = {"noredir": "", **{MOVE.get(name, name): value for name, value in named.items()}}
    shown: Params = {}
    for name, value in named.items():
        if name != INTERNAL:
            shown |= _shown(name, value, titles)
    return shown | OF_TYPE.get(log_type, dict)(shown)


def title_of(text: str, titles: TitleParser) -> tuple[int, str]:
    """Namespace and full title, as the wiki wrote it."""
    try:
        return titles.parse(text).namespace_id, text
    except IllegalTitle:
        return 0, text


def _named(stored: Any) -> Params:
    """Keys are a name, or position, type and name: ``4::target``."""
    keyed = stored if isinstance(stored, dict) else dict(enumerate(stored))
    return {str(key).split(":", 2)[-1]: value for key, value in keyed.items()}


def _shown(name: str, value: Any, titles: TitleParser) -> Params:
    if name in TITLES and isinstance(value, str):
        number, title = title_of(value, titles)
        return {f"{name}_ns": number, f"{name}_title": title}
    show = SHOWN.get(name)
    try:
        return show(value) if show else {name: value}
    except (ValueError, TypeError, AttributeError, KeyError):
        return {name: value}  # an extension uses the name for something else


def hidden_parts(value: Any) -> Params:
    """MediaWiki's bits of hidden parts by their names."""
    bits = int(value)
    return {"bitmask": bits, **{name: bool(bits & bit) for bit, name in HIDEABLE.items()}}


def _time(value: str) -> str:
    return Timestamp.from_mediawiki(value).iso


def _detail(detail: Params) -> Params:
    expiry = detail["expiry"]
    return detail | {"expiry": "infinite" if expiry == "infinity" else _time(expiry)}


SHOWN: dict[str, Callable[[Any], Params]] = {
    "img_timestamp": lambda value: {"img_timestamp": _time(value)},
    "mergepoint": lambda value: {"mergepoint": _time(value)},
    "ofield": lambda value: {"old": hidden_parts(value)},
    "nfield": lambda value: {"new": hidden_parts(value)},
    "noredir": lambda value: {"suppressredirect": value == "1"},
    "flags": lambda value: {"flags": value.split(",") if value else []},
    "details": lambda value: {"details": [_detail(detail) for detail in value]},
}


def _rights(shown: Params) -> Params:
    """Groups as lists (PHP keeps the holes of removed ones), and until when each is held."""
    found: Params = {}
    for side in ("old", "new"):
        groups, metadata = (_listed(shown.get(f"{side}{kind}")) for kind in ("groups", "metadata"))
        if f"{side}groups" in shown:
            found[f"{side}groups"] = groups
            found[f"{side}metadata"] = [
                {"group": group, "expiry": data.get("expiry") or "infinity"}
                for group, data in zip(groups, metadata, strict=False)
            ]
    return found


def _listed(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else list(value or ())


def _block(shown: Params) -> Params:
    duration = shown.get("duration")
    return {"expiry": duration} if duration not in (None, "infinity") else {}


def _delete(shown: Params) -> Params:
    """Hiding log events says their ids only."""
    return {"type": "logging"} if "ids" in shown and "type" not in shown else {}


OF_TYPE: dict[str, Callable[[Params], Params]] = {"rights": _rights, "block": _block, "delete": _delete}
