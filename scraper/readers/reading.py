"""What a reader hands back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scraper.model import Fact
from scraper.problems import Problem


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of one answer, in an order in which they can be saved, and the defects met on the way.

    ``missing`` are ids that were asked for and that the wiki says do not exist.
    """

    facts: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()
    missing: tuple[int, ...] = ()

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Reading:
        return cls(tuple(facts))
