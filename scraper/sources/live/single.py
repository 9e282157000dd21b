"""Revisions asked for by id: in batches, cut in halves where the wiki fails, and one by one through other doors."""

from __future__ import annotations

from dataclasses import replace

from scraper.archive import now
from scraper.model import Capture, Fact, PageMention, Revision, RevisionGone, Sha1, Title
from scraper.problems import Problem
from scraper.queries import api, index
from scraper.readers.api_revisions import read_revisions, revision_ids
from scraper.readers.dump import DumpReader
from scraper.readers.reading import Reading
from scraper.sources.live.asking import Asker
from scraper.sources.live.failures import (
    API_CLOSED,
    UNREACHABLE,
    Fault,
    ForbiddenByRobots,
    Refused,
    Unanswered,
    WikiLost,
)
from scraper.sources.live.keeping import Keeper, Wiki

TRIES_OF_A_BATCH = 3
TRIES_OF_A_TEXT = 3
LONGEST_HEAD = 2000  # bytes before a page says that it is one


class Revisions:
    """Fetches revisions that are known by their ids."""

    def __init__(self, asker: Asker, keeper: Keeper, wiki: Wiki) -> None:
        self._asker = asker
        self._keeper = keeper
        self._wiki = wiki

    async def fetch(self, rev_ids: list[int], with_content: bool = True) -> list[int]:
        """Save these revisions, or a problem for each that cannot be had. The ids that the wiki does not have."""
        left = list(rev_ids)
        absent: list[int] = []
        while left:
            reading = await self._fetch_some(left, with_content)
            if reading is None:
                if len(left) == 1:
                    await self.take(left[0])
                    break
                middle = len(left) // 2
                return absent + await self.fetch(left[:middle]) + await self.fetch(left[middle:])
            absent += reading.missing
            answered = {*revision_ids(reading), *reading.missing}
            if not answered:
                await self.take(left[0])
                answered = {left[0]}
            left = [rev_id for rev_id in left if rev_id not in answered]
        return absent

    async def take(self, rev_id: int) -> None:
        """One revision alone: what the API says of it without content, and its text through ``action=raw``."""
        captures, reading = await self.read_alone(rev_id)
        self._keeper.keep(captures, reading)

    async def read_alone(self, rev_id: int) -> tuple[list[Capture], Reading]:
        """What can be had of one revision, by all doors.

        Raises WikiLost when the wiki no longer answers at all, Refused when its API is closed meanwhile.
        """
        try:
            asked = await self._asker.ask(api.revisions_by_id([rev_id], self._wiki.has_slots, with_content=False))
        except (Unanswered, Refused) as failure:
            await make_sure(self._asker)
            if not self._asker.api_url:
                raise Refused(API_CLOSED, str(failure)) from failure  # all the others would fail as well
            problem = Problem("revision-missing", f"revision {rev_id}", str(failure), rev_id=rev_id)
            return [], Reading(problems=(problem,))
        reading = read_revisions(asked.answer, self._wiki.titles)
        mention = next((fact for fact in reading.facts if isinstance(fact, PageMention)), None)
        captures, facts = [asked.capture], list(reading.facts)
        for place, fact in enumerate(facts):
            if isinstance(fact, Revision) and mention is not None and "text" not in fact.hidden:
                found = await self.fetch_text(fact, mention.title)
                if found is not None:
                    captures.append(found[0])
                    facts[place] = replace(fact, text=found[1])
        return captures, Reading(tuple(facts), reading.problems, reading.missing)

    async def fetch_text(self, revision: Revision, title: Title) -> tuple[Capture, bytes] | None:
        """The text through the older doors, ``None`` when they give nothing."""
        capture = await self.fetch_raw(revision, title)
        return await self.fetch_export(revision, title) if capture is None else (capture, capture.body)

    async def fetch_raw(self, revision: Revision, title: Title) -> Capture | None:
        """The bare text; asked again when it is not what the API said of it."""
        address = index.raw_text(self._wiki.index_url, title, revision.rev_id)
        capture = None
        for _ in range(TRIES_OF_A_TEXT):
            try:
                capture = await self._asker.get(address)
            except (Unanswered, Refused, ForbiddenByRobots):
                return None
            if revision.sha1 in (None, Sha1.of(capture.body)):
                return capture
        return None

    async def fetch_export(self, revision: Revision, title: Title) -> tuple[Capture, bytes] | None:
        """The last door: Special:Export of what was saved in that second."""
        address, form = index.export_of_second(self._wiki.index_url, title, revision.timestamp or now())
        try:
            capture = await self._asker.post(address, form)
        except (Unanswered, Refused, ForbiddenByRobots):
            return None
        found = DumpReader("Special:Export", self._wiki.titles.namespaces.values()).read([capture.body])
        texts = (fact.text for fact in found if isinstance(fact, Revision) and fact.rev_id == revision.rev_id)
        text = next(texts, None)
        return None if text is None else (capture, text)

    async def _fetch_some(self, rev_ids: list[int], with_content: bool) -> Reading | None:
        query = api.revisions_by_id(rev_ids, self._wiki.has_slots, with_content)
        try:
            asked = await self._asker.ask(query, TRIES_OF_A_BATCH)
        except (Unanswered, Refused):
            return None
        reading = read_revisions(asked.answer, self._wiki.titles)
        gone = [RevisionGone(rev_id, now()) for rev_id in reading.missing]
        facts: list[Fact] = [*reading.facts, *gone]
        self._keeper.keep([asked.capture], Reading(tuple(facts), reading.problems))
        return reading


async def make_sure(asker: Asker) -> None:
    """That the wiki still answers anything: then a failure was the question's. Raises WikiLost.

    Where its pages answer and its API does not, the API counts as closed from here on.
    """
    try:
        if asker.api_url:
            await asker.ask(api.recognise())
        else:
            await asker.get(asker.index_url)
    except (Unanswered, Refused) as failure:
        if asker.api_url and await _shows_pages(asker, failure):
            asker.api_url = ""
            return
        if isinstance(failure, Unanswered) and failure.fault is Fault.BUSY:
            advice = "It asks to wait."
        else:
            advice = "Perhaps it is down, or does not want us now."
        raise WikiLost(
            f"The wiki stopped answering: {failure}. {advice} What was fetched is kept: "
            "the same command goes on from here."
        ) from failure


async def _shows_pages(asker: Asker, failure: Unanswered | Refused) -> bool:
    """Whether the wiki has not gone altogether with its API."""
    if not asker.index_url or (isinstance(failure, Unanswered) and failure.fault in {*UNREACHABLE, Fault.BUSY}):
        return False
    try:
        return b"<html" in (await asker.get(asker.index_url, TRIES_OF_A_TEXT)).body[:LONGEST_HEAD].lower()
    except (Unanswered, Refused):
        return False
