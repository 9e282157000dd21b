"""Parameters of log events as MediaWiki before 1.25 shows them, in the shape of today's ``params``.

Then, what a log line tells stood beside its other parts: by name under the log's type (``"move": {"new_title": …}``),
by name alone (``img_sha1``, since 1.22), or line by line as it was stored (``"0": …, "1": …``).
Source: ApiQueryLogEvents::addLogParams of 1.16, 1.19 and 1.23, beside LogFormatter::getParametersForApi of today.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scraper.model import Timestamp
from scraper.readers.dump_log_params import hidden_parts

Params = dict[str, Any]
_COMMON = (
    "logid ns title pageid logpage type action user userid anon timestamp comment parsedcomment tags userhidden"
    " commenthidden actionhidden suppressed params"
)
COMMON = frozenset(_COMMON.split())


def old_params(item: Mapping[str, Any]) -> Params:
    """What the line tells beside its common parts."""
    log_type = str(item.get("type", ""))
    told = {name: value for name, value in item.items() if name not in COMMON}
    lines = [told.pop(name) for name in sorted(filter(str.isdecimal, tuple(told)), key=int)]
    own = told.pop(log_type, None)
    if isinstance(own, dict) and log_type in NAMED:
        return told | NAMED[log_type](own)
    if any(lines):
        return told | LISTED.get(log_type, _numbered)([str(line) for line in lines])
    return told | (own if isinstance(own, dict) else {})


def _move(own: Params) -> Params:
    return {
        "target_ns": own.get("new_ns", 0),
        "target_title": own.get("new_title", ""),
        "suppressredirect": "suppressedredirect" in own,
    }


def _patrol(own: Params) -> Params:
    return {
        "curid": int(own.get("cur") or 0),
        "previd": int(own.get("prev") or 0),
        "auto": str(own.get("auto", "0")) == "1",
    }


def _rights(own: Params) -> Params:
    return {f"{side}groups": _split(own.get(side)) for side in ("old", "new")}


def _block(own: Params) -> Params:
    return own | {"flags": _split(own.get("flags"))}


def _split(groups: Any) -> list[str]:
    return [part.strip() for part in str(groups or "").split(",") if part.strip() not in ("", "(none)")]


def _protect(lines: list[str]) -> Params:
    return {"description": lines[0], "cascade": any(lines[1:])}


def _hiding(lines: list[str]) -> Params:
    """Type, ids, and the hidden parts before and after; hiding log events says their ids only."""
    if len(lines) < 2:
        return {"type": "logging", "ids": lines[0].split(",")}
    sides = {"ofield": "old", "nfield": "new"}
    shown: Params = {"type": lines[0], "ids": lines[1].split(",")}
    for line in lines[2:]:
        name, _, bits = line.partition("=")
        if name in sides and bits.isdecimal():
            shown[sides[name]] = hidden_parts(bits)
    return shown


def _merge(lines: list[str]) -> Params:
    point = lines[1] if len(lines) > 1 else ""
    times = {"mergepoint": Timestamp.from_mediawiki(point).iso} if point.isdecimal() and len(point) == 14 else {}
    return {"dest_title": lines[0], **times}


def _numbered(lines: list[str]) -> Params:
    return {str(number): line for number, line in enumerate(lines)}


NAMED: dict[str, Callable[[Params], Params]] = {
    "move": _move,
    "patrol": _patrol,
    "rights": _rights,
    "block": _block,
    "suppress": _block,
}
LISTED: dict[str, Callable[[list[str]], Params]] = {
    "protect": _protect,
    "delete": _hiding,
    "suppress": _hiding,
    "merge": _merge,
}
