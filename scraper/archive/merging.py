"""What several sources say of one revision, laid together. Pure, and blind to the order in which they came.

Of each part the best telling counts: an exact time before a minute, a minute before a time of unknown zone; then the
API, an export, a dump, raw text, at last what pages show, by their places. Tellings that contradict the best one are
named as disagreements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from scraper.model import Exactness, Place, Via

VIAS = (Via.API, Via.EXPORT, Via.DUMP, Via.RAW, Via.HTML)
# Roads on which the wiki gives a revision as a whole, for programs to read.
WHOLE = frozenset({Via.API, Via.EXPORT, Via.DUMP})
# By how much of a revision they show, and how plainly.
PLACES = (
    Place.API, Place.EXPORT, Place.RAW, Place.EDIT_FORM, Place.FEED, Place.HISTORY, Place.CONTRIBUTIONS,
    Place.RECENT_CHANGES, Place.DIFF, Place.OLD_VIEW, Place.INFO, Place.VIEW, Place.FILE_PAGE, Place.LOG, Place.LIST,
)  # fmt: skip
EXACTNESSES = (Exactness.SECOND, Exactness.MINUTE, Exactness.UNKNOWN_ZONE)
PLAIN_PARTS = ("parent_id", "user", "comment", "is_minor", "size", "content_model", "tags")
# Parts whose contradictions nobody needs to hear of: what else names a revision's parent may mean the one before it.
QUIET = frozenset({"parent_id", "content_model", "tags"})
FARTHEST = timedelta(hours=15)  # from UTC to any zone, and something for clocks that are wrong


@dataclass(frozen=True, slots=True)
class Telling:
    """What one place says of a revision. ``None``: nothing. ``page_id`` is negative where only ``title`` was said.

    ``length`` is that of the text whose ``sha1`` it is, ``None`` where the text itself was not shown.
    """

    via: Via
    place: Place
    page_id: int
    title: str
    parent_id: int | None = None
    timestamp: str | None = None
    exactness: Exactness | None = None
    user: str | None = None
    comment: str | None = None
    is_minor: bool | None = None
    size: int | None = None
    sha1: str | None = None
    length: int | None = None
    content_model: str | None = None
    tags: str | None = None
    hidden: frozenset[str] = frozenset()

    @property
    def origin(self) -> str:
        """The road, and the place where it is one of a page."""
        return f"{self.via} {self.place}" if self.via == Via.HTML else str(self.via)

    @property
    def rank(self) -> tuple[int, int, str]:
        """Lower is better. Between equals the words decide, not the archive's own numbers, which come as they come."""
        return VIAS.index(self.via), PLACES.index(self.place), repr(replace(self, page_id=max(self.page_id, 0)))

    def adds_to(self, other: Telling) -> bool:
        """Whether it says anything that the other one does not."""
        parts = (*PLAIN_PARTS, "timestamp", "sha1")
        return any(getattr(self, part) not in (None, getattr(other, part)) for part in parts)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Contradicting values of one part, the one that counts first, each with its origin."""

    part: str
    values: tuple[tuple[Any, str], ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The best of every part: ``values`` by part, ``origins`` by part, and what contradicts."""

    values: dict[str, Any]
    origins: dict[str, str]
    via: Via
    hidden: frozenset[str]
    disagreements: tuple[Disagreement, ...] = ()


def merge(tellings: Iterable[Telling]) -> Merged:
    """All that is said of one revision; at least one telling."""
    ranked = sorted(tellings, key=lambda telling: telling.rank)
    choices = {part: _choice(ranked, part) for part in PLAIN_PARTS}
    choices["timestamp"] = _time(ranked)
    choices["page_id"] = _page(ranked)
    choices["sha1"] = _text(ranked, choices["size"])
    if choices["size"].best is None:
        choices["size"] = _own_size(choices["sha1"])
    return Merged(
        values={part: choice.value for part, choice in choices.items()}
        | {"exactness": getattr(choices["timestamp"].best, "exactness", None)},
        origins={part: choice.best.origin for part, choice in choices.items() if choice.best is not None},
        via=ranked[0].via,
        hidden=_hidden(ranked),
        disagreements=tuple(found for choice in choices.values() for found in choice.disagreements()),
    )


@dataclass(frozen=True, slots=True)
class _Choice:
    """The telling that counts for a part, and those that contradict it."""

    part: str
    best: Telling | None
    value: Any = None
    others: tuple[tuple[Any, str], ...] = ()

    def disagreements(self) -> Iterable[Disagreement]:
        if self.best is not None and self.others and self.part not in QUIET:
            yield Disagreement(self.part, ((self.value, self.best.origin), *self.others))


def _choice(ranked: Sequence[Telling], part: str) -> _Choice:
    said = [telling for telling in ranked if getattr(telling, part) is not None]
    return _chosen(part, said, lambda telling: getattr(telling, part), _are_equal)


def _chosen(
    part: str, said: Sequence[Telling], value_of: Callable[[Telling], Any], agree: Callable[[Any, Any], bool]
) -> _Choice:
    """The first one counts."""
    if not said:
        return _Choice(part, None)
    value = value_of(said[0])
    others: dict[Any, str] = {}
    for telling in said[1:]:
        if not agree(value, value_of(telling)):
            others.setdefault(value_of(telling), telling.origin)
    return _Choice(part, said[0], value, tuple(others.items()))


def _are_equal(one: Any, other: Any) -> bool:
    if isinstance(one, str):
        return _as_shown(one) == _as_shown(str(other))
    return bool(one == other)


def _as_shown(text: str) -> list[str]:
    """What a page can show of a comment: no number of spaces, no colon before a link's target, no entities."""
    return unescape(text).replace("[[:", "[[").split()


def _time(ranked: Sequence[Telling]) -> _Choice:
    said = [telling for telling in ranked if telling.timestamp is not None]
    said.sort(key=lambda telling: EXACTNESSES.index(telling.exactness or Exactness.SECOND))
    choice = _chosen("timestamp", said, lambda telling: (telling.timestamp, telling.exactness), may_be_same)
    shown = tuple((moment, origin) for (moment, _), origin in choice.others)
    return _Choice("timestamp", choice.best, choice.best.timestamp if choice.best else None, shown)


def may_be_same(one: tuple[str, Exactness], other: tuple[str, Exactness]) -> bool:
    """Whether two times can be one moment, each as exact as it is."""
    if Exactness.UNKNOWN_ZONE in (one[1], other[1]):
        return abs(datetime.fromisoformat(one[0]) - datetime.fromisoformat(other[0])) <= FARTHEST
    length = 16 if Exactness.MINUTE in (one[1], other[1]) else 19
    return one[0][:length] == other[0][:length]


def _page(ranked: Sequence[Telling]) -> _Choice:
    """Whoever tells a page's id counts before whoever tells its title only."""
    told = [telling for telling in ranked if telling.page_id > 0]
    return _chosen("page_id", told or ranked[:1], lambda telling: telling.page_id, _are_equal)


def _text(ranked: Sequence[Telling], size: _Choice) -> _Choice:
    """The text that has the size that was told; a text of another size is only named as contradicting."""
    said = [telling for telling in ranked if telling.sha1 is not None]
    fitting = [telling for telling in said if size.value is None or telling.length in (None, size.value)]
    choice = _chosen("sha1", fitting, lambda telling: telling.sha1, _are_equal)
    misfits = {(f"a text of {telling.length} bytes", telling.origin) for telling in said if telling not in fitting}
    if not misfits or choice.best is not None:
        return choice
    told = (f"{size.value} bytes", size.best.origin if size.best else "")
    return _Misfit("sha1", None, None, (told, *sorted(misfits)))


class _Misfit(_Choice):
    """No text counts: those that were shown are not as long as the wiki says."""

    __slots__ = ()

    def disagreements(self) -> Iterable[Disagreement]:
        yield Disagreement("text", self.others)


def _own_size(text: _Choice) -> _Choice:
    """Where nobody tells the size, the text has one."""
    if text.best is None or text.best.length is None:
        return _Choice("size", None)
    return _Choice("size", text.best, text.best.length)


def _hidden(ranked: Sequence[Telling]) -> frozenset[str]:
    """As the best whole telling has it; pages tell of a hidden part each where they would show it."""
    if ranked[0].via in WHOLE:
        return ranked[0].hidden
    return frozenset(part for telling in ranked for part in telling.hidden)
