"""A version as a line of a list: of a page's history, of what somebody wrote, of what changed in a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from converters.entries import RevisionEntry
from converters.exporters.site.press import Link, Press


@dataclass(slots=True)
class Line:
    """What templates show of it. ``size``, ``change``: what there is to say of the page's bytes, empty for nothing.

    ``href`` leads to the version's own page, ``difference`` to what it changed. Lists of several pages name the
    ``page``, with further ``ways`` from there.
    """

    revision: RevisionEntry
    when: Markup
    user: Link
    summary: Markup
    size: str
    change: Link | str
    href: str | None = None
    difference: str | None = None
    page: Link | None = None
    ways: Sequence[Link] = ()

    @property
    def is_tagged(self) -> bool:
        """There is more to say of the edit than its summary."""
        return bool(self.revision.tags) or self.revision.is_gone


def line(press: Press, here: str, page: str, revision: RevisionEntry) -> Line:
    """The line in the list at ``here``; ``page`` is the address of the page that was edited."""
    words = press.words
    return Line(
        revision,
        words.stamp(revision.timestamp, revision.exactness),
        press.user(here, revision),
        press.summary(here, page, revision.comment, revision.hidden),
        "" if revision.size is None else words.number(revision.size),
        "" if revision.change is None else _change(press, revision.change),
    )


def _change(press: Press, bytes_: int) -> Link:
    return Link(press.words.change(bytes_), None, "plus" if bytes_ > 0 else "minus" if bytes_ < 0 else "same")
