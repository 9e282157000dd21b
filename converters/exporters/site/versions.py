"""Old versions of a page and what changed between them, each on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any

from markupsafe import Markup

from converters.differences import Hunk, compare
from converters.entries import PageEntry, RevisionEntry, Versions
from converters.exporters.site.content import Targets, to_html
from converters.exporters.site.copies import dated
from converters.exporters.site.lines import Line, line
from converters.exporters.site.pages import PageView
from converters.exporters.site.press import Link, Press
from converters.links import INDEX, relative
from scraper.model import Hidden, Title

CONTENTS_KEPT = 64  # reverted versions come back within so many


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A version between the one before it and the one after it on its page."""

    earlier: RevisionEntry | None
    this: RevisionEntry
    later: RevisionEntry | None


class VersionView:
    """Pages for versions, for differences to the version before, and to the current one.

    Every version stands at the same depth of the site, so that equal texts give equal content.
    """

    def __init__(self, press: Press, versions: Versions, targets: Targets, view: PageView) -> None:
        self._press = press
        self._versions = versions
        self._targets = targets
        self._view = view
        self._words = press.words
        self._text = lru_cache(maxsize=CONTENTS_KEPT)(versions.text)
        self._content = lru_cache(maxsize=CONTENTS_KEPT)(self._rendered)

    def all(self, entry: PageEntry, newest_first: Iterator[RevisionEntry]) -> Iterator[tuple[str, bytes]]:
        """Path below the site and content of each page about a version."""
        for one in _neighbours(newest_first):
            yield from self._version(entry, one)
            yield self._change(entry, one)
            yield self._change_since(entry, one)
            yield from self._neighbours(entry, one)
        self._text.cache_clear()
        self._content.cache_clear()

    def _version(self, entry: PageEntry, one: Neighbours) -> Iterator[tuple[str, bytes]]:
        here = self._press.addresses.of_revision(one.this.rev_id)
        text = self._text(one.this.rev_id)
        content = self._shown(entry, one.this, text)
        values = self._frame(entry, here, one.this) | {
            "content": None if content is None else dated(content, one.this.timestamp),
            "said": self._said(entry, here, one.this),
            "source": text if content is None else None,
            "notice": None if text is not None or content is not None else self._absence(one.this),
            "page_language": entry.language or self._press.wiki.site.language,
            "turns": list(self._turns(entry, here, one)),
        }
        yield f"{here}/{INDEX}", self._press.print("version.html", here, values)

    def _change(self, entry: PageEntry, one: Neighbours) -> tuple[str, bytes]:
        """What a version changed; of the first one, the version itself."""
        address = self._press.addresses.of_difference(one.this.rev_id)
        if one.earlier is None or not _comparable(one.earlier, one.this):
            return self._press.passage(address, self._press.addresses.of_revision(one.this.rev_id), entry.title.full)
        return f"{address}/{INDEX}", self._difference(entry, address, one.earlier, one.this)

    def _change_since(self, entry: PageEntry, one: Neighbours) -> tuple[str, bytes]:
        """What was changed since a version; of the last one, the version itself."""
        address = self._press.addresses.of_difference(one.this.rev_id, to_current=True)
        if one.later is None or entry.latest is None or not _comparable(one.this, entry.latest):
            return self._press.passage(address, self._press.addresses.of_revision(one.this.rev_id), entry.title.full)
        return f"{address}/{INDEX}", self._difference(entry, address, one.this, entry.latest)

    def _neighbours(self, entry: PageEntry, one: Neighbours) -> Iterator[tuple[str, bytes]]:
        """Pages that go on to the version before or after, for ``direction=prev`` and its like.

        What followed the last version is nothing: MediaWiki shows the version itself.
        """
        addresses = self._press.addresses
        here = addresses.of_revision(one.this.rev_id)
        ways = [("prev", here, one.earlier, addresses.of_revision), ("next", here, one.later, addresses.of_revision)]
        for name, start, neighbour, place in ways:
            if neighbour is not None:
                target = place(neighbour.rev_id)
                yield self._press.passage(f"{start}/{name}", target, entry.title.full)
        following = addresses.of_difference(one.later.rev_id) if one.later else here
        yield self._press.passage(f"{addresses.of_difference(one.this.rev_id)}/next", following, entry.title.full)

    def _difference(self, entry: PageEntry, here: str, old: RevisionEntry, new: RevisionEntry) -> bytes:
        values = self._frame(entry, here, new) | {
            "old": self._row(entry, here, old),
            "new": self._row(entry, here, new),
            "hunks": self._hunks(old, new),
        }
        return self._press.print("difference.html", here, values)

    def _frame(self, entry: PageEntry, here: str, revision: RevisionEntry) -> dict[str, Any]:
        return self._view.frame(entry.title, here, entry.page_id, revision) | {"row": self._row(entry, here, revision)}

    def _said(self, entry: PageEntry, here: str, revision: RevisionEntry) -> Markup:
        """MediaWiki's own notice above an old version: when, by whom, what the summary said."""
        moment = self._words.moment(revision.timestamp, revision.exactness)
        if revision.user is None or revision.timestamp is None:
            return self._words.html("revisionasof", moment)
        page = self._press.addresses.of_page(entry.page_id)
        summary = self._press.summary(here, page, revision.comment, revision.hidden)
        comment = self._words.html("parentheses", summary) if summary else ""
        day, hour = self._words.date(revision.timestamp), self._words.time(revision.timestamp)
        user = self._press.user_with_tools(here, revision.user)
        return self._words.html(
            "revision-info", moment, user, str(revision.rev_id), day, hour, revision.user, Markup(" {}").format(comment)
        )

    def _row(self, entry: PageEntry, here: str, revision: RevisionEntry) -> Line:
        shown = line(self._press, here, self._press.addresses.of_page(entry.page_id), revision)
        shown.href = self._to(here, revision)
        return shown

    def _hunks(self, old: RevisionEntry, new: RevisionEntry) -> list[Hunk] | None:
        """``None`` when one of the texts is not here."""
        before, after = self._text(old.rev_id), self._text(new.rev_id)
        return None if before is None or after is None else compare(before, after)

    def _shown(self, entry: PageEntry, revision: RevisionEntry, text: str | None) -> str | None:
        if text is not None:
            content, lacks_revision = self._content(text, entry.title, entry.content_model)
            return self._rendered(text, entry.title, entry.content_model, revision)[0] if lacks_revision else content
        document = self._versions.rendered(revision.rev_id, entry.title)
        here = self._press.addresses.of_revision(revision.rev_id)
        return None if document is None else to_html(document.root, here, self._targets)

    def _rendered(
        self, text: str, title: Title, content_model: str, revision: RevisionEntry | None = None
    ) -> tuple[str | None, bool]:
        """The content, and whether it would be other if the revision were told."""
        document = self._versions.document(text, title, content_model, revision)
        if document is None:
            return None, False
        here = self._press.addresses.of_revision(0)
        return to_html(document.root, here, self._targets), document.lacks_revision

    def _absence(self, revision: RevisionEntry) -> str:
        hidden = Hidden.TEXT in revision.hidden
        return self._words("wikicompost-text-hidden" if hidden else "wikicompost-text-missing")

    def _turns(self, entry: PageEntry, here: str, one: Neighbours) -> Iterator[Link]:
        """To the neighbours, to the page as it stands, and to what changed."""
        addresses = self._press.addresses
        if one.earlier is not None:
            yield Link(self._words("previousrevision"), self._to(here, one.earlier), "prev")
        if one.earlier is not None and _comparable(one.earlier, one.this):
            difference = addresses.of_difference(one.this.rev_id)
            yield Link(self._words("wikicompost-difference-before"), relative(here, difference + "/"))
        if one.later is not None and entry.latest is not None and _comparable(one.this, entry.latest):
            difference = addresses.of_difference(one.this.rev_id, to_current=True)
            yield Link(self._words("wikicompost-difference-current"), relative(here, difference + "/"))
        yield Link(self._words("currentrevisionlink"), relative(here, addresses.of_page(entry.page_id) + "/"))
        if one.later is not None:
            yield Link(self._words("nextrevision"), self._to(here, one.later), "next")

    def _to(self, here: str, revision: RevisionEntry) -> str:
        return relative(here, self._press.addresses.of_revision(revision.rev_id) + "/")


def _comparable(one: RevisionEntry, other: RevisionEntry) -> bool:
    return one.can_be_compared and other.can_be_compared


def _neighbours(newest_first: Iterator[RevisionEntry]) -> Iterator[Neighbours]:
    later: RevisionEntry | None = None
    for this, earlier in pairwise(chain(newest_first, (None,))):
        if this is not None:
            yield Neighbours(earlier, this, later)
            later = this
