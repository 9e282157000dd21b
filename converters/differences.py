"""What changed between two texts: line by line, and inside changed lines word by word, as MediaWiki's diffs show it."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, LCSseq

CONTEXT = 2  # lines shown around a change
# Words, single characters of scripts without spaces, and everything else sign by sign.
WORD = re.compile(r"[぀-ヿ㐀-鿿豈-﫿]|\w+|\s+|.", re.DOTALL)
# Above this many pairs of lines or words a comparison would take more than 50 MB: the whole is then one change.
MOST_PAIRS = 400_000_000
MOST_COUPLES = 2500  # pairs of lines in one change that are weighed against each other; beyond, place decides
ALIKE = 0.3  # lines with less in common are shown as one taken away and one added


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line; ``is_changed`` where the other side differs."""

    text: str
    is_changed: bool


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line on both sides: equal on both, changed, or ``None`` on the side that does not have it."""

    old: Line | None
    new: Line | None

    @property
    def is_equal(self) -> bool:
        return self.old is not None and self.old == self.new


@dataclass(frozen=True, slots=True)
class Hunk:
    """Neighbouring rows with some context; line numbers begin with 1."""

    old_start: int
    new_start: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines ``old`` became lines ``new``; they begin at these places."""

    old_start: int
    new_start: int
    old: Sequence[str]
    new: Sequence[str]
    is_equal: bool


def compare(old: str, new: str, context: int = CONTEXT) -> list[Hunk]:
    """The changes in order, each with so many lines around it; none for equal texts."""
    before, after = _lines(old), _lines(new)
    blocks = [_Block(a, c, before[a:b], after[c:d], same) for same, a, b, c, d in _steps(before, after)]
    return list(_hunks(blocks, context))


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _steps(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Equal stretches and changes in turn: whether equal, from and to in the old, from and to in the new."""
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    if head:
        yield True, 0, head, 0, head
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    for same, a, b, c, d in _middle_steps(*middle):
        yield same, a + head, b + head, c + head, d + head
    if tail:
        yield True, len(old) - tail, len(old), len(new) - tail, len(new)


def _middle_steps(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[bool, int, int, int, int]]:
    if not old and not new:
        return
    if len(old) * len(new) > MOST_PAIRS:
        yield False, 0, len(old), 0, len(new)
        return
    at_old = at_new = 0
    for block in Indel.opcodes(old, new).as_matching_blocks():
        if (at_old, at_new) != (block.a, block.b):
            yield False, at_old, block.a, at_new, block.b
        if block.size:
            yield True, block.a, block.a + block.size, block.b, block.b + block.size
        at_old, at_new = block.a + block.size, block.b + block.size


def _shared(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How many items both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(old), len(new)))


def _hunks(blocks: Sequence[_Block], context: int) -> Iterator[Hunk]:
    rows: list[Row] = []
    start = (1, 1)
    for place, block in enumerate(blocks):
        if not block.is_equal:
            rows += _changed_rows(block)
            continue
        lines = [_plain(line) for line in block.new]
        before, after = (context if place else 0), (context if place + 1 < len(blocks) else 0)
        if rows and len(lines) <= before + after:
            rows += (Row(line, line) for line in lines)
            continue
        if rows:
            yield Hunk(*start, (*rows, *(Row(line, line) for line in lines[:before])))
        kept = lines[len(lines) - after :] if after else []
        rows = [Row(line, line) for line in kept]
        start = (block.old_start + len(lines) - len(kept) + 1, block.new_start + len(lines) - len(kept) + 1)
    if rows and not all(row.is_equal for row in rows):
        yield Hunk(*start, tuple(rows))


def _changed_rows(block: _Block) -> Iterator[Row]:
    """Lines that are alike stand beside each other and are compared word by word."""
    at_old = at_new = 0
    for one, other in [*_couples(block.old, block.new), (len(block.old), len(block.new))]:
        yield from (Row(_marked(line), None) for line in block.old[at_old:one])
        yield from (Row(None, _marked(line)) for line in block.new[at_new:other])
        if one < len(block.old):
            yield _compared(block.old[one], block.new[other])
        at_old, at_new = one + 1, other + 1


def _couples(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of lines that became each other, in order: the choice with most in common."""
    if len(old) * len(new) > MOST_COUPLES:
        return [(n, n) for n, (one, other) in enumerate(zip(old, new, strict=False)) if _likeness(one, other)]
    best: dict[tuple[int, int], tuple[float, list[tuple[int, int]]]] = {}
    nothing: tuple[float, list[tuple[int, int]]] = (0.0, [])
    for a in range(1, len(old) + 1):
        for b in range(1, len(new) + 1):
            choices = [best.get((a - 1, b), nothing), best.get((a, b - 1), nothing)]
            likeness = _likeness(old[a - 1], new[b - 1])
            if likeness:
                sum_before, couples = best.get((a - 1, b - 1), nothing)
                choices.append((sum_before + likeness, [*couples, (a - 1, b - 1)]))
            best[a, b] = max(choices, key=lambda choice: choice[0])
    return best.get((len(old), len(new)), nothing)[1]


def _likeness(old: str, new: str) -> float:
    """What the lines have in common, from 0 to 1; 0 where it is too little to be shown beside each other."""
    before, after = WORD.findall(old), WORD.findall(new)
    if len(before) * len(after) > MOST_PAIRS:
        return 0.0
    return LCSseq.normalized_similarity(before, after, score_cutoff=ALIKE)


def _compared(old: str, new: str) -> Row:
    before, after = WORD.findall(old), WORD.findall(new)
    steps = list(_steps(before, after))
    return Row(
        tuple(Run("".join(before[a:b]), not same) for same, a, b, _, _ in steps if b > a),
        tuple(Run("".join(after[c:d]), not same) for same, _, _, c, d in steps if d > c),
    )


def _plain(line: str) -> Line:
    return (Run(line, False),)


def _marked(line: str) -> Line:
    return (Run(line, True),)
