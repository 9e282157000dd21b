"""Damaged dumps: what stands before and behind the damage is read, and the damage is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from backports import zstd

from scraper.archive import Archive
from scraper.model import Page
from tests.dump.reading import facts, harvest, peak_memory_of_harvest, problems, read, revisions

PAGES, REVISIONS = 8, 5


def dump(pages: int = PAGES, size: int = 40_000) -> bytes:
    """Pages with REVISIONS revisions each, numbered through, of ``size`` bytes: several chunks in all."""
    return b"".join(
        [
            b'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" version="0.10" xml:lang="fr">\n<siteinfo>'
            b"<sitename>Verger</sitename><base>https://verger.example/wiki/Accueil</base></siteinfo>\n",
            *(_page(number, size) for number in range(1, pages + 1)),
            b"</mediawiki>\n",
        ]
    )


def _page(number: int, size: int) -> bytes:
    ids = range((number - 1) * REVISIONS + 1, number * REVISIONS + 1)
    body = "".join(
        f"<revision><id>{rev_id}</id><timestamp>2020-01-01T00:00:{rev_id:02}Z</timestamp>"
        f"<contributor><ip>192.0.2.1</ip></contributor>\n<text>{_text(rev_id, size)}</text></revision>\n"
        for rev_id in ids
    )
    return f"<page><title>Arbre {number}</title><ns>0</ns><id>{number}</id>\n{body}</page>\n".encode()


def _text(rev_id: int, size: int) -> str:
    return f"révision {rev_id} &lt;br>\n" * (size // 20)


WHOLE = dump()
MIDDLE = WHOLE.index(b"vision 18 ", WHOLE.index(b"<id>18</id>") + 20_000)  # in the text of revision 18 of page 4


@pytest.mark.parametrize(
    ("damaged", "lost", "told"),
    [
        (WHOLE[:MIDDLE] + b"\x0b" + WHOLE[MIDDLE:], {18}, "this revision is lost"),
        (WHOLE[:MIDDLE] + b"\xe9" + WHOLE[MIDDLE:], {18}, "this revision is lost"),
        (WHOLE[:MIDDLE] + b"&eacute;" + WHOLE[MIDDLE:], {18}, "this revision is lost"),
        (WHOLE[:MIDDLE] + bytes(500) + WHOLE[MIDDLE + 500 :], {18, 19, 20}, "lost up to the next page"),
        (WHOLE[:MIDDLE] + bytes(300_000) + WHOLE[MIDDLE + 300_000 :], set(range(18, 26)), "up to the next page"),
        (WHOLE[:MIDDLE] + b"</text>" + WHOLE[MIDDLE:], {18, 19, 20}, "lost up to the next page"),
        (WHOLE[:MIDDLE], set(range(18, 41)), "nothing can be read after it"),
        (WHOLE[: -len("</mediawiki>\n")], set(), "nothing can be read after it"),
        (WHOLE.replace(b"<title>Arbre 3<", b"<title>Arbre \x013<"), set(range(11, 16)), "lost up to the next page"),
    ],
    ids=["control", "not-utf8", "entity", "short-hole", "long-hole", "tag", "cut", "no-end", "in-a-title"],
)
def test_reads_what_can_be_read(damaged: bytes, lost: set[int], told: str) -> None:
    items = read(damaged)
    assert set(range(1, 41)) - {revision.rev_id for revision in revisions(items)} == lost
    [problem] = problems(items)
    assert problem.code == "dump-damaged"
    assert told in problem.detail


HIDING = {
    b"<!--": "a comment does not end; this revision is lost",
    b"<!-- a -- b": "a comment does not end; this revision is lost",
    b"<![CDATA[": "a CDATA section does not end; this revision is lost",
    b"<?php ": "a processing instruction does not end; this revision is lost",
    b'<text bytes="12>': "a tag does not end; what follows is lost up to the next page",
}


@pytest.mark.parametrize("size", [1000, 2**16, 2**22])
@pytest.mark.parametrize("hiding", HIDING)
def test_what_does_not_end_hides_nothing_behind_it(hiding: bytes, size: int) -> None:
    """XML takes all that follows for its inside."""
    items = read(WHOLE[:MIDDLE] + hiding + WHOLE[MIDDLE:], size)
    lost = {18} if "revision" in HIDING[hiding] else {18, 19, 20}
    assert set(range(1, 41)) - {revision.rev_id for revision in revisions(items)} == lost
    [problem] = problems(items)
    assert problem.where == f"dump, byte {MIDDLE:,}"
    line = WHOLE[:MIDDLE].count(b"\n") + 1
    assert problem.detail == f"line {line:,}, in Arbre 4 after revision 17: {HIDING[hiding]}"


@pytest.mark.parametrize("hiding", HIDING)
def test_what_hides_a_page_costs_that_page(hiding: bytes) -> None:
    damaged = WHOLE.replace(b"<page><title>Arbre 3<", hiding + b"<page><title>Arbre 3<")
    assert {revision.rev_id for revision in revisions(read(damaged))} == set(range(1, 41))
    damaged = WHOLE.replace(b"<title>Arbre 3<", hiding + b"<title>Arbre 3<")
    assert set(range(1, 41)) - {revision.rev_id for revision in revisions(read(damaged))} == set(range(11, 16))


def test_what_does_not_end_near_the_end_of_the_dump() -> None:
    """No bytes follow that would bring nothing."""
    place = WHOLE.index(b"vision 36 ")
    items = read(WHOLE[:place] + b"<!--" + WHOLE[place:], len(WHOLE) * 5 // 8)
    assert set(range(1, 41)) - {revision.rev_id for revision in revisions(items)} == {36}
    assert problems(items)[0].where == f"dump, byte {place:,}"


def test_a_comment_that_ends_is_none_of_our_business() -> None:
    text = b"<!-- one line, two <page> --><?one <revision> ?>"
    damaged = WHOLE[:MIDDLE] + text + WHOLE[MIDDLE:]
    whole = [revision.text for revision in revisions(read(WHOLE))]
    for size in (2**14, 2**18, 2**22):
        assert [revision.text for revision in revisions(read(damaged, size))] == whole


def test_many_that_do_not_end_take_no_more_time_than_few() -> None:
    """Each costs its revision, and is told."""
    items = read(dump(pages=200, size=4_000).replace(b"<text>", b"<text><!--"), 2**18)
    assert len(problems(items)) == 200 * REVISIONS
    assert len([item for item in items if isinstance(item, Page)]) == 200


def test_says_where_the_damage_is() -> None:
    [problem] = problems(read(WHOLE[:MIDDLE] + b"\x0b" + WHOLE[MIDDLE:]))
    line = WHOLE[:MIDDLE].count(b"\n") + 1
    byte = int(problem.where.partition("byte ")[2].replace(",", ""))
    assert abs(byte - MIDDLE) <= 1
    assert problem.detail.startswith(f"line {line:,}, in Arbre 4 after revision 17: ")


def test_places_are_told_behind_damage_too() -> None:
    again = WHOLE.index(b"vision 33 ")
    damaged = WHOLE[:MIDDLE] + b"\x0b" + WHOLE[MIDDLE + 1 : again] + b"\x0c" + WHOLE[again + 1 :]
    first, second = problems(read(damaged))
    assert abs(int(second.where.partition("byte ")[2].replace(",", "")) - again) <= 1
    assert second.detail.startswith(f"line {WHOLE[:again].count(chr(10).encode()) + 1:,}, in Arbre 7 after revision 32")
    assert first.where != second.where


def test_revisions_stay_with_their_page() -> None:
    """However the hole lies, no revision is given to a page that it is not of."""
    for start in range(MIDDLE, MIDDLE + 130_000, 9_973):
        for length in (40, 700, 60_000):
            damaged = WHOLE[:start] + bytes(length) + WHOLE[start + length :]
            assert {(r.rev_id - 1) // REVISIONS + 1 - r.page_id for r in revisions(read(damaged))} == {0}


def test_a_damaged_mark_is_not_tried_twice() -> None:
    """Where reading would go on behind a first damage, the tag is damaged as well."""
    mark = WHOLE.index(b"<revision><id>19</id>")
    damaged = WHOLE[:MIDDLE] + b"\xe9" + WHOLE[MIDDLE:mark] + b" " * 40 + b'<revision "" <id>' + WHOLE[mark + 14 :]
    items = read(damaged)
    assert set(range(1, 41)) - {revision.rev_id for revision in revisions(items)} <= {18, 19, 20}
    assert {problem.code for problem in problems(items)} == {"dump-damaged"}


def test_pages_that_lost_their_end_are_read() -> None:
    items = read(dump(pages=300, size=100).replace(b"</page>", b""))
    assert len(revisions(items)) == 300 * REVISIONS
    assert len({item.page_id for item in items if isinstance(item, Page)}) == 300


@pytest.mark.parametrize("nested", ["<page>", "<revision>"])
def test_what_stands_in_something_else_is_told(nested: str) -> None:
    """A block of the dump was written twice; what it is written into is not taken for its own."""
    first = WHOLE.index(nested.encode(), WHOLE.index(b"Arbre 7"))
    end = WHOLE.index(nested.replace("<", "</").encode(), first) + len(nested) + 1
    items = read(WHOLE[:MIDDLE] + WHOLE[first:end] + WHOLE[MIDDLE:])
    pages = {revision.rev_id: revision.page_id for revision in revisions(items)}
    assert all((rev_id - 1) // REVISIONS + 1 == page_id for rev_id, page_id in pages.items())
    assert set(range(1, 41)) - set(pages) <= {18, 19, 20}
    assert {problem.code for problem in problems(items)} == {"dump-damaged"}


def test_a_text_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    """400 MB of one text in 40 kB of zstd; the page behind it is read."""
    bomb = tmp_path / "bomb.xml.zst"
    with zstd.open(bomb, "wb") as stream:
        stream.write(WHOLE[:MIDDLE])
        for _ in range(400):
            stream.write(b"a" * 2**20)
        stream.write(b"</text></revision></page>" + WHOLE[WHOLE.index(b"<page><title>Arbre 5<") :])
    assert peak_memory_of_harvest(bomb, tmp_path / "archive") < 300 * 2**20
    with Archive.read(tmp_path / "archive") as archive:
        [(count,)] = archive.connection.execute("SELECT count(*) FROM revisions").fetchall()
    assert count == 17 + 20
    [problem] = facts(tmp_path / "archive")["problems"]
    assert "does not end within" in str(problem["detail"])


def test_a_mended_copy_ends_the_problem(tmp_path: Path) -> None:
    given = tmp_path / "wiki.xml"
    given.write_bytes(WHOLE[:MIDDLE] + b"\x0b" + WHOLE[MIDDLE:])
    assert not harvest(given, tmp_path / "archive")
    given.write_bytes(WHOLE)
    assert harvest(given, tmp_path / "archive")
    assert facts(tmp_path / "archive")["problems"] == []
