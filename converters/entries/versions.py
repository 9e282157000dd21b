"""Old versions of pages: their texts, and the documents that the wikitext door makes of them."""

from __future__ import annotations

from collections.abc import Callable

from converters.document import Lookups, PageDocument
from converters.entries.doors import Doors
from converters.entries.values import RevisionEntry
from scraper.archive import Archive, DamagedText
from scraper.model import Title


class Versions:
    """Reads versions one by one. ``lookups_at`` gives those of the pages as they stand, at the time and with the number
    of a version: old versions are shown with the templates of today, as MediaWiki shows them."""

    def __init__(self, archive: Archive, doors: Doors, lookups_at: Callable[[str | None, int | None], Lookups]) -> None:
        self._archive = archive
        self._doors = doors
        self._lookups_at = lookups_at

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
        return None if rendering is None else self._doors.rendering(rendering, title)

    def document(
        self, text: str, title: Title, content_model: str, revision: RevisionEntry | None = None
    ) -> PageDocument | None:
        """``None`` for what is shown as it is. Most texts say the same in every revision: without one,
        ``lacks_revision`` of the document tells of the others."""
        moment, rev_id = (revision.timestamp, revision.rev_id) if revision else (None, None)
        return self._doors.source(text, content_model, title, lambda: self._lookups_at(moment, rev_id))
