"""Facts from answers of the API, in the shapes of MediaWiki 1.27 to 1.43."""

from __future__ import annotations

from typing import Any

from scraper.model import Hidden, Namespace, PageMention, Revision, Sha1, Timestamp, UserName
from scraper.readers.answers import Answer
from scraper.readers.api_files import read_files
from scraper.readers.api_log import read_log_events
from scraper.readers.api_pages import read_pages
from scraper.readers.api_parse import read_rendering
from scraper.readers.api_revisions import read_revisions
from scraper.readers.api_site import read_siteinfo
from scraper.readers.api_users import read_users
from scraper.titles import TitleParser

TITLES = TitleParser([Namespace(0, "", ""), Namespace(1, "Discussion", "Talk"), Namespace(6, "Fichier", "File")])
API = "https://wiki.example.org/w/api.php"
TEXT = "Été"
SHA1 = Sha1.of(TEXT.encode()).hex


def answer(**query: Any) -> Answer:
    return Answer({"query": query})


def revision_in(**fields: Any) -> Revision:
    item = {"revid": 7, "parentid": 3, "timestamp": "2017-05-25T14:56:03Z", "user": "Brume", "userid": 4, **fields}
    page = {"pageid": 2, "ns": 1, "title": "Discussion:Accueil", "revisions": [item]}
    mention, revision = read_revisions(answer(allrevisions=[page]), TITLES).facts
    assert isinstance(mention, PageMention)
    assert mention.title.name == "Accueil"
    assert isinstance(revision, Revision)
    return revision


def test_a_revision_with_slots() -> None:
    slot = {"contentmodel": "wikitext", "contentformat": "text/x-wiki", "content": TEXT, "size": 5, "sha1": SHA1}
    notes = {"contentmodel": "json", "contentformat": "application/json", "content": "{}"}
    slots = {"main": slot, "notes": {**notes, "size": 2, "sha1": "1" * 40}, "unreadable": {"badcontentformat": True}}
    revision = revision_in(comment="", minor=True, tags=["a"], size=99, sha1="0" * 40, slots=slots)
    assert revision.text == TEXT.encode()
    assert revision.sha1 == Sha1(SHA1)
    assert revision.size == 5
    assert revision.user == UserName("Brume", 4)
    assert revision.is_minor
    assert revision.other_slots == {"notes": notes}


# What MediaWiki 1.39 says of a revision with these two slots.
SHA1_OF_BOTH = "3a93ae74a41000e29e6b529025ed578bea80a5c2"


def test_a_text_among_several_slots_is_proved_by_the_sha1_of_all() -> None:
    slots = {"main": {"content": TEXT}, "notes": {"content": "{}"}}
    revision = revision_in(size=7, sha1=SHA1_OF_BOTH, slots=slots)
    assert (revision.sha1, revision.size) == (Sha1(SHA1), 5)
    slots["notes"]["content"] = "[]"
    assert revision_in(size=7, sha1=SHA1_OF_BOTH, slots=slots).sha1 == Sha1(SHA1_OF_BOTH)


def test_a_revision_without_slots() -> None:
    revision = revision_in(comment="c", sha1=SHA1, size=5, contentmodel="wikitext", content=TEXT)
    assert (revision.text, revision.size, revision.content_model) == (TEXT.encode(), 5, "wikitext")
    assert revision.timestamp == Timestamp("2017-05-25T14:56:03Z")


def test_hidden_parts() -> None:
    item = {"userhidden": True, "commenthidden": True, "sha1hidden": True, "suppressed": True}
    revision = revision_in(user=None, **item, slots={"main": {"texthidden": True, "contentmodel": "wikitext"}})
    assert revision.hidden == {Hidden.USER, Hidden.COMMENT, Hidden.TEXT, Hidden.SUPPRESSED}
    assert (revision.user, revision.comment, revision.text) == (None, None, None)


def test_ids_that_the_wiki_does_not_have() -> None:
    assert read_revisions(answer(badrevids={"5": {"revid": 5, "missing": True}}), TITLES).missing == (5,)


def test_a_text_that_the_wiki_lost_is_a_problem() -> None:
    page = {"pageid": 2, "ns": 0, "title": "A", "revisions": [{"revid": 7, "slots": {"main": {"textmissing": True}}}]}
    (problem,) = read_revisions(answer(pages=[page]), TITLES).problems
    assert (problem.code, problem.rev_id) == ("text-lost", 7)


def test_pages_and_those_that_are_missing() -> None:
    page = {"pageid": 2, "ns": 0, "title": "A", "lastrevid": 9, "length": 0, "touched": "2020-01-01T00:00:00Z"}
    reading = read_pages(answer(pages=[{**page, "redirect": True, "pageprops": {"noindex": ""}}]), TITLES)
    (fact,) = reading.facts
    assert fact.is_redirect  # type: ignore[union-attr]
    assert read_pages(answer(pages=[{"pageid": 5, "missing": True}]), TITLES).missing == (5,)


def test_a_log_event_whose_target_is_hidden() -> None:
    event = {
        "logid": 4,
        "type": "delete",
        "action": "delete",
        "actionhidden": True,
        "timestamp": "2020-01-01T00:00:00Z",
    }
    (fact,) = read_log_events(answer(logevents=[event]), TITLES).facts
    assert fact.title is None  # type: ignore[union-attr]
    assert fact.hidden == {Hidden.ACTION}  # type: ignore[union-attr]


def test_implicit_groups_are_no_news() -> None:
    user = {"userid": 3, "name": "Orme", "groups": ["*", "user", "sysop"], "implicitgroups": ["*", "user"]}
    (fact,) = read_users(answer(allusers=[user])).facts
    assert fact.groups == ("sysop",)  # type: ignore[union-attr]


def test_file_versions_complete_their_addresses() -> None:
    old = {"timestamp": "2020-01-01T00:00:00Z", "filehidden": True, "archivename": "20200101000000!A.png"}
    new = {"timestamp": "2021-01-01T00:00:00Z", "url": "//files.example.org/A.png", "size": 3, "sha1": SHA1}
    page = {"pageid": 5, "ns": 6, "title": "Fichier:A.png", "imageinfo": [new, old]}
    first, second = read_files(answer(pages=[page]), TITLES, API).facts
    assert first.url == "https://files.example.org/A.png"  # type: ignore[union-attr]
    assert second.hidden == {Hidden.FILE}  # type: ignore[union-attr]


def test_a_file_at_an_address_that_nobody_can_read() -> None:
    page = {"pageid": 5, "ns": 6, "title": "Fichier:A.png", "imageinfo": [{"url": "http://[::::]/A.png"}]}
    (version,) = read_files(answer(pages=[page]), TITLES, API).facts
    assert version.url == "http://[::::]/A.png"  # type: ignore[union-attr]


def test_a_rendering_without_the_reports_of_parser_and_cache() -> None:
    html = '<div class="mw-parser-output"><p>A</p>\n<!-- \nNewPP limit report\nCPU 1\n-->\n</div>'
    html += "\n<!-- Saved in parser cache with key wiki:pcache:idhash:1-0 and timestamp 20200101000000\n -->"
    rendering = read_rendering(Answer({"parse": {"revid": 7, "text": html}}), 2, None)
    assert rendering.html == '<div class="mw-parser-output"><p>A</p>\n</div>'  # type: ignore[union-attr]


def test_a_site_that_mistakes_its_own_host() -> None:
    general = {"sitename": "W", "server": "//localhost", "base": "http://localhost/wiki/A", "script": "/w/index.php"}
    site = read_siteinfo(answer(general=general, namespaces={}), API).facts[0]
    assert site.index_url == "https://wiki.example.org/w/index.php"  # type: ignore[union-attr]
    assert site.server == "https://localhost"  # type: ignore[union-attr]
