"""What real MediaWikis show of their past, against what their databases hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import pytest

from scraper.model import (
    Fact,
    FileVersion,
    LogEvent,
    Namespace,
    Place,
    ProtectedTitle,
    RevisionMention,
    SectionText,
    Timestamp,
    TitleMention,
    User,
)
from scraper.readers.html import Known, read_page
from scraper.titles import TitleParser
from tests.conftest import WikiFactory
from tests.lab.rows import Page, Revision
from tests.lab.truth import Truth
from tests.lab.wiki import RealWiki

from .wikis import page as page_of

MOST_PAGES = 6
LONG = 200  # revisions


@dataclass(eq=False)
class Seen:
    """A wiki through its pages, in one skin, beside its database."""

    wiki: RealWiki
    skin: str

    @cached_property
    def truth(self) -> Truth:
        return Truth(self.wiki.database)

    @cached_property
    def known(self) -> Known:
        query = self.wiki.api().get(action="query", meta="siteinfo", siprop="general|namespaces")["query"]
        names = [(int(number), space) for number, space in query["namespaces"].items()]
        titles = TitleParser(
            Namespace(number, space["name"], space.get("canonical", ""), space["case"]) for number, space in names
        )
        return Known(titles=titles, offset=int(query["general"]["timeoffset"]))

    @cached_property
    def pages(self) -> dict[int, Page]:
        return {page.page_id: page for page in self.truth.pages()}

    @cached_property
    def revisions(self) -> dict[int, Revision]:
        return {revision.rev_id: revision.public() for revision in self.truth.revisions()}

    def facts(self, **query: str | int) -> tuple[Fact, ...]:
        return read_page(page_of(self.wiki, useskin=self.skin, **query), self.known).reading.facts

    def mentions(self, **query: str | int) -> list[RevisionMention]:
        return [fact for fact in self.facts(**query) if isinstance(fact, RevisionMention)]

    def some_pages(self) -> list[Page]:
        """Those with hidden parts or several revisions, but not with more than a page shows."""
        weights = dict.fromkeys(self.pages, 0)
        for revision in self.revisions.values():
            weights[revision.page_id] += 1 + 50 * (revision.deleted > 0)
        chosen = sorted(self.pages.values(), key=lambda page: (-weights[page.page_id], page.page_id))
        return [page for page in chosen if weights[page.page_id] < LONG][:MOST_PAGES]

    def differences(self, mention: RevisionMention) -> Iterator[tuple[str, object, object]]:
        """Parts that are told otherwise than they are; what is not told is no difference."""
        real = self.revisions[mention.rev_id]
        page = self.pages[real.page_id]
        told = {
            "title": (mention.title and (mention.title.namespace_id, mention.title.name), (page.namespace, page.name)),
            "page": (mention.page_id, real.page_id),
            "time": (mention.timestamp and minute(mention.timestamp), real.timestamp[:16]),
            "user": (mention.user and mention.user.name, real.user),
            "comment": (mention.comment and plain(mention.comment), plain(real.comment or "")),
            "minor": (mention.is_minor, real.minor),
            "size": (mention.size, real.size),
            "parent": (mention.parent_id, real.parent_id),
            "tags": (mention.tags, tuple(sorted(real.tags))),
            "text": (mention.text, real.text),
        }
        yield from ((name, said, is_) for name, (said, is_) in told.items() if said is not None and said != is_)


def minute(timestamp: Timestamp) -> str:
    return timestamp.iso[:16]


def plain(comment: str) -> str:
    """Without what pages do not tell: a colon that only keeps a link from being a category, doubled escapes."""
    return comment.replace("[[:", "[[").replace("&amp;", "&")


@pytest.fixture(scope="module", params=["1.39 fr vector", "1.43 fr vector", "1.39 en monobook"])
def seen(request: pytest.FixtureRequest, wiki_copies: WikiFactory) -> Seen:
    series, language, skin = request.param.split()
    return Seen(wiki_copies(language=language, series=series), skin)


def assert_true(seen: Seen, mentions: list[RevisionMention]) -> None:
    assert mentions
    wrong = {mention.rev_id: found for mention in mentions if (found := list(seen.differences(mention)))}
    assert wrong == {}


def test_histories_are_whole(seen: Seen) -> None:
    for page in seen.some_pages():
        rows = seen.mentions(curid=page.page_id, action="history", limit=500)
        assert_true(seen, rows)
        assert {row.rev_id for row in rows} == {r.rev_id for r in seen.revisions.values() if r.page_id == page.page_id}
        assert all(row.timestamp and row.size is not None for row in rows)
        assert all(row.user or seen.revisions[row.rev_id].user is None for row in rows)
        assert [row.rev_id for row in rows if row.is_latest] == [page.latest]


def test_forms_hold_the_stored_text(seen: Seen) -> None:
    for page in seen.some_pages()[:6]:
        oldest = min(r.rev_id for r in seen.revisions.values() if r.page_id == page.page_id and r.text is not None)
        for query in ({}, {"oldid": oldest}):
            (mention,) = seen.mentions(curid=page.page_id, action="edit", **query)
            assert_true(seen, [mention])
            assert mention.text is not None and mention.rev_id == (query or {"oldid": page.latest})["oldid"]


def test_sections(seen: Seen) -> None:
    texts = {page.latest: seen.revisions[page.latest].text or b"" for page in seen.pages.values()}
    page = max(seen.pages.values(), key=lambda page: texts[page.latest].count(b"\n== "))
    (section,) = [
        fact for fact in seen.facts(curid=page.page_id, action="edit", section=1) if isinstance(fact, SectionText)
    ]
    assert section.text in texts[page.latest] and section.text.startswith(b"=")
    assert (section.rev_id, section.section) == (page.latest, "1")


def test_differences_tell_both_sides(seen: Seen) -> None:
    for page in seen.some_pages()[:4]:
        mentions = [m for m in seen.mentions(diff=page.latest, oldid="prev") if m.place is Place.DIFF]
        assert_true(seen, mentions)
        assert mentions[-1].rev_id == page.latest


def test_other_lists(seen: Seen) -> None:
    page = seen.some_pages()[0]
    assert_true(seen, seen.mentions(curid=page.page_id, action="info"))
    changes = seen.mentions(title="Special:RecentChanges", limit=200, days=9000)
    # Of edits within one second MediaWiki may compare the last with the first, so its links prove no parent.
    assert_true(seen, [replace(change, parent_id=None) for change in changes])
    feed = seen.mentions(curid=page.page_id, action="history", feed="atom")
    assert_true(seen, [mention for mention in feed if seen.revisions[mention.rev_id].deleted == 0])
    assert all(mention.timestamp == Timestamp(seen.revisions[mention.rev_id].timestamp) for mention in feed)
    author = next(r.user for r in seen.revisions.values() if r.user_id and r.deleted == 0)
    mentions = seen.mentions(title=f"Special:Contributions/{author}", limit=500)
    assert_true(seen, mentions)
    assert {m.rev_id for m in mentions} == {r.rev_id for r in seen.revisions.values() if r.user == author}


def test_logs(seen: Seen) -> None:
    real = {event.log_id: event.public() for event in seen.truth.log_events()}
    events = [fact for fact in seen.facts(title="Special:Log", limit=500) if isinstance(fact, LogEvent)]
    assert events
    for event in events:
        row = real[event.log_id]
        user = event.user.name if event.user else None
        assert (event.type, event.action, user) == (row.type, row.action, row.user)
        assert event.timestamp and minute(event.timestamp) == row.timestamp[:16]
        if row.type == "move" and row.name is not None:
            assert (event.title and event.title.name, event.params["target_title"]) == (row.name, row.params["target"])


def test_all_pages_and_files(seen: Seen) -> None:
    for number in {page.namespace for page in seen.pages.values()}:
        listed = [f for f in seen.facts(title="Special:AllPages", namespace=number) if isinstance(f, TitleMention)]
        real = {page.name: page.is_redirect for page in seen.pages.values() if page.namespace == number}
        assert {m.title.name: m.is_redirect for m in listed if m.title.namespace_id == number} == real
    real_versions = [version.public() for version in seen.truth.file_versions()]
    for name in sorted({version.name for version in real_versions})[:3]:
        shown = [fact for fact in seen.facts(title=f"File:{name}") if isinstance(fact, FileVersion)]
        rows = [version for version in real_versions if version.name == name]
        told = [
            (v.timestamp and minute(v.timestamp), v.user and v.user.name, v.comment, v.width, v.height) for v in shown
        ]
        assert sorted(map(str, told)) == sorted(
            str((r.timestamp[:16], r.user, r.comment, r.width or None, r.height or None)) for r in rows
        )
        assert {v.archive_name for v in shown} == {r.archive_name for r in rows}


def test_accounts(seen: Seen) -> None:
    listed = {f.name: set(f.groups) for f in seen.facts(title="Special:ListUsers", limit=500) if isinstance(f, User)}
    assert {user.name for user in seen.truth.users()} == set(listed)
    assert listed["Admin"] >= {"sysop", "bureaucrat"}


def test_titles_that_may_not_be_created(seen: Seen) -> None:
    found = seen.facts(title="Special:ProtectedTitles", limit=500)
    shown = [fact for fact in found if isinstance(fact, ProtectedTitle)]
    real = {(row.namespace, row.name): row for row in seen.truth.protected_titles()}
    assert {(fact.title.namespace_id, fact.title.name) for fact in shown} == real.keys()
    for fact in shown:
        row = real[fact.title.namespace_id, fact.title.name]
        assert (fact.level, fact.expiry[:16]) == (row.level, row.expiry[:16])
