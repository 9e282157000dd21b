"""Inline style from a wiki, reduced to what can only change how its own box looks."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

PROPERTIES = frozenset(
    name
    for name in files(__package__).joinpath("style-properties.txt").read_text("utf-8").split("\n")
    if name and not name.startswith("#")
)
# No backslash (escapes), no quotes, no <, @ or comment: what remains cannot hide another meaning.
PLAIN_VALUE = re.compile(r"[\w\s#%.,+*/()!-]+")
# No unit is called e: written again it would get a backslash, so that it is not taken for an exponent.
HALF_EXPONENT = re.compile(r"(?<![\w#.])[\d.]+[eE](?!\w|[+-]\d)")
FUNCTION = re.compile(r"([\w-]*)\s*\(")
INNERMOST = re.compile(r"\([^()]*\)")
SAFE_FUNCTIONS = frozenset({"rgb", "rgba", "hsl", "hsla", "calc", "min", "max", "linear-gradient", "radial-gradient"})
QUOTED_FONT = re.compile(r"""(["'])([\w -]*)\1""")
# Nobody writes longer ones, and the search for functions in them takes the square of their length.
LONGEST_VALUE, LONGEST = 1000, 102_400
STAYING = frozenset({"static", "relative"})


@lru_cache(maxsize=4096)
def safe_style(style: str) -> str:
    """The declarations that stay within their box, in the same order, as ``name: value; name: value``.

    Left out: properties that are not in ``style-properties.txt``, values that fetch, run or escape something
    (``url()``, ``expression()``, backslashes, comments), positions that leave the flow, negative margins, and what is
    longer than anybody writes it.
    """
    declarations = (declaration.partition(":") for declaration in style[:LONGEST].split(";"))
    kept = ((name.strip().lower(), value.strip()) for name, _, value in declarations)
    return "; ".join(f"{name}: {value}" for name, value in kept if _is_safe(name, value))


def _is_safe(name: str, value: str) -> bool:
    if name not in PROPERTIES or len(value) > LONGEST_VALUE:
        return False
    unquoted = QUOTED_FONT.sub(r"\2", value)
    if not PLAIN_VALUE.fullmatch(unquoted) or "/*" in unquoted or HALF_EXPONENT.search(unquoted):
        return False
    if name == "position" and value.lower() not in STAYING:
        return False
    if name.startswith("margin") and "-" in value:
        return False
    return _is_closed(unquoted) and all(called.lower() in SAFE_FUNCTIONS for called in FUNCTION.findall(unquoted))


def _is_closed(value: str) -> bool:
    """Whether every parenthesis has its other half, as no browser reads the value otherwise."""
    while "(" in value and value != (shorter := INNERMOST.sub("", value)):
        value = shorter
    return "(" not in value and ")" not in value
