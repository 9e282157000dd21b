"""Readers without a process of their own give up in time, say so, and show what they have."""

from __future__ import annotations

import itertools
import json
import signal
from collections.abc import Callable

import pytest

from converters.document import Lookups
from converters.document.limit import in_time
from converters.entries.doors import Doors
from converters.wikitext import serve
from scraper.model import Title
from tests.doors.wikis import french_wiki, rendering

SECONDS = 0.02
MANY = 4000
TITLE = Title(0, "Essai")
# Takes longer than that, shorter than anybody waits, and is not refused at sight.
LONG = "* ''a'' [[b]] mot\n" * MANY


def endless() -> str:
    for _ in itertools.count():
        pass
    return "never"


def deaf() -> str:
    try:
        return endless()
    except BaseException:
        return endless()


@pytest.mark.parametrize("work", [endless, deaf])
def test_work_without_end_ends(work: Callable[[], str]) -> None:
    assert in_time(work, str, SECONDS) == "reading took more than 0.02 s"
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_what_ends_in_time_is_kept() -> None:
    assert in_time(lambda: "mot", str) == "mot"


def test_a_failure_is_told() -> None:
    assert in_time(lambda: "abc"[9], str) == "the parser ended with IndexError: string index out of range"


def test_answers_that_take_too_long_are_the_source() -> None:
    questions = [{"articles": {}}, {"id": 1, "wikitext": LONG}, {"id": 2, "wikitext": "''mot''"}]
    long, short = map(json.loads, serve(map(json.dumps, questions), SECONDS))
    assert long["html"] == f"<pre>{LONG[:-1]}</pre>"
    assert long["problems"] == [{"code": "markup-hostile", "detail": "reading took more than 0.02 s"}]
    assert short == {"id": 2, "html": "<p><i>mot</i>\n</p>"}


def test_pages_of_an_archive_that_take_too_long_keep_their_words() -> None:
    doors = Doors(french_wiki(), SECONDS)
    html = "<ul>" + "<li><i>a</i> <a href='/wiki/B'>b</a> mot" * 10 * MANY
    documents = doors.wikitext(LONG, TITLE, Lookups()), doors.rendering(rendering(html), TITLE)
    assert ["".join(document.root.itertext()).count("mot") for document in documents] == [MANY, 10 * MANY]
    assert [problem.detail for problem in doors.problems] == ["reading took more than 0.02 s"] * 2
