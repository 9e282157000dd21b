"""In which zone the wiki displayed times: found by comparing displayed times with exact ones.

A reader without account sees every time of an answer moved by one offset: the server's on the day of the answer
($wgLocalTZoffset, Language::userAdjust), so summer time depends on when the answer was given. An account with a zone
of its own, or software that changed, gives offsets that depend on the time that is displayed. Both are seen here as
offsets at moments, known at some and asked at others: where the nearest known ones before and after are the same,
so it is between them. Pure; moments and offsets are minutes, moments since 1970.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

EARLIEST, LATEST = -12 * 60, 14 * 60  # offsets of the world's zones
STEP = 15  # all of them are multiples of it
SLIP = 0.1  # of the comparisons may be slips: a form that shows another revision's time
LONGEST_GAP = 60 * 24 * 60  # two months without comparison: a change of the clocks and back does not fit in


@dataclass(frozen=True, slots=True)
class Comparison:
    """``count`` times that ``answer`` displays near the moment ``displayed`` are by ``offset`` later than UTC."""

    answer: Hashable
    displayed: int
    offset: int
    count: int = 1


@dataclass(slots=True)
class Offsets:
    """Offsets known at moments."""

    counts: Counter[tuple[int, int]] = field(default_factory=Counter)

    def add(self, moment: int, offset: int, count: int = 1) -> None:
        if EARLIEST <= offset <= LATEST and offset % STEP == 0:
            self.counts[moment, offset] += count

    def settled(self) -> SettledOffsets:
        """Without slips: offsets that only few comparisons have."""
        by_offset: Counter[int] = Counter()
        for (_, offset), count in self.counts.items():
            by_offset[offset] += count
        kept = {offset for offset, count in by_offset.items() if count > SLIP * by_offset.total()}
        return SettledOffsets(tuple(sorted(known for known in self.counts if known[1] in kept)))


@dataclass(frozen=True, slots=True)
class SettledOffsets:
    """Moments with their offsets, in their order."""

    known: tuple[tuple[int, int], ...]

    def at(self, moment: int | None) -> int | None:
        """The offset at a moment; ``None`` where that cannot be told. One offset alone counts for all moments."""
        offsets = {offset for _, offset in self.known}
        if len(offsets) < 2:
            return next(iter(offsets), None)
        if moment is None:
            return None
        place = bisect_left(self.known, (moment, EARLIEST))
        before, after = self.known[max(0, place - 1) : place], self.known[place : place + 1]
        near = {known[0][1] for known in (before, after) if known and abs(known[0][0] - moment) <= LONGEST_GAP}
        return near.pop() if len(near) == 1 and before and after else None


def own_offsets(comparisons: Iterable[Comparison]) -> dict[Hashable, SettledOffsets]:
    """What the comparisons of each answer tell of it."""
    own: dict[Hashable, Offsets] = {}
    for comparison in comparisons:
        own.setdefault(comparison.answer, Offsets()).add(comparison.displayed, comparison.offset, comparison.count)
    return {answer: offsets.settled() for answer, offsets in own.items()}


def common_offsets(
    own: Mapping[Hashable, SettledOffsets], taken: Mapping[Hashable, int | None]
) -> dict[Hashable, SettledOffsets]:
    """What follows for the other answers of the same set (a copy, a harvest) from when each was given.

    ``taken`` has all answers of the set, and when each was given if that is known.
    """
    together = Offsets()
    for answer, offsets in own.items():
        for offset in {offset for _, offset in offsets.known}:
            together.add(taken.get(answer) or 0, offset)
    common = together.settled()
    found = {answer: common.at(moment) for answer, moment in taken.items() if answer not in own}
    return {answer: SettledOffsets(((0, offset),)) for answer, offset in found.items() if offset is not None}
