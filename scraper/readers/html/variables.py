"""The variables that MediaWiki hands to a page's scripts, in the form of every era.

``var wgTitle = "…";`` up to 1.15, one list of them in 1.16, ``mediaWiki.config.set({…})`` from 1.17,
``mw.config.set`` inside ``RLQ.push`` from 1.26, ``RLCONF={…}`` with ``!0`` and ``!1`` from 1.33
(OutputPage::getJSVars, ResourceLoaderClientHtml).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

Value = str | int | bool | None | tuple[str, ...]

ASSIGNED = re.compile(
    r"""(?:^|[\s{,;])["']?(wg[A-Z]\w+|skin)["']?\s*[:=]\s*"""
    r"""("(?:[^"\\]|\\.)*"|-?\d+|true|false|null|!0|!1|\[(?:\s*"(?:[^"\\]|\\.)*"\s*,?)*\s*\])"""
)
LARGEST = 2**53  # no number of JavaScript's is exact beyond
WORDS: dict[str, Value] = {"true": True, "!0": True, "false": False, "!1": False, "null": None}
# PHP wrote \' and \x27 into JavaScript; JSON knows neither.
FOREIGN_ESCAPE = re.compile(r"\\(?:'|x([0-9A-Fa-f]{2}))")


def read_variables(scripts: Iterable[str]) -> dict[str, Value]:
    """The variables set in these scripts; the first value of a name counts."""
    found: dict[str, Value] = {}
    for script in scripts:
        if "wg" in script:
            for name, value in ASSIGNED.findall(script):
                if name not in found:
                    found[name] = _value(value)
    return found


def _value(written: str) -> Value:
    if written in WORDS:
        return WORDS[written]
    if written[0] == '"' and "\\" not in written:
        return _whole(written[1:-1])
    try:
        value = json.loads(FOREIGN_ESCAPE.sub(_in_json, written), strict=False)
    except ValueError:
        return None
    if isinstance(value, int):
        return value if abs(value) < LARGEST else None
    return tuple(map(_whole, value)) if isinstance(value, list) else _whole(value)


def _whole(text: str) -> str:
    """Without halves of characters (``\\ud800`` alone), which no file can hold."""
    return text.encode("utf-8", "replace").decode()


def _in_json(escape: re.Match[str]) -> str:
    return f"\\u00{escape[1]}" if escape[1] else "'"
