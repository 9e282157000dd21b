"""One line of a log, seen from the page that tells it: words, and links to what the line speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from converters.entries import USER, LogEntry
from converters.exporters.site.books.lists import ListView
from converters.exporters.site.press import Press
from converters.exporters.site.words import Words
from scraper.model import Hidden, Title
from scraper.titles import IllegalTitle

# For a detail that the source did not tell.
UNTOLD = "…"
# No page has so many versions.
TOO_MANY = 10**9
# Logs whose lines are about people (LogFormatter's heirs for blocks, rights and new accounts).
OF_USERS = frozenset({"block", "newusers", "rights"})


@dataclass(frozen=True, slots=True)
class Scene:
    """``here`` is the address of the page that tells the line."""

    press: Press
    lists: ListView
    here: str
    line: LogEntry

    @property
    def words(self) -> Words:
        """The words of the site."""
        return self.press.words

    def told(self, name: str) -> Any:
        """A parameter of the line, ``None`` where nobody told it. Whatever the wiki says may stand there."""
        return self.line.params.get(name)

    def text(self, name: str) -> str:
        """A parameter as text."""
        value = self.told(name)
        return UNTOLD if value is None else str(value)

    def count(self, name: str) -> int | None:
        """A parameter that counts something."""
        return counted(self.told(name))

    def user(self) -> Markup:
        """Who did it."""
        if self.line.user is None:
            is_hidden = Hidden.USER in self.line.hidden
            return escape(self.words("rev-deleted-user" if is_hidden else "wikicompost-unknown"))
        return self.lists.user(self.here, self.line.user).html

    def subject(self) -> Markup:
        """What the line is about: a page, or somebody, who is called by name alone."""
        title = self.line.title
        if title is None:
            return Markup('<span class="hidden">{}</span>').format(self.words("rev-deleted-event"))
        is_user = self.line.type in OF_USERS and title.namespace_id == USER
        return self.lists.user(self.here, title.name).html if is_user else self._page(title)

    def page(self, full: object) -> Markup:
        """The link to a title that stands among the details."""
        try:
            return self._page(self.press.titles.parse(str(full)))
        except IllegalTitle:
            return escape(full)

    def listed(self, items: Sequence[str]) -> Markup:
        """``a, b and c`` (Language::listToText)."""
        if len(items) < 2:
            return Markup("").join(items)
        before = escape(self.words("comma-separator")).join(items[:-1])
        return before + self.words("and") + self.words("word-separator") + items[-1]

    def _page(self, title: Title) -> Markup:
        return self.press.link(self.here, title).html


def counted(value: Any) -> int | None:
    """A number that may be a count of something."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 <= value < TOO_MANY else None
