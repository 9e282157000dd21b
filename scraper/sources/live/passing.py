"""Getting past the one item at which a list fails: take it alone, as well as the wiki lets us, and go on behind it.

Two things make that necessary: a revision above the wiki's limit of an answer ($wgAPIMaxResultSize), at which the list
repeats itself for ever, and a page whose content model the wiki no longer knows, at which it throws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scraper.model import Capture, Page, PageMention, Revision
from scraper.problems import Problem
from scraper.queries import api
from scraper.readers.api_pages import read_page_names
from scraper.readers.api_revisions import read_revisions
from scraper.readers.reading import Reading
from scraper.sources.live.asking import Asker
from scraper.sources.live.keeping import Wiki
from scraper.sources.live.lists import beyond
from scraper.sources.live.single import Revisions

Cursor = Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Passed:
    """What could be had of the item, and where the list goes on (``None``: it was the last)."""

    captures: list[Capture]
    reading: Reading
    behind: Cursor


class Passer:
    """Knows how to get past an item of the lists in :meth:`can_pass`."""

    def __init__(self, asker: Asker, wiki: Wiki, revisions: Revisions) -> None:
        self._asker = asker
        self._wiki = wiki
        self._ways = {"revisions": self._revision, "pages": self._page}
        self._revisions = revisions

    def can_pass(self, kind: str) -> bool:
        return kind in self._ways

    async def get_past(self, kind: str, params: Mapping[str, Any], at: Cursor, failure: Exception) -> Passed:
        """The item that stands at ``at``. Raises WikiLost when the wiki answers nothing any more."""
        return await self._ways[kind](params, at, failure)

    async def _revision(self, params: Mapping[str, Any], at: Cursor, failure: Exception) -> Passed:
        place = at["arvcontinue"] if at else await self._first_place()
        captures, reading = await self._revisions.read_alone(int(place.partition("|")[2]))
        return Passed(captures, reading, {"arvcontinue": beyond(place), "continue": "-||"})

    async def _first_place(self) -> str:
        asked = await self._asker.ask(api.revision_metadata(self._wiki.has_slots).sized("1"))
        facts = read_revisions(asked.answer, self._wiki.titles).facts
        first = next(fact for fact in facts if isinstance(fact, Revision))
        return f"{first.timestamp.mediawiki if first.timestamp else ''}|{first.rev_id}"

    async def _page(self, params: Mapping[str, Any], at: Cursor, failure: Exception) -> Passed:
        """A page's id and title come without what makes the wiki fail."""
        query = api.page_names(params["namespace"]).sized("1")
        asked = await self._asker.ask(query.having({"apcontinue": at["gapcontinue"]}) if at else query)
        mentions = read_page_names(asked.answer, self._wiki.titles)
        pages = [await self._plain_page(mention) for mention in mentions]
        problems = [Problem("page-unreadable", f"page {p.title.full}", str(failure), p.page_id) for p in pages]
        following = (asked.answer.continuation or {}).get("apcontinue")
        behind = {"gapcontinue": following, "continue": "gapcontinue||"} if following else None
        return Passed([asked.capture], Reading(tuple(pages), tuple(problems)), behind)

    async def _plain_page(self, mention: PageMention) -> Page:
        """With what its newest revision tells."""
        query = api.page_history({"pageids": str(mention.page_id)}, self._wiki.has_slots).sized("1")
        asked = await self._asker.ask(query.having({"rvdir": "older"}))
        facts = read_revisions(asked.answer, self._wiki.titles).facts
        newest = next((fact for fact in facts if isinstance(fact, Revision)), None)
        return Page(
            page_id=mention.page_id,
            title=mention.title,
            latest_rev_id=newest.rev_id if newest else None,
            size=newest.size if newest else None,
            content_model=newest.content_model if newest else None,
            language=None,
            is_redirect=False,
            touched_at=None,
            protection=(),
            properties={},
            via=mention.via,
        )
