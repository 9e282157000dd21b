"""Special:Export: an answer in XML, and how far it can be trusted.

An answer may be cut anywhere, and a correct end proves nothing by itself: only pages that were closed count, and what
they hold is held against what is known of them (https://github.com/WikiTeam/wikiteam/issues/302).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scraper.model import Capture, Fact, Namespace, Page, PageMention, Revision, Via
from scraper.problems import Problem
from scraper.readers.dump import DumpReader, NotADump

ROOT = b"<mediawiki"
END = b"</mediawiki>"
HEAD = 2000  # bytes in which the root begins, perhaps after notices of PHP


@dataclass(frozen=True, slots=True)
class Export:
    """Facts of the pages that came whole: their ids and titles, their revisions, how they stand.

    ``titles`` are those of the pages in it.
    """

    facts: tuple[Fact, ...]
    titles: frozenset[str]


def read_export(capture: Capture, namespaces: Iterable[Namespace]) -> Export | None:
    """The pages in an answer of Special:Export, ``None`` when it is no export at all."""
    start = capture.body.find(ROOT, 0, HEAD)
    if start < 0:
        return None
    is_whole = capture.body.rstrip().endswith(END)
    pages: list[list[Fact]] = []
    try:
        for item in DumpReader("Special:Export", namespaces).read([capture.body[start:]]):
            is_whole = is_whole and not (isinstance(item, Problem) and item.code == "dump-damaged")
            if isinstance(item, PageMention):
                pages.append([])
            if isinstance(item, PageMention | Page | Revision):
                pages[-1].append(replace(item, via=Via.EXPORT))
    except NotADump:
        return None
    closed = [facts for facts in pages if isinstance(facts[-1], Page)] if is_whole else pages[:-1]
    return Export(tuple(fact for facts in closed for fact in _standing(facts)), frozenset(map(_title, closed)))


def _standing(facts: list[Fact]) -> list[Fact]:
    """The facts of one page, which stands as its newest revision has it."""
    revisions = [fact for fact in facts if isinstance(fact, Revision)]
    newest = max(revisions, key=_moment, default=None)
    if newest is None:
        return facts
    return [replace(fact, latest_rev_id=newest.rev_id) if isinstance(fact, Page) else fact for fact in facts]


def _title(facts: list[Fact]) -> str:
    return next(fact.title.full for fact in facts if isinstance(fact, PageMention))


def _moment(revision: Revision) -> tuple[str, int]:
    return revision.timestamp.iso if revision.timestamp else "", revision.rev_id
