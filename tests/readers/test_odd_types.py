"""Answers whose parts are of other types than MediaWiki gives: the rest of them is read, and what is not is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest

from scraper.model import Capture, Fact, Namespace, Timestamp, Via
from scraper.readers.answers import Answer, read_answer
from scraper.readers.api_pages import read_page_names, read_pages
from scraper.readers.api_site import statistics
from scraper.readers.html import Known
from scraper.readers.kept_answers import READERS, read_kept_answer
from scraper.titles import IllegalTitle, TitleParser
from tests.lab.faults import ODD

URL = "https://wiki.example.org/w/api.php?action=query"
TITLES = TitleParser([Namespace(0, "", ""), Namespace(1, "Discussion", "Talk"), Namespace(6, "Fichier", "File")])
BY = {"user": "Orme", "userid": 3, "comment": "c", "timestamp": "2020-01-01T00:00:00Z"}
SLOTS = {"main": {"contentmodel": "wikitext", "contentformat": "text/x-wiki", "content": "x", "size": 1}}
REVISION = {**BY, "revid": 7, "parentid": 3, "tags": ["a"], "size": 1, "sha1": "1" * 40, "slots": SLOTS}
PAGE = {"pageid": 2, "ns": 1, "title": "Discussion:Accueil"}
FILE = {**BY, "size": 3, "width": 1, "height": 1, "url": "//x/y.png", "sha1": "1" * 40, "archivename": "y"}
QUERY: dict[str, Any] = {
    "general": {"sitename": "Jardin", "base": "https://wiki.example.org/wiki/Accueil", "lang": "fr", "rights": ""},
    "rightsinfo": {"url": "", "text": ""},
    "namespaces": {"1": {"id": 1, "case": "first-letter", "name": "Discussion", "canonical": "Talk"}},
    "namespacealiases": [{"id": 1, "alias": "D"}],
    "interwikimap": [{"prefix": "w", "url": "https://w.example.org/$1", "local": True}],
    "statistics": {"pages": 3},
    "allmessages": [{"name": "mainpage", "content": "Accueil"}],
    "allrevisions": [{**PAGE, "revisions": [REVISION]}],
    "pages": [
        {**PAGE, "lastrevid": 7, "length": 1, "touched": "2020-01-01T00:00:00Z", "pageprops": {"noindex": ""}},
        {"pageid": 9, "ns": 6, "title": "Fichier:Y.png", "imageinfo": [FILE], "protection": [{"type": "edit"}]},
        {"pageid": 5, "missing": True},
    ],
    "allpages": [PAGE],
    "allusers": [{"userid": 3, "name": "Orme", "groups": ["sysop"], "implicitgroups": ["*"], "editcount": 2}],
    "logevents": [{**BY, **PAGE, "logid": 4, "type": "delete", "action": "revision", "params": {"ids": [7]}}],
    "protectedtitles": [{**BY, "ns": 0, "title": "Non", "level": "sysop", "expiry": "infinity"}],
    "recentchanges": [{**BY, **PAGE, "type": "edit", "revid": 7, "old_revid": 3, "newlen": 1}],
    "badrevids": {"99": {"revid": 99, "missing": True}},
}
PARSE = {
    "title": "Accueil",
    "pageid": 1,
    "revid": 7,
    "text": "<p>x",
    "categories": [{}],
    "sections": [],
    "langlinks": [],
}
WHOLE = {"batchcomplete": True, "continue": {"arvcontinue": "1|2"}, "query": QUERY, "parse": PARSE}
ALL = 20  # facts in it


def answer(data: Any) -> Answer | None:
    body = json.dumps(data).encode()
    found = read_answer(Capture(URL, 200, {}, body, Timestamp("2020-01-01T00:00:00Z"), Via.API))
    return found if isinstance(found, Answer) else None


def facts(found: Answer) -> list[Fact]:
    statistics(found)
    readings = [read_pages(found, TITLES)]
    for reader in READERS:
        with suppress(IllegalTitle):  # which read_kept_answer tells
            readings.append(reader(found, TITLES, URL))
    return [*read_page_names(found, TITLES), *(fact for reading in readings for fact in reading.facts)]


def places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """All in an answer, the deepest last."""
    yield at
    inside = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for name in inside:
        yield from places(value[name], (*at, name))


def test_a_good_answer_is_whole() -> None:
    found = answer(WHOLE)
    assert found is not None
    assert found.misshapen == ()
    assert len(facts(found)) == ALL


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_anything_in_any_place(odd: Any) -> None:
    """No reader fails; what is far from it is read as ever."""
    for *above, name in filter(None, places(WHOLE)):
        data = deepcopy(WHOLE)
        place: Any = data
        for step in above:
            place = place[step]
        place[name] = odd
        found = answer(data)
        assert found is None or len(facts(found)) >= ALL - 4 or len(above) < 3, (*above, name)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"query": {"pages": "none"}}, "answer.query.pages is a text, not a list"),
        ({"query": {"pages": [PAGE, 7]}}, "answer.query.pages[1] is the number 7, not an object"),
        ({"query": {"pages": [{"pageid": 2, "ns": 0}]}}, "answer.query.pages[0] lacks title"),
        ({"query": {"pages": [{**PAGE, "pageid": -2}]}}, "answer.query.pages[0].pageid is the number -2, not an id"),
        ({"query": {"namespaces": [], "pages": {}, "logevents": [[]]}}, "answer.query.logevents[0] lacks logid"),
    ],
)
def test_what_is_told(data: Any, told: str) -> None:
    found = answer({"batchcomplete": True, **data})
    assert found is not None
    assert found.misshapen == (told,)


def test_numbers_that_were_written_as_texts() -> None:
    found = answer({"query": {"pages": {"2": {**PAGE, "pageid": "2", "ns": "1"}}}})
    assert found is not None
    assert (found.misshapen, found.query["pages"]) == ((), [PAGE])


@pytest.mark.parametrize("part", ["query", "continue", "query-continue"])
def test_without_these_parts_it_is_no_answer(part: str) -> None:
    """A list whose end nobody can tell has no end."""
    assert answer({"query": {}, part: [7]}) is None


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"query":' * 400 + b"1" + b"}" * 400, b'{"errors":{"a":1}}'])
def test_answers_that_are_none(body: bytes) -> None:
    capture = Capture(URL, 200, {}, body, Timestamp("2020-01-01T00:00:00Z"), Via.API)
    found = read_answer(capture)
    assert not isinstance(found, Answer) or facts(found) == []


def test_half_of_a_character_in_bytes() -> None:
    body = b'{"batchcomplete":true,"query":{"allusers":[{"name":"\xed\xa0\x80"}]}}'
    found = read_answer(Capture(URL, 200, {}, body, Timestamp("2020-01-01T00:00:00Z"), Via.API))
    assert isinstance(found, Answer)
    assert found.query["allusers"] == [{"name": "\ufffd"}]


def test_captures_tell_it_too() -> None:
    body = json.dumps({"query": {"allusers": [{"name": 7}, {"name": "Orme"}]}}).encode()
    reading = read_kept_answer(Capture(URL, 200, {}, body, Timestamp("2020-01-01T00:00:00Z"), Via.HTML), Known())
    assert len(reading.facts) == 1
    assert [(problem.code, problem.where) for problem in reading.problems] == [("answer-unreadable", URL)]
