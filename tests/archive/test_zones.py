"""Displayed times: the zone is found where exact times tell it, and never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.archive import Archive, Harvest
from scraper.archive.calibration import Comparison, common_offsets, own_offsets
from scraper.model import (
    Capture,
    Exactness,
    FileVersion,
    LogEvent,
    LogMention,
    PageMention,
    Place,
    RevisionMention,
    Timestamp,
    Title,
    UserName,
    Via,
)
from tests.archive.facts import ARTICLES, revision

TITLE = Title(0, "Accueil")
ODILE = UserName("Odile")
DAY = 24 * 60


def test_one_offset_counts_for_a_whole_set() -> None:
    own = own_offsets([Comparison("a", 0, 60), Comparison("b", 0, 60)])
    known = common_offsets(own, {"a": 0, "b": 400 * DAY, "unknown": None, "later": 900 * DAY})
    assert {answer: offsets.at(7) for answer, offsets in known.items()} == {"unknown": 60, "later": 60}


def test_between_two_answers_of_the_same_offset_it_is_the_same() -> None:
    own = own_offsets(Comparison(answer, 0, offset) for answer, offset in zip("abcd", (60, 60, 120, 120), strict=True))
    taken = {"a": 0, "b": 30 * DAY, "c": 60 * DAY, "d": 90 * DAY}
    known = common_offsets(own, taken | {"early": 10 * DAY, "between": 45 * DAY, "late": 70 * DAY, "after": 95 * DAY})
    assert {answer: offsets.at(0) for answer, offsets in known.items()} == {"early": 60, "late": 120}


def test_a_zone_with_summer_time_goes_by_the_displayed_day() -> None:
    own = own_offsets(Comparison("a", day * DAY, 120 if 90 < day < 300 else 60) for day in range(0, 360, 20))
    assert [own["a"].at(day * DAY) for day in (10, 90, 210, 350)] == [60, None, 120, None]


def test_a_slip_and_an_impossible_offset_change_nothing() -> None:
    own = own_offsets([Comparison("a", 0, 60, 30), Comparison("a", DAY, 75), Comparison("a", DAY, 61, 9)])
    assert own["a"].at(5 * DAY) == 60


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "wiki", create=True) as opened:
        with opened.transaction():
            opened.save(ARTICLES)
        yield opened


def show(archive: Archive, harvest: Harvest, url: str, *mentions: RevisionMention) -> None:
    """One captured page."""
    with archive.transaction():
        answer = Capture(url, 200, {}, url.encode(), Timestamp("1970-01-01T00:00:00Z"), Via.HTML)
        capture_id = archive.harvests.record(harvest, answer)
        for mention in mentions:
            archive.save(mention, capture_id)


def begin(archive: Archive, source: str) -> Harvest:
    with archive.transaction():
        return archive.harvests.begin(source, "copy", {}, Timestamp("2020-01-01T00:00:00Z"))


def shown(rev_id: int, clock: str) -> RevisionMention:
    moment = Timestamp(f"2017-05-25T{clock}:00Z", Exactness.UNKNOWN_ZONE)
    return RevisionMention(rev_id, TITLE, Place.HISTORY, Via.HTML, timestamp=moment)


def exact(rev_id: int, clock: str) -> RevisionMention:
    return RevisionMention(rev_id, TITLE, Place.EDIT_FORM, Via.HTML, timestamp=Timestamp(f"2017-05-25T{clock}Z"))


def times(archive: Archive) -> dict[int, tuple[str, str]]:
    archive.settle()
    rows = archive.connection.execute("SELECT rev_id, substr(timestamp, 12, 8), exactness FROM revisions")
    return {rev_id: (clock, exactness) for rev_id, clock, exactness in rows}


def test_an_answer_is_put_into_utc_by_what_it_shares_with_others(archive: Archive) -> None:
    """The form tells of 1; the first history shares 1, the second one 2 with the first; the third shares nothing."""
    harvest = begin(archive, "copy")
    show(archive, harvest, "edit", exact(1, "12:56:03"))
    show(archive, harvest, "summer", shown(1, "14:56"), shown(2, "15:00"))
    show(archive, harvest, "winter", shown(2, "14:00"), shown(3, "14:30"))
    show(archive, harvest, "alone", shown(4, "18:00"))
    assert times(archive) == {
        1: ("12:56:03", "second"),
        2: ("13:00:00", "minute"),
        3: ("13:30:00", "minute"),
        4: ("18:00:00", "zone unknown"),
    }
    assert archive.connection.execute(
        "SELECT subject, detail FROM problems WHERE code = 'zone-unknown'"
    ).fetchall() == [("times of revisions", "of 1 revisions")]


def test_another_source_tells_the_zone_later_and_the_displayed_time_stays(archive: Archive) -> None:
    harvest = begin(archive, "copy")
    show(archive, harvest, "history", shown(1, "14:56"), shown(2, "15:00"))
    assert times(archive)[2] == ("15:00:00", "zone unknown")
    with archive.transaction():
        archive.save(PageMention(7, TITLE, Via.DUMP))
        archive.save(revision(1, 7, b"texte"))  # saved at 14:01
    displayed = "SELECT timestamp FROM mentions WHERE rev_id = 2"
    assert times(archive)[2] == ("15:00:00", "zone unknown"), "14:56 is no time of any zone for 14:01"
    show(archive, harvest, "other", shown(1, "16:01"), shown(3, "17:00"))
    assert times(archive)[3] == ("15:00:00", "minute")
    assert archive.connection.execute(displayed).fetchone() == ("2017-05-25T15:00:00Z",)


def test_what_is_taken_back_makes_the_zone_unknown_again(archive: Archive) -> None:
    first = begin(archive, "copy")
    show(archive, first, "edit", exact(1, "12:56:03"))
    show(archive, first, "history", shown(1, "14:56"), shown(2, "15:00"))
    assert times(archive)[2] == ("13:00:00", "minute")
    archive.connection.execute("DELETE FROM mentions WHERE place = 'edit form'")
    assert times(archive)[2] == ("15:00:00", "zone unknown")


def test_what_a_page_shows_of_an_event_that_is_told_exactly_is_the_same_event(archive: Archive) -> None:
    def version(timestamp: Timestamp, via: Via) -> FileVersion:
        return FileVersion(
            "Carte.png", timestamp, ODILE, "", 3, 1, 1, "image/png", "BITMAP", 8, None, None, None, via
        )  # fmt: skip

    moment = Timestamp("2017-05-25T12:56:03Z")
    local, later = (Timestamp(f"2017-05-25T14:{minute}:00Z", Exactness.UNKNOWN_ZONE) for minute in (56, 57))
    with archive.transaction():
        for shown_at in (local, later):
            archive.save(LogMention("patrol", "", Place.LOG, Via.HTML, timestamp=shown_at, user=ODILE, title=TITLE))
        archive.save(LogEvent(5, "patrol", "patrol", moment, ODILE, TITLE, 7, "", {}, (), Via.API))
        archive.save(version(local, Via.HTML))
        archive.save(version(moment, Via.API))
    archive.settle()
    assert archive.connection.execute("SELECT log_id FROM log_events").fetchall() == [(-2,), (5,)]
    assert archive.connection.execute("SELECT exactness FROM file_versions").fetchall() == [("second",)]
