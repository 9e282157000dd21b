"""What several sources say of one wiki becomes the same archive, in whatever order they say it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.archive import Archive, OtherWiki
from scraper.model import (
    UNKNOWN_SITE,
    Exactness,
    Fact,
    Hidden,
    HistoryGap,
    PageMention,
    PageView,
    Place,
    Revision,
    RevisionMention,
    SectionText,
    Sha1,
    Timestamp,
    Title,
    TitleMention,
    UserName,
    Via,
)
from tests.archive.facts import ARTICLES, page, revision

ACCUEIL, VERGER, LAVOIR = Title(0, "Accueil"), Title(0, "Verger"), Title(0, "Lavoir")
IDS = {ACCUEIL: 7, VERGER: 8}  # nobody tells the id of Lavoir
MOMENT = Timestamp("2017-05-25T12:56:03Z")
MINUTE = Timestamp("2017-05-25T12:56:00Z", Exactness.MINUTE)
SHOWN = Timestamp("2017-05-25T14:56:00Z", Exactness.UNKNOWN_ZONE)
ODILE, BRUNO = UserName("Odile"), UserName("Bruno")


def mention(rev_id: int, title: Title = ACCUEIL, place: Place = Place.HISTORY, **said: object) -> RevisionMention:
    return replace(RevisionMention(rev_id, title, place, Via.HTML), **said)  # type: ignore[arg-type]


def whole(rev_id: int, via: Via, title: Title = ACCUEIL, **said: object) -> tuple[Fact, Fact]:
    told = replace(revision(rev_id, IDS[title], b"texte"), via=via, timestamp=MOMENT, **said)  # type: ignore[arg-type]
    return PageMention(IDS[title], title, via), told


def view(rev_id: int | None, html: str, title: Title = ACCUEIL, **said: object) -> PageView:
    return replace(PageView(title, html, Via.HTML, rev_id=rev_id), **said)  # type: ignore[arg-type]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "wiki", create=True) as opened:
        with opened.transaction():
            opened.save(ARTICLES)
        yield opened


def save(archive: Archive, *facts: Fact) -> None:
    with archive.transaction():
        for fact in facts:
            archive.save(fact)


def row(archive: Archive, query: str) -> tuple[object, ...]:
    found: tuple[object, ...] = archive.connection.execute(query).fetchone()
    return found


# The archive's own numbers come as they come; everything else must not.
SAID = (
    "SELECT r.rev_id, p.title, p.page_id > 0, parent_id, timestamp, exactness, u.name, comment, is_minor, r.size, r.sha1,"
    " is_sha1_computed, text_id IS NULL, tags, hidden, r.via, origins FROM revisions r JOIN pages p USING (page_id)"
    " LEFT JOIN users u USING (user_id) ORDER BY 1",
    "SELECT title, max(page_id, 0), latest_rev_id, is_redirect, is_listed, via FROM pages ORDER BY 1",
    "SELECT code, severity, subject, detail FROM problems ORDER BY 1, 3",
    "SELECT title, x.rev_id, html, taken_at FROM renderings x JOIN pages USING (page_id) ORDER BY 1",
    "SELECT title, x.rev_id, html, taken_at FROM old_renderings x JOIN pages USING (page_id) ORDER BY 1, 2, 3",
    "SELECT title, c.rev_id, text FROM current_texts c JOIN pages USING (page_id) ORDER BY 1",
    "SELECT kind, namespace_id, expected, held, hidden FROM coverage ORDER BY 1, 2, 3",
    "SELECT name, generator, language, via FROM site",
    "SELECT * FROM pragma_foreign_key_check",
)


def said(batches: Sequence[Sequence[Fact | tuple[Fact, ...]]]) -> list[object]:
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder), create=True) as archive:
        save(archive, ARTICLES)
        for batch in batches:
            save(archive, *(fact for one in batch for fact in (one if isinstance(one, tuple) else (one,))))
        archive.settle()
        return [archive.connection.execute(query).fetchall() for query in SAID]


TITLES = st.sampled_from([ACCUEIL, VERGER, LAVOIR])
MENTIONS = st.builds(
    mention,
    st.integers(1, 4),
    TITLES,
    st.sampled_from([Place.HISTORY, Place.EDIT_FORM, Place.DIFF, Place.FEED]),
    timestamp=st.sampled_from([None, MOMENT, MINUTE, SHOWN, replace(MOMENT, iso="2018-01-01T00:00:00Z")]),
    user=st.sampled_from([None, ODILE, BRUNO]),
    comment=st.sampled_from([None, "", "/* Plénière */"]),
    is_minor=st.sampled_from([None, True, False]),
    size=st.sampled_from([None, 5, 6]),
    text=st.sampled_from([None, b"texte", b"textes"]),
    tags=st.sampled_from([None, ("mobile",)]),
    hidden=st.sampled_from([frozenset(), frozenset({Hidden.USER})]),
    is_latest=st.sampled_from([None, True]),
)
WITH_ID = MENTIONS.map(lambda one: replace(one, page_id=IDS.get(one.title or LAVOIR)))
WHOLES = st.builds(
    whole,
    st.integers(1, 4),
    st.sampled_from([Via.API, Via.EXPORT, Via.DUMP]),
    st.sampled_from([ACCUEIL, VERGER]),
    comment=st.sampled_from(["", "ailleurs"]),
    text=st.sampled_from([None, b"texte"]),
    user=st.sampled_from([None, ODILE]),
)
VIEWS = st.builds(
    view,
    st.sampled_from([None, 1, 2, 3]),
    st.sampled_from(["<p>un</p>", "<p>deux</p>"]),
    TITLES,
    is_old=st.booleans(),
    taken_at=st.sampled_from([None, MOMENT, Timestamp("2020-01-01T00:00:00Z")]),
)
OTHERS = st.sampled_from(
    [
        TitleMention(LAVOIR, Place.LIST, Via.HTML, is_redirect=True),
        HistoryGap(ACCUEIL, 50, True, False, Via.HTML),
        SectionText(2, VERGER, "0", b"texte", Via.HTML),
        page(7, "Accueil", 3),
        replace(UNKNOWN_SITE, name="Verger"),
        replace(UNKNOWN_SITE, name="Le verger", via=Via.API),
        replace(UNKNOWN_SITE, name="", generator="MediaWiki 1.30", via=Via.HTML),
    ]
)


def told_once(facts: list[Fact | tuple[Fact, ...]]) -> bool:
    """A road tells of a revision as a whole once: what it says later is news, not another opinion."""
    wholes = [(one[1].rev_id, one[1].via) for one in facts if isinstance(one, tuple) and isinstance(one[1], Revision)]
    pages = {}
    for one in facts:
        if isinstance(one, tuple) and isinstance(one[1], Revision):
            pages.setdefault(one[1].rev_id, set()).add(one[1].page_id)
    return len(wholes) == len(set(wholes)) and all(len(found) == 1 for found in pages.values())


FACTS = st.lists(st.one_of(MENTIONS, WITH_ID, WHOLES, VIEWS, OTHERS), min_size=2, max_size=9).filter(told_once)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), facts=FACTS)
def test_the_order_in_which_sources_speak_does_not_matter(
    data: st.DataObject, facts: list[Fact | tuple[Fact, ...]]
) -> None:
    other = data.draw(st.permutations(facts))
    cut = data.draw(st.integers(0, len(other)))
    assert said([facts]) == said([other[:cut], other[cut:]])
