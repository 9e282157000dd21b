"""Recorded answers of MediaWiki 1.16 to 1.31: what their pages tell, fact by fact beside what their API told."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scraper.model import Capture, Exactness, Hidden, Place, RevisionMention, Timestamp, Via
from scraper.readers.html import Known, read_page

RECORDINGS = Path(__file__).parents[3] / "shared" / "recordings"
WIKIS = ("1.16.4-en", "1.19.2-fr", "1.31.2-fr")
ASKED = re.compile("action=(?:history|edit|info|raw)|diff=|feed|Special|Sp%C3%A9cial")
# A lone asterisk was MediaWiki's own mark for "no comment"; entities are shown as what they stand for.
UNTOLD = {"*": "", "uploaded a new version of &quot;[[File:Damier.png]]&quot;: couleurs": None}
EVERY = ("timestamp", "user", "comment")
WHOLE = {
    Place.HISTORY: (*EVERY, "is_minor", "size", "parent_id", "is_latest", "page_id"),
    Place.EDIT_FORM: ("timestamp", "text", "is_latest", "page_id"),
    Place.FEED: EVERY,
    Place.DIFF: EVERY,
    Place.RAW: ("timestamp", "text"),
    Place.RECENT_CHANGES: (*EVERY, "is_minor", "page_id"),
}


def records(path: Path) -> Iterator[tuple[dict[str, str], bytes]]:
    """The records of a WARC whose members all say their length."""
    with gzip.open(path) as file:
        while line := file.readline():
            if line.strip():
                fields = {}
                while (line := file.readline()).strip():
                    name, _, value = line.decode().partition(":")
                    fields[name.lower()] = value.strip()
                yield fields, file.read(int(fields["content-length"]))


def captures(wiki: str) -> Iterator[Capture]:
    for fields, block in records(RECORDINGS / f"mediawiki-{wiki}.warc.gz"):
        if fields["warc-type"] == "response":
            head, _, body = block.partition(b"\r\n\r\n")
            first, *lines = head.decode("utf-8", "replace").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            url, status = fields["warc-target-uri"].strip("<>"), int(first.split()[1])
            yield Capture(url, status, headers, body, Timestamp(fields["warc-date"]), Via.HTML)


@cache
def recorded(wiki: str) -> tuple[Mapping[int, Mapping[str, Any]], tuple[RevisionMention, ...]]:
    """What the API says of each revision, and the mentions of revisions on pages, in feeds and raw texts."""
    told: dict[int, dict[str, Any]] = {}
    mentions: list[RevisionMention] = []
    for capture in captures(wiki):
        if "api.php" in capture.url:
            for title, item in revisions_of(capture):
                told.setdefault(item["revid"], {"title": title}).update(item)
        elif capture.status == 200 and ASKED.search(capture.url):
            facts = read_page(capture, Known(language=wiki[-2:], offset=0)).reading.facts
            mentions += [fact for fact in facts if isinstance(fact, RevisionMention)]
    return told, tuple(mentions)


def revisions_of(capture: Capture) -> Iterator[tuple[str, dict[str, Any]]]:
    if "revisions" in capture.url and capture.body.startswith(b"{"):
        pages = json.loads(capture.body).get("query", {}).get("pages", {})
        for page in pages.values() if isinstance(pages, dict) else pages:
            yield from ((page["title"], item) for item in page.get("revisions", ()))


def differences(mention: RevisionMention, told: Mapping[str, Any]) -> Iterator[tuple[str, object, object]]:
    """Parts that are told otherwise than the API does; what is not told is no difference."""
    time = mention.timestamp
    shown = 19 if time and time.exactness is Exactness.SECOND else 16
    comment = told.get("comment", "")
    pairs: dict[str, tuple[object, object]] = {
        "timestamp": (time and time.iso[:shown], told["timestamp"][:shown]),
        "user": (mention.user and mention.user.name, told.get("user")),
        "comment": (None if comment in UNTOLD else mention.comment, comment.replace("*/  ", "*/ ")),
        "is_minor": (mention.is_minor, "minor" in told),
        "size": (mention.size, told.get("size")),
        "parent_id": (mention.parent_id, told.get("parentid")),
        "text": (mention.text, told.get("*", "").encode()),
        "hidden": (mention.hidden or None, {Hidden.USER, Hidden.COMMENT} if "userhidden" in told else None),
    }
    if mention.place is not Place.FEED:  # a feed of changes calls pages as they were called then
        pairs["title"] = mention.title and mention.title.full, told["title"]
    yield from ((name, said, is_) for name, (said, is_) in pairs.items() if said is not None and said != is_)


@pytest.fixture(params=WIKIS)
def wiki(request: pytest.FixtureRequest) -> str:
    if not (RECORDINGS / f"mediawiki-{request.param}.warc.gz").exists():
        pytest.skip("the recordings of old MediaWikis are not beside the checkout")
    return str(request.param)


def test_pages_tell_what_the_api_tells(wiki: str) -> None:
    told, mentions = recorded(wiki)
    wrong = [
        (m.place, m.rev_id, *found) for m in mentions if m.rev_id in told for found in differences(m, told[m.rev_id])
    ]
    assert wrong == []


def test_every_revision_stands_in_a_history(wiki: str) -> None:
    told, mentions = recorded(wiki)
    assert {mention.rev_id for mention in mentions if mention.place is Place.HISTORY} >= told.keys()


def test_what_each_kind_of_page_tells_is_read(wiki: str) -> None:
    told, mentions = recorded(wiki)
    for place, names in WHOLE.items():
        rows = [m for m in mentions if m.place is place and "userhidden" not in told.get(m.rev_id, {"userhidden": ""})]
        assert rows, place
        untold = {name for name in names for row in rows if getattr(row, name) is None}
        assert untold == set(), place
