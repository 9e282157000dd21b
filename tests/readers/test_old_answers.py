"""Answers of the API before ``formatversion=2``, read as those of today."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from scraper.model import Capture, Hidden, LogEvent, Revision, Timestamp, User, UserName, Via
from scraper.queries import Query, api
from scraper.readers.answers import Answer, Kind, Refusal, Unreadable, read_answer
from scraper.readers.api_log import read_log_events
from scraper.readers.api_pages import read_pages
from scraper.readers.api_parse import read_rendering
from scraper.readers.api_revisions import read_revisions
from scraper.readers.api_site import read_siteinfo
from scraper.readers.api_users import read_users
from scraper.titles import TitleParser

API = "https://jardin.example.org/api.php"
TITLES = TitleParser(())


def answered(data: Any, **asked: str) -> Answer | Refusal | Unreadable:
    url = f"{API}?{urlencode(asked)}" if asked else API
    return read_answer(Capture(url, 200, {}, json.dumps(data).encode(), Timestamp("2011-05-01T00:00:00Z"), Via.API))


def good(data: Any, **asked: str) -> Answer:
    answer = answered(data, **asked)
    assert isinstance(answer, Answer)
    return answer


def test_pages_stand_under_their_ids_and_flags_are_empty() -> None:
    pages = {
        "7": {"pageid": 7, "ns": 0, "title": "Serre", "lastrevid": 9, "redirect": "", "length": 4},
        "-1": {"ns": 0, "title": "Cabane", "missing": ""},
        "8": {"pageid": 8, "ns": 0, "title": "Puits", "missing": ""},
    }
    reading = read_pages(good({"query": {"pages": pages}}), TITLES)
    (page,) = reading.facts
    assert (page.page_id, page.is_redirect, page.properties) == (7, True, {})  # type: ignore[union-attr]
    assert reading.missing == (8,)


def revision(**parts: Any) -> Revision:
    item = {"revid": 9, "parentid": 0, "user": "192.0.2.7", "anon": "", "timestamp": "2009-03-01T10:00:00Z", **parts}
    page = {"pageid": 7, "ns": 0, "title": "Serre", "revisions": [item]}
    found = read_revisions(good({"query": {"pages": {"7": page}}}, rvprop="ids|user|comment|content"), TITLES).facts
    return next(fact for fact in found if isinstance(fact, Revision))


def test_text_under_a_star() -> None:
    assert revision(**{"*": "Une serre."}).text == b"Une serre."


def test_an_empty_comment_is_left_out_and_a_hidden_one_is_not_told() -> None:
    assert revision().comment == ""
    assert revision(commenthidden="").comment is None


def test_those_without_account_have_the_number_zero() -> None:
    assert revision().user == UserName("192.0.2.7", 0)


def test_hidden_parts() -> None:
    assert revision(userhidden="", texthidden="").hidden == {Hidden.USER, Hidden.TEXT}


def test_empty_lists_are_empty_answers() -> None:
    assert good([]).query == {}
    assert good({"limits": {"allpages": 500}}).continuation is None


def test_query_continue() -> None:
    answer = good({"query": {}, "query-continue": {"logevents": {"lestart": "2009-03-01T10:00:00Z"}}}, list="logevents")
    assert (answer.continuation, answer.is_whole) == ({"lestart": "2009-03-01T10:00:00Z"}, True)


def test_a_generator_waits_for_the_properties_of_its_pages() -> None:
    data = {"query": {}, "query-continue": {"imageinfo": {"iistart": "2"}, "allimages": {"gaifrom": "C.png"}}}
    answer = good(data, generator="allimages", gaifrom="B.png")
    assert (answer.continuation, answer.is_whole) == ({"gaifrom": "B.png", "iistart": "2"}, False)
    answer = good({"query": {}, "query-continue": {"allimages": {"gaifrom": "C.png"}}}, generator="allimages")
    assert (answer.continuation, answer.is_whole) == ({"gaifrom": "C.png"}, True)


def test_an_unknown_list_is_told_by_a_warning_alone() -> None:
    refusal = answered({"warnings": {"query": {"*": "Unrecognized value for parameter 'list': allrevisions"}}})
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.kind) == ("unknown_list", Kind.CLOSED)


def test_an_exception_of_the_wiki_is_no_noise() -> None:
    body = b"Exception encountered, of type &quot;Error&quot;<br />\nClass not found"
    found = read_answer(Capture(API, 200, {}, body, Timestamp("2011-05-01T00:00:00Z"), Via.API))
    assert isinstance(found, Unreadable)
    assert found.is_broken


def event(log_type: str, action: str, **told: Any) -> LogEvent:
    item = {"logid": 3, "ns": 0, "title": "Serre", "type": log_type, "action": action, "user": "Genêt", **told}
    (found,) = read_log_events(good({"query": {"logevents": [item]}}), TITLES).facts
    assert isinstance(found, LogEvent)
    return found


@pytest.mark.parametrize(
    ("log_type", "action", "told", "params"),
    [
        (
            "move",
            "move",
            {"move": {"new_ns": 0, "new_title": "Abri", "suppressedredirect": ""}},
            {"target_ns": 0, "target_title": "Abri", "suppressredirect": True},
        ),
        (
            "patrol",
            "patrol",
            {"patrol": {"auto": "1", "cur": "9", "prev": "0"}},
            {"curid": 9, "previd": 0, "auto": True},
        ),
        (
            "rights",
            "rights",
            {"rights": {"old": "", "new": "sysop, bot"}},
            {"oldgroups": [], "newgroups": ["sysop", "bot"]},
        ),
        (
            "block",
            "block",
            {"block": {"flags": "nocreate,anononly", "duration": "1 day"}},
            {"flags": ["nocreate", "anononly"], "duration": "1 day"},
        ),
        ("upload", "upload", {"0": ""}, {}),
        ("upload", "upload", {"img_sha1": "abc"}, {"img_sha1": "abc"}),
        ("protect", "protect", {"0": "[edit=sysop]", "1": "cascade"}, {"description": "[edit=sysop]", "cascade": True}),
        (
            "merge",
            "merge",
            {"0": "Abri", "1": "20090301100000"},
            {"dest_title": "Abri", "mergepoint": "2009-03-01T10:00:00Z"},
        ),
        ("garden", "plant", {"0": "rose", "1": "3"}, {"0": "rose", "1": "3"}),
    ],
)
def test_parameters_of_log_events(log_type: str, action: str, told: dict[str, Any], params: dict[str, Any]) -> None:
    assert event(log_type, action, **told).params == params


def test_what_was_hidden_of_revisions() -> None:
    params = event("delete", "revision", **{"0": "revision", "1": "9,11", "2": "ofield=0", "3": "nfield=6"}).params
    assert (params["type"], params["ids"]) == ("revision", ["9", "11"])
    assert (params["new"]["user"], params["new"]["content"], params["old"]["user"]) == (True, False, False)


def test_accounts_without_number_and_with_everybodys_groups() -> None:
    users = [{"name": "Genêt", "editcount": 2, "groups": ["*", "user", "autoconfirmed", "sysop"]}]
    (user,) = read_users(good({"query": {"allusers": users}})).facts
    assert isinstance(user, User)
    assert (user.wiki_user_id, user.groups) == (None, ("sysop",))


def test_where_articles_are_is_told_by_the_main_page() -> None:
    general = {"base": "https://jardin.example.org/index.php?title=Page_d%27accueil", "mainpage": "Page d'accueil"}
    site = read_siteinfo(good({"query": {"general": general}}), API).facts[0]
    assert site.article_path == "/index.php?title=$1"  # type: ignore[union-attr]


def test_a_rendering_without_number_is_of_the_revision_that_was_asked_for() -> None:
    rendering = read_rendering(good({"parse": {"text": {"*": "<p>Serre</p>"}}}, action="parse", oldid="9"), 7, None)
    assert not isinstance(rendering, Unreadable)
    assert (rendering.rev_id, rendering.html) == (9, "<p>Serre</p>")


def test_questions_without_what_a_wiki_does_not_understand() -> None:
    query = api.siteinfo()
    found = query.not_understood("unknown_siprop", "Unrecognised values for parameter 'siprop': skins, libraries")
    assert found == ("siprop", frozenset({"skins", "libraries"}))
    left = query.without(dict([found])).params["siprop"].split("|")
    assert "general" in left
    assert not {"skins", "libraries"} & set(left)


def test_an_unknown_module_leaves_no_question() -> None:
    assert api.newest_revision().not_understood("unknown_list", "Unrecognised value: allrevisions") is None


def test_limits_in_numbers() -> None:
    query = Query("pages", {"gaplimit": "max"}, "gaplimit")
    found = query.not_understood("gaplimit", "gaplimit may not be less than 1")
    assert found is not None
    assert query.without(dict([found])).params == {"gaplimit": "50"}
