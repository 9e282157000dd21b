"""Old versions of pages: their texts, and the documents that the wikitext door makes of them."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from converters import rendered, wikitext
from converters.document import PageDocument
from converters.document.wiki import Wiki
from converters.wikitext import WIKITEXT, Lookups
from scraper.archive import Archive, DamagedText
from scraper.model import Title

SECONDS = 5.0  # for one version; MediaWiki itself gives up sooner or later too


class Versions:
    """Reads versions one by one. ``lookups`` are those of the pages as they stand: old versions are shown with the
    templates of today, as MediaWiki shows them."""

    def __init__(self, archive: Archive, wiki: Wiki, lookups: Lookups) -> None:
        self._archive = archive
        self._wiki = wiki
        self._lookups = lookups

    def text(self, rev_id: int) -> str | None:
        """The source; ``None`` when it is hidden, missing or damaged."""
        try:
            text = self._archive.revision_text(rev_id)
        except (KeyError, DamagedText):
            return None
        return None if text is None else text.decode("utf-8", "replace")

    def rendered(self, rev_id: int, title: Title) -> PageDocument | None:
        """As the wiki showed it, where that was captured; its source may be lost."""
        rendering = self._archive.rendering_of(rev_id)
        return None if rendering is None else rendered.read(rendering, title, self._wiki)

    def document(self, text: str, title: Title, content_model: str) -> PageDocument | None:
        """``None`` for what is no wikitext, and for wikitext that takes too long."""
        if content_model != WIKITEXT:
            return None
        try:
            with _at_most(SECONDS):
                return wikitext.read(text, title, self._wiki, self._lookups)
        except TimeoutError:
            return None


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raises TimeoutError in the midst of whatever is done; in the main thread only."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
