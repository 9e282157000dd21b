"""Whole histories through GET Special:Export, many pages at once.

Asked by GET with ``history=1`` it gives all revisions, whatever ``$wgExportMaxHistory`` says (SpecialExport, 1.5 to
1.43). Where ``$wgExportAllowHistory`` is false it gives the current ones alone, and its form lacks the box that asks
for them. A correct end tag proves nothing: what an answer lacks is asked for again in smaller lots.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from scraper.archive import Sighting, Task, now
from scraper.archive.page_wants import PageWants, WantedPage
from scraper.model import Capture, Fact, Page, Revision, RevisionGone, Timestamp, Via
from scraper.problems import Problem
from scraper.queries import index
from scraper.readers.export import Export, read_export
from scraper.readers.reading import Reading
from scraper.sources.live.crew import Crew
from scraper.sources.live.failures import Fault, ForbiddenByRobots, Refused, Unanswered

TRIES = 2
MOST = 48 * 2**20  # bytes of one answer that are taken into memory
BEGINNING = Timestamp("2001-01-15T00:00:00Z")  # no wiki is older
HISTORIES_BOX = b"curonly"  # the form's field that can be unchecked


async def exports(crew: Crew, task: Task) -> None:
    """Of every page whose history is not here, or not whole. Raises Refused when the wiki exports no histories."""
    index_url = crew.wiki().index_url
    await _make_sure_of_histories(crew, index_url)
    wants, lots = PageWants(crew.archive.connection), Lots(crew)
    after, done, total = task.cursor or "", 0, wants.count()
    while found := wants.histories(after, index.TITLES_OF_AN_EXPORT):
        titles = next(index.export_batches(index_url, (page.title.full for page in found)))
        await lots.fetch(found[: len(titles)])
        after = titles[-1]
        crew.keeper.keep((), Reading(), partial(crew.archive.frontier.advance, task, after))
        done += len(titles)
        crew.keeper.progress.show("histories", done, max(total, done))


async def _make_sure_of_histories(crew: Crew, index_url: str) -> None:
    form = await crew.asker.get(index.special(index_url, "Export"), TRIES, via=Via.HTML)
    if b"<textarea" in form.body and HISTORIES_BOX not in form.body:
        raise Refused("export-current-only", "Special:Export of this wiki gives no histories")


class Lots:
    """Pages exported together. What a lot did not bring is asked for in halves, down to single pages."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._index_url = crew.wiki().index_url
        self._namespaces = tuple(crew.wiki().titles.namespaces.values())
        self._name = "Special:Export"
        self._is_open = False

    async def fetch(self, pages: list[WantedPage]) -> None:
        """Their histories, or a problem for each that cannot be had. Raises Refused when the door never opened."""
        try:
            left = await self._take(pages)
        except (Unanswered, Refused) as failure:
            if len(pages) == 1:
                await self._take_parts(pages[0], failure)
                return
            left = pages
        if len(pages) == 1 and left:
            await self._take_parts(left[0], Unanswered(Fault.UNREADABLE, "the export lacks this page"))
            return
        middle = (len(left) + 1) // 2
        for half in filter(None, (left[:middle], left[middle:])):
            await self.fetch(half)

    async def _take(self, pages: list[WantedPage]) -> list[WantedPage]:
        """Save what one answer gives. Those that it did not give whole."""
        url = index.export_histories(self._index_url, (page.title.full for page in pages), self._name)
        capture = await self._crew.asker.get(url, TRIES, via=Via.EXPORT, most=MOST)
        self._name = index.parameters(capture.url).get("title", self._name)
        export = self._read(capture)
        self._keep(capture, export)
        return [page for page in pages if page.title.full not in export.titles]

    async def _take_parts(self, page: WantedPage, failure: Unanswered | Refused) -> None:
        """A history that does not come in one answer, in parts by POST."""
        title = page.title.full
        try:
            await self._follow(title)
        except (Unanswered, Refused, ForbiddenByRobots):
            if not self._is_open:
                raise Refused("export-closed", f"Special:Export gives nothing: {failure}") from failure
            self._crew.keeper.report(Problem("page-missing", f"history of {title}", str(failure), page.page_id))

    async def _follow(self, title: str) -> None:
        """From the oldest revision on, until a part brings nothing new. Raises Unanswered when none brings any."""
        since, seen, standing = BEGINNING, set[int](), Reading()
        while True:
            address, form = index.export_part(self._index_url, title, since)
            capture = await self._crew.asker.post(address, form)
            export = self._read(capture)
            new = [fact for fact in export.facts if isinstance(fact, Revision) and fact.rev_id not in seen]
            if not new:
                break
            self._crew.keeper.keep([capture], Reading(_without_pages(export.facts)))
            standing = Reading(tuple(fact for fact in export.facts if isinstance(fact, Page)))
            seen |= {revision.rev_id for revision in new}
            since = max((revision.timestamp for revision in new if revision.timestamp), default=since)
        if not seen:
            raise Unanswered(Fault.UNREADABLE, "the export lacks this page")
        self._crew.keeper.keep((), standing)  # not before: a page that stands with its newest revision counts as whole

    def _read(self, capture: Capture) -> Export:
        export = read_export(capture, self._namespaces)
        if export is None:
            raise Refused("export-closed", f"{capture.url[:100]} is no export")
        self._is_open = True
        return export

    def _keep(self, capture: Capture, export: Export) -> None:
        over = [partial(self._crew.archive.resolve, "page-missing", f"history of {name}") for name in export.titles]
        over.append(partial(self._crew.archive.sightings.settle, Sighting.CHANGED_TITLE, export.titles))
        # Of pages as they stand the API tells more.
        facts = _without_pages(export.facts) if self._crew.asker.api_url else export.facts
        self._crew.keeper.keep([capture], Reading((*facts, *self._gone(export.facts))), *over)

    def _gone(self, facts: Iterable[Fact]) -> Iterator[RevisionGone]:
        """What the archive holds of these pages and their histories do not name."""
        named: dict[int, list[int]] = {}
        for fact in facts:
            if isinstance(fact, Revision):
                named.setdefault(fact.page_id, []).append(fact.rev_id)
        for page_id, rev_ids in named.items():
            for rev_id in PageWants(self._crew.archive.connection).others(page_id, rev_ids):
                yield RevisionGone(rev_id, now())


def _without_pages(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if not isinstance(fact, Page))
