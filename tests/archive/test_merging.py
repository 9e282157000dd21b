"""What several sources say of one wiki becomes the same archive, in whatever order they say it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.parse import parse
from scraper.archive import Archive, OtherWiki
from scraper.model import (
    UNKNOWN_SITE,
    Capture,
    Exactness,
    Fact,
    Hidden,
    HistoryGap,
    PageMention,
    PageProtection,
    PageText,
    PageView,
    Place,
    Rendering,
    Revision,
    RevisionMention,
    SectionText,
    Sha1,
    Statistics,
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
    "SELECT r.rev_id, p.title, p.page_id > 0, parent_id, timestamp, exactness, u.name, comment, is_minor, r.size,"
    " r.sha1, is_sha1_computed, text_id IS NULL, tags, hidden, r.via, origins"
    " FROM revisions r JOIN pages p USING (page_id) LEFT JOIN users u USING (user_id) ORDER BY 1",
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
UNTOLD_VIEWS = st.builds(
    view,
    st.none(),
    st.sampled_from(["<p>un</p>", "<p>deux</p>"]),
    TITLES,
    is_old=st.booleans(),
    taken_at=st.sampled_from([None, MOMENT]),
    modified_at=st.sampled_from([SHOWN, Timestamp("2018-01-01T00:00:00Z", Exactness.UNKNOWN_ZONE)]),
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


ANY = st.one_of(MENTIONS, WITH_ID, WHOLES, VIEWS, UNTOLD_VIEWS, OTHERS)
FACTS = st.lists(ANY, min_size=2, max_size=9).filter(told_once)


@settings(max_examples=40)
@given(data=st.data(), facts=FACTS)
def test_the_order_in_which_sources_speak_does_not_matter(
    data: st.DataObject, facts: list[Fact | tuple[Fact, ...]]
) -> None:
    other = data.draw(st.permutations(facts))
    cut = data.draw(st.integers(0, len(other)))
    assert said([facts]) == said([other[:cut], other[cut:]])


def test_each_part_comes_from_the_best_place_and_remembers_it(archive: Archive) -> None:
    save(archive, mention(5, timestamp=SHOWN, user=ODILE, comment="/* Plénière */", is_minor=True, size=5))
    assert row(archive, "SELECT exactness, is_minor, text_id, sha1 FROM revisions") == ("zone unknown", 1, None, None)
    save(archive, mention(5, place=Place.EDIT_FORM, timestamp=MOMENT, text=b"texte", page_id=7))
    assert row(archive, "SELECT timestamp, exactness, comment, page_id, is_sha1_computed FROM revisions") == (
        MOMENT.iso, "second", "/* Plénière */", 7, 1,
    )  # fmt: skip
    assert archive.revision_text(5) == b"texte"
    assert row(archive, "SELECT origins ->> 'timestamp', origins ->> 'user' FROM revisions") == (
        "html edit form", "html history",
    )  # fmt: skip


def test_what_nobody_says_stays_unknown(archive: Archive) -> None:
    save(archive, mention(5))
    query = "SELECT timestamp, exactness, user_id, comment, is_minor, size, sha1, text_id FROM revisions"
    assert row(archive, query) == (None,) * 8


def test_a_whole_revision_counts_before_mentions_and_is_completed_by_them(archive: Archive) -> None:
    save(archive, *whole(5, Via.DUMP, comment=None, text=None, sha1=Sha1.of(b"texte")))
    save(archive, mention(5, comment="ailleurs", user=ODILE, size=9), mention(5, place=Place.EDIT_FORM, text=b"texte"))
    assert archive.revision_text(5) == b"texte"
    assert row(archive, "SELECT comment, via, origins ->> 'comment', is_sha1_computed FROM revisions") == (
        "ailleurs", "dump", "html history", 0,
    )  # fmt: skip
    assert archive.connection.execute("SELECT code, subject, detail FROM problems").fetchall() == [
        ("sources-disagree", "size of revision 5", "dump: 5; html history: 9")
    ]


def test_what_pages_cannot_show_of_a_comment_contradicts_nothing(archive: Archive) -> None:
    save(archive, *whole(5, Via.EXPORT, comment="vers  [[:Tas]] &amp; [[Haie]]"))
    save(archive, mention(5, comment="vers [[Tas]] & [[Haie]]"))
    assert row(archive, "SELECT comment FROM revisions") == ("vers  [[:Tas]] &amp; [[Haie]]",)
    assert row(archive, "SELECT count(*) FROM problems WHERE code = 'sources-disagree'") == (0,)


def test_a_text_that_has_another_size_than_the_wiki_says_is_kept_out(archive: Archive) -> None:
    save(archive, mention(5, size=6), mention(5, place=Place.EDIT_FORM, text=b"texte"))
    assert archive.revision_text(5) is None
    assert row(archive, "SELECT subject, detail FROM problems") == (
        "text of revision 5", "html history: 6 bytes; html edit form: a text of 5 bytes",
    )  # fmt: skip
    save(archive, mention(5, place=Place.RAW, via=Via.RAW, text=b"textes"))
    assert archive.revision_text(5) == b"textes"
    assert archive.settle() and archive.verify().is_complete


def test_an_older_dump_does_not_bring_back_what_the_wiki_has_lost(archive: Archive) -> None:
    save(archive, page(7, "Accueil", 5), *whole(5, Via.API))
    archive.connection.execute("UPDATE revisions SET gone_at = '2020-01-01T00:00:00Z'")
    save(archive, *whole(5, Via.DUMP))
    assert row(archive, "SELECT gone_at IS NOT NULL, via FROM revisions") == (1, "api")


def test_a_page_gets_its_number_when_it_is_told(archive: Archive) -> None:
    save(archive, mention(5), view(5, "<p>un</p>"), HistoryGap(ACCUEIL, 50, True, False, Via.HTML))
    assert row(archive, "SELECT page_id FROM pages") == (-1,)
    save(archive, mention(6, LAVOIR), mention(6, ACCUEIL, page_id=7))
    tables = ("revisions", "mentions", "renderings", "history_gaps")
    found = {
        table: archive.connection.execute(f"SELECT DISTINCT page_id FROM {table} ORDER BY 1").fetchall()
        for table in tables
    }
    assert found == {"revisions": [(7,)], "mentions": [(-2,), (7,)], "renderings": [(7,)], "history_gaps": [(7,)]}
    assert archive.connection.execute("SELECT page_id, title FROM pages ORDER BY 1").fetchall() == [
        (-2, "Lavoir"), (7, "Accueil"),
    ]  # fmt: skip


def test_a_moved_page_has_the_name_of_its_newest_revision(archive: Archive) -> None:
    save(archive, mention(9, VERGER, page_id=7), mention(5, ACCUEIL, page_id=7), mention(4, ACCUEIL))
    archive.settle()
    assert archive.connection.execute("SELECT page_id, title FROM pages").fetchall() == [(7, "Verger")]
    assert row(archive, "SELECT count(DISTINCT page_id) FROM revisions") == (1,)


def test_of_revisions_of_one_second_that_is_current_which_was_shown_so(archive: Archive) -> None:
    save(archive, *whole(1, Via.EXPORT), *whole(2, Via.EXPORT))
    archive.settle()
    assert row(archive, "SELECT latest_rev_id FROM pages") == (2,)
    save(archive, mention(1, place=Place.VIEW, is_latest=True))
    archive.settle()
    assert row(archive, "SELECT latest_rev_id FROM pages") == (1,)


def test_of_pages_with_one_title_the_newer_has_it(archive: Archive) -> None:
    """The older was deleted or moved unseen; another capture may tell where it went."""
    with archive.transaction():
        archive.harvests.begin("copy", "copy", {}, MOMENT)
    save(archive, mention(5, ACCUEIL, page_id=3), mention(9, ACCUEIL, page_id=7, timestamp=MOMENT))
    archive.settle()
    held = "SELECT page_id, title, gone_at FROM pages ORDER BY 1"
    assert archive.connection.execute(held).fetchall() == [(3, "Accueil", MOMENT.iso), (7, "Accueil", None)]
    assert row(archive, "SELECT rev_id FROM revisions WHERE gone_at IS NULL") == (9,)
    save(archive, mention(6, VERGER, page_id=3))
    archive.settle()
    assert archive.connection.execute(held).fetchall() == [(3, "Verger", None), (7, "Accueil", None)]
    assert row(archive, "SELECT count(*) FROM revisions WHERE gone_at IS NULL") == (3,)


def test_what_pages_say_of_the_wiki_counts_until_the_api_says_it(archive: Archive) -> None:
    sysops = ({"type": "edit", "level": "sysop"},)
    counted = [Statistics({"edits": edits, "pages": edits // 3}, Via.HTML) for edits in (30, 12)]
    save(archive, replace(UNKNOWN_SITE, name="Verger"), *counted, PageProtection(7, ACCUEIL, sysops, Via.HTML))
    query = "SELECT siteinfo ->> '$.statistics.pages', protection FROM site, pages WHERE page_id = 7"
    assert row(archive, query) == (10, '[{"level": "sysop", "type": "edit"}]')
    api = replace(UNKNOWN_SITE, name="Verger", via=Via.API, siteinfo={"statistics": {"pages": 11}})
    save(archive, api, page(7, "Accueil", 5), *counted, PageProtection(7, ACCUEIL, sysops, Via.HTML))
    assert row(archive, query) == (11, "[]")


def test_the_newest_view_is_current_and_the_others_are_kept(archive: Archive) -> None:
    save(archive, view(5, "<p>5</p>"), view(7, "<p>7</p>"), view(6, "<p>6</p>", is_old=True), view(None, "<p>?</p>"))
    save(archive, view(None, "<p>6</p>"), view(5, "<p>5, later</p>", taken_at=MOMENT))
    archive.settle()
    assert archive.connection.execute("SELECT rev_id, html FROM renderings").fetchall() == [(7, "<p>7</p>")]
    assert archive.connection.execute("SELECT rev_id, html FROM old_renderings ORDER BY 1").fetchall() == [
        (None, "<p>?</p>"), (5, "<p>5, later</p>"), (6, "<p>6</p>"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "current"),
    [
        ([view(None, "<p>now</p>"), view(5, "<p>5</p>", is_old=True)], (None, "<p>now</p>")),
        # The same words: the page as it stood is that version.
        ([view(None, "<p>5</p>"), view(5, "<p>5</p>", is_old=True)], (5, "<p>5</p>")),
        ([view(None, "<p>now</p>"), view(4, "<p>4</p>"), view(5, "<p>5</p>", is_old=True)], (None, "<p>now</p>")),
        ([view(None, "<p>now</p>"), view(5, "<p>5</p>")], (5, "<p>5</p>")),
        ([view(None, "<p>old</p>", is_old=True), view(5, "<p>5</p>", is_old=True)], (5, "<p>5</p>")),
        # Taken before that version was saved.
        (
            [
                view(None, "<p>then</p>", taken_at=Timestamp("2017-05-20T00:00:00Z")),
                view(5, "<p>5</p>", is_old=True),
                mention(5, timestamp=SHOWN),
            ],
            (5, "<p>5</p>"),
        ),
        # Saved in the minute that the page displays.
        (
            [
                view(None, "<p>now</p>", modified_at=SHOWN),
                view(4, "<p>4</p>", is_old=True),
                mention(5, timestamp=SHOWN),
            ],
            (5, "<p>now</p>"),
        ),
        # The same minute in UTC is another one.
        (
            [
                view(None, "<p>now</p>", modified_at=SHOWN),
                view(4, "<p>4</p>", is_old=True),
                mention(5, timestamp=replace(SHOWN, exactness=Exactness.MINUTE)),
            ],
            (None, "<p>now</p>"),
        ),
    ],
)
def test_the_page_as_it_stood_counts_before_its_old_versions(
    archive: Archive, facts: list[Fact], current: tuple[object, ...]
) -> None:
    for _ in range(2):  # reading the same again changes nothing
        save(archive, *facts)
        archive.settle()
        assert archive.connection.execute("SELECT rev_id, html FROM renderings").fetchall() == [current]
        kept = archive.connection.execute("SELECT html FROM renderings UNION ALL SELECT html FROM old_renderings")
        assert len(list(kept)) == len({one.html for one in facts if isinstance(one, PageView)})


def test_views_find_their_revisions_without_comparing_each_to_each(archive: Archive, count: int = 500) -> None:
    moments = [Timestamp(f"2018-01-01T{n // 60:02}:{n % 60:02}:00Z", Exactness.UNKNOWN_ZONE) for n in range(count)]
    save(archive, *(mention(n + 1, timestamp=moment) for n, moment in enumerate(moments)))
    save(archive, *(view(None, f"<p>{n}</p>", modified_at=moment) for n, moment in enumerate(moments)))
    thousands: list[None] = []
    archive.connection.set_progress_handler(lambda: thousands.append(1), 1000)
    archive.settle()
    archive.connection.set_progress_handler(None, 0)
    assert archive.connection.execute("SELECT count(*) FROM old_renderings WHERE rev_id IS NULL").fetchone() == (0,)
    assert len(thousands) * 1000 < 4 * count * count


def test_the_api_s_rendering_gives_way_to_a_newer_revision_only(archive: Archive) -> None:
    rendered = Rendering(7, 6, "<p>API</p>", None, (), (), (), Via.API)
    save(archive, page(7, "Accueil", 6), view(6, "<p>6</p>"), rendered, view(6, "<p>6, later</p>", taken_at=MOMENT))
    assert archive.connection.execute("SELECT html FROM renderings").fetchall() == [("<p>API</p>",)]
    save(archive, view(8, "<p>8</p>"))
    assert archive.connection.execute("SELECT rev_id, html FROM renderings").fetchall() == [(8, "<p>8</p>")]
    found = archive.rendering_of(6)
    assert found is not None and found.html == "<p>API</p>"


def test_a_page_text_belongs_to_the_revision_of_its_size(archive: Archive) -> None:
    """Of two of that size to the latest; else nobody knows."""
    save(archive, PageText(ACCUEIL, "été".encode(), Via.HTML), mention(5, size=4), mention(6, size=5))
    archive.settle()
    assert [archive.revision_text(5), archive.revision_text(6)] == [None, "été".encode()]
    save(archive, PageText(VERGER, b"abc", Via.HTML))
    save(archive, *(mention(number, title=VERGER, size=3, is_latest=number == 8) for number in (7, 8)))
    archive.settle()
    assert [archive.revision_text(7), archive.revision_text(8)] == [None, b"abc"]


def test_texts_of_all_sections_make_the_whole_text_when_the_size_proves_it(archive: Archive) -> None:
    text = "Début.\n\n== Un ==\nA\n\n=== Un et demi ===\nB\n\n== Deux ==\nC"
    parts = {
        "0": "Début.",
        "1": "== Un ==\nA\n\n=== Un et demi ===\nB",
        "2": "=== Un et demi ===\nB",
        "3": "== Deux ==\nC",
    }
    save(archive, *(SectionText(5, ACCUEIL, number, part.encode(), Via.HTML) for number, part in parts.items()))
    save(archive, mention(5, size=len(text.encode()) + 1), mention(6, size=len(text.encode())))
    archive.settle()
    assert archive.revision_text(5) is None
    save(archive, *(SectionText(6, ACCUEIL, number, part.encode(), Via.HTML) for number, part in parts.items()))
    archive.settle()
    assert archive.revision_text(6) == text.encode()


def test_another_wiki_is_refused_by_what_both_know(archive: Archive) -> None:
    def told(year: int) -> list[RevisionMention]:
        return [mention(number, timestamp=Timestamp(f"{year}-05-25T12:56:03Z")) for number in range(1, 6)]

    with archive.transaction():
        first = archive.harvests.begin("copy", "copy", {}, MOMENT)
        for one in told(2011):
            archive.save(one)
        archive.harvests.end(first, True, MOMENT)
        second = archive.harvests.begin("captures", "captures", {}, MOMENT)
    save(archive, *told(2011))
    with pytest.raises(OtherWiki, match=r"revision .* is of 2015.*--force"), archive.transaction():
        archive.harvests.end(second, True, MOMENT)
        archive.harvests.begin("other", "captures", {}, MOMENT)
        for one in told(2015):
            archive.save(one)
    archive.take_strangers()
    save(archive, *told(2015))


def test_what_a_copy_cannot_give_is_counted_and_makes_nothing_short(archive: Archive) -> None:
    with archive.transaction():
        harvest = archive.harvests.begin("copy", "copy", {}, MOMENT)
        for fact in (mention(5), mention(6, timestamp=SHOWN), TitleMention(LAVOIR, Place.LIST, Via.HTML)):
            archive.save(fact)
        archive.save(HistoryGap(ACCUEIL, 2, True, False, Via.HTML))
        archive.harvests.end(harvest, True, MOMENT)
    assert archive.settle()
    notes = archive.connection.execute("SELECT code FROM problems WHERE severity = 'note' ORDER BY 1").fetchall()
    assert notes == [("history-cut",), ("text-uncaptured",), ("zone-unknown",)]
    with archive.transaction():
        archive.harvests.begin("https://wiki.example.org", "api", {}, MOMENT)
        archive.save(mention(5))
    assert not archive.settle(), "a wiki that can be asked owes the text"


def test_a_copy_that_is_read_again_counts_once(archive: Archive) -> None:
    for comment in ("misread", "/* Plénière */"):
        with archive.transaction():
            harvest = archive.harvests.begin("copy", "copy", {}, MOMENT)
            capture = Capture("https://wiki.example.org/", 200, {}, comment.encode(), MOMENT, Via.HTML)
            archive.save(mention(5, comment=comment), archive.harvests.record(harvest, capture))
            archive.harvests.end(harvest, True, MOMENT)
    archive.settle()
    assert archive.connection.execute("SELECT comment FROM mentions").fetchall() == [("/* Plénière */",)]
    assert row(archive, "SELECT comment FROM revisions") == ("/* Plénière */",)


def test_what_was_derived_from_a_page_without_number_goes_when_it_is_told(archive: Archive) -> None:
    save(archive, replace(UNKNOWN_SITE, name="Verger"), view(5, "<h2>Plan</h2><p>Bonjour</p><ul><li>a : b</li></ul>"))
    archive.settle()
    assert parse(archive).parsed == 1
    save(archive, mention(6, page_id=7))
    assert archive.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert row(archive, "SELECT count(*) FROM sections") == (0,)
    archive.settle()
    assert parse(archive).parsed == 1
    found = archive.connection.execute("SELECT rowid FROM page_text_fts WHERE page_text_fts MATCH 'bonjour'").fetchall()
    assert found == [(7,)]
    archive.connection.execute("INSERT INTO page_text_fts (page_text_fts) VALUES ('integrity-check')")


def test_counts_of_roads_say_who_told_what(archive: Archive) -> None:
    with archive.transaction():
        harvest = archive.harvests.begin("copy", "copy", {}, MOMENT)
        archive.save(mention(5))
    save(archive, mention(5, place=Place.EDIT_FORM, text=b"texte"), *whole(6, Via.DUMP))
    query = "SELECT fact, via, place, facts FROM facts_by_road WHERE harvest_id = ? ORDER BY 1, 2, 3"
    assert archive.connection.execute(query, (harvest.harvest_id,)).fetchall() == [
        ("page", "dump", "", 1),
        ("revision", "dump", "", 1),
        ("revision", "html", "edit form", 1),
        ("revision", "html", "history", 1),
        ("text", "dump", "", 1),
        ("text", "html", "edit form", 1),
    ]
