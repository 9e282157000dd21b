"""One rule, and the expressions of which rules are made: they look at an address as it came over the wire."""

from __future__ import annotations

from collections.abc import Iterator
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


@dataclass(frozen=True, slots=True)
class Parted:
    """Words of a title with a ``space`` between them. ``before`` is what comes before the first space, ``word`` what is
    between two, ``last`` what comes behind the last; ``kept`` are the groups of ``before`` that are no words, ``joint``
    is what takes the place of a space."""

    before: str
    space: str
    word: str
    last: str
    kept: str = ""
    ignores_case: bool = False
    joint: str = "_"

    def joined(self, *counts: int) -> Iterator[Rule]:
        """Rules that mend so many spaces at once: those who ask follow few redirects."""
        first = self.kept.count("$") + 1
        for count in counts:
            pattern = f"{self.before}{f'{self.space}{self.word}' * (count - 1)}{self.space}{self.last}"
            words = self.joint.join(f"${number}" for number in range(first, first + count + 1))
            yield Rule(pattern, f"{self.kept}{words}", self.ignores_case)
