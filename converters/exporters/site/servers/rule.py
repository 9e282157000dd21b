"""One rule, and the expressions of which rules are made: they look at an address as it came over the wire."""

from __future__ import annotations

from dataclasses import dataclass

# A title in a path, and as the value of a parameter. A slash in front could lead to another host.
TITLE, VALUE = r"([^/?\\\s][^?\s]*?)", r"([^/?\\&\s][^?&\s]*)"
NAME = r"([^/?\s]+)"
PARAMETERS = r"/?\?(?:\S*&)?"
END = r"/?(?:\?\S*)?$"
COLON = "(?::|%3[Aa])"


@dataclass(frozen=True, slots=True)
class Rule:
    """``target`` is a path and maybe a query; ``$1`` and so on stand for the groups of the expression."""

    pattern: str
    target: str
    ignores_case: bool = False
