"""Answers of api.php as they come over the wire."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scraper.model import Capture, Timestamp, Via
from scraper.readers.answers import Answer, Kind, Refusal, Unreadable, merged, read_answer

GOOD = b'{"batchcomplete":true,"query":{"pages":[{"pageid":1,"ns":0,"title":"\xc3\x89t\xc3\xa9"}]}}'
NOISE = [
    b"\xef\xbb\xbf",
    b"\n\n  ",
    b"<br />\n<b>Notice</b>: Undefined index: {user} in <b>/srv/w/User.php</b> on line <b>7</b><br />\n",
    b'Warning: array_merge(): Argument {"1"} is not an array\n',
]


def capture(body: bytes, status: int = 200) -> Capture:
    return Capture("https://wiki.example.org/w/api.php", status, {}, body, Timestamp("2020-01-01T00:00:00Z"), Via.API)


@pytest.mark.parametrize("noise", [b"", *NOISE])
def test_reads_through_noise(noise: bytes) -> None:
    answer = read_answer(capture(noise + GOOD))
    assert isinstance(answer, Answer)
    assert answer.query["pages"][0]["title"] == "Été"


def test_halves_of_characters_stay_in_texts_alone() -> None:
    pages = rb'[{"comment":"\uDC00 \ud83c\udf31","content":"x\ud83d"},{"name":"n","content":"\ud83d"}]'
    body = rb'{"query":{"a\ud83d":' + pages + b"}}"
    answer = read_answer(capture(body))
    assert isinstance(answer, Answer)
    assert answer.query == {
        "a\ufffd": [{"comment": "\ufffd 🌱", "content": "x\ud83d"}, {"name": "n", "content": "\ufffd"}]
    }


def test_an_api_that_is_not_enabled() -> None:
    """As MediaWiki 1.16 to 1.31 says it."""
    body = b"MediaWiki API is not enabled for this site. Add the following line to your LocalSettings.php<pre>"
    refusal = read_answer(capture(body, 500))
    assert isinstance(refusal, Refusal)
    assert refusal.kind is Kind.CLOSED


@pytest.mark.parametrize(
    "body", [b"", b" \n", GOOD[:-9], b"<!DOCTYPE html><title>Maintenance</title>", b"[1]", b'{"status":"ok"}']
)
def test_says_what_it_cannot_read(body: bytes) -> None:
    assert isinstance(read_answer(capture(body)), Unreadable)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"errors": [{"code": "maxlag", "text": "Waiting for db2"}]}, Kind.LATER),
        ({"error": {"code": "ratelimited", "info": "Too fast"}}, Kind.LATER),
        ({"error": {"code": "readapidenied", "info": "You need read permission"}}, Kind.LOGIN),
        ({"errors": [{"code": "internal_api_error_DBQueryError", "text": "Caught exception"}]}, Kind.BROKEN),
        ({"error": {"code": "unknown_action", "info": "Unrecognized value"}}, Kind.CLOSED),
        ({"error": {"code": "nosuchrevid", "info": "There is no revision"}}, Kind.WRONG),
    ],
)
def test_classifies_refusals(error: dict[str, Any], kind: Kind) -> None:
    refusal = read_answer(capture(json.dumps(error).encode()))
    assert isinstance(refusal, Refusal)
    assert refusal.kind is kind


def test_continuation_and_whole_batches() -> None:
    part = read_answer(capture(b'{"continue":{"iicontinue":"A|2","continue":"||"},"query":{"pages":[]}}'))
    assert isinstance(part, Answer)
    assert part.continuation == {"iicontinue": "A|2", "continue": "||"}
    assert not part.is_whole
    last = read_answer(capture(b'{"batchcomplete":true,"continue":{"gaicontinue":"B"},"query":{}}'))
    assert isinstance(last, Answer)
    assert last.is_whole


def test_warnings_of_both_forms() -> None:
    old = read_answer(capture(b'{"warnings":{"query":{"warnings":"Cut."}},"query":{}}'))
    new = read_answer(capture(b'{"warnings":[{"code":"truncated","text":"Cut.","module":"query"}],"query":{}}'))
    assert isinstance(old, Answer)
    assert isinstance(new, Answer)
    assert old.warnings == new.warnings == ("Cut.",)


def test_parts_of_a_batch_are_united() -> None:
    first = {"query": {"pages": [{"pageid": 1, "length": 5, "imageinfo": [1]}, {"pageid": 2}]}}
    second = {"query": {"pages": [{"pageid": 1, "imageinfo": [2]}, {"pageid": 2, "pageprops": {"noindex": ""}}]}}
    assert merged(first, second)["query"]["pages"] == [
        {"pageid": 1, "length": 5, "imageinfo": [1, 2]},
        {"pageid": 2, "pageprops": {"noindex": ""}},
    ]
