"""Parameters of log events as ``list=logevents`` shows them, from those that the database keeps.

After MediaWiki's ``LogFormatter::formatParametersForApi`` and the formatters of each type of log
(``includes/logging/`` in 1.39 and 1.43).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .rows import LogEvent

TITLES = ("target", "dest")
HIDEABLE = {1: "content", 2: "comment", 4: "user", 8: "restricted"}

Params = dict[str, Any]


def as_api(event: LogEvent, namespaces: Mapping[str, int]) -> Params:
    """The parameters in the API's shape (formatversion 2); `namespaces` maps local names to numbers."""
    shown: Params = {}
    for name, value in event.params.items():
        if name != "associated_rev_id":
            shown |= _shown(name, value, namespaces)
    if (event.type, event.action) == ("delete", "event"):
        shown["type"] = "logging"
    if event.type == "block" and "duration" in shown:
        shown |= _block_expiry(shown["duration"])
    if event.type == "rights":
        shown |= _with_groups(shown)
    return shown


def _shown(name: str, value: Any, namespaces: Mapping[str, int]) -> Params:
    if name in TITLES:
        return _title(name, value, namespaces)
    return SHOWN[name](value) if name in SHOWN else {name: value}


def iso(digits: str) -> str:
    """``2017-05-25T14:56:03Z`` for MediaWiki's ``20170525145603``."""
    d = digits
    return f"{d[:4]}-{d[4:6]}-{d[6:8]}T{d[8:10]}:{d[10:12]}:{d[12:14]}Z"


def _title(name: str, value: str, namespaces: Mapping[str, int]) -> Params:
    prefix, colon, _ = value.partition(":")
    number = namespaces.get(prefix, 0) if colon else 0
    return {f"{name}_ns": number, f"{name}_title": value}


def _bits(bitmask: int) -> Params:
    return {"bitmask": bitmask, **{name: bool(bitmask & bit) for bit, name in HIDEABLE.items()}}


def _expiry(value: str) -> Params:
    return {"expiry": "infinite" if value == "infinity" else iso(value)}


def _block_expiry(duration: str) -> Params:
    return {} if duration == "infinity" else {"expiry": duration}


def _with_groups(shown: Params) -> Params:
    """Groups as lists, each with its expiry (PHP keeps the holes of removed groups)."""
    listed: Params = {}
    for side in ("old", "new"):
        groups, metadata = (_listed(shown[f"{side}{kind}"]) for kind in ("groups", "metadata"))
        listed[f"{side}groups"] = groups
        listed[f"{side}metadata"] = [
            {"group": group, "expiry": data["expiry"] or "infinity"}
            for group, data in zip(groups, metadata, strict=True)
        ]
    return listed


def _listed(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value


SHOWN: dict[str, Callable[[Any], Params]] = {
    "img_timestamp": lambda value: {"img_timestamp": iso(value)},
    "mergepoint": lambda value: {"mergepoint": iso(value)},
    "ofield": lambda value: {"old": _bits(int(value))},
    "nfield": lambda value: {"new": _bits(int(value))},
    "noredir": lambda value: {"suppressredirect": value == "1"},
    "flags": lambda value: {"flags": value.split(",") if value else []},
    "details": lambda value: {"details": [detail | _expiry(detail["expiry"]) for detail in value]},
}
"""How parameters are shown that are not shown as they are kept."""
