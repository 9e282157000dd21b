"""Feeds, raw texts and the API's answers that copies and captures hold."""

from __future__ import annotations

import json

import pytest

from scraper.model import (
    Exactness,
    Fact,
    LogEvent,
    Namespace,
    PageMention,
    PageText,
    PageView,
    Place,
    Revision,
    RevisionMention,
    Site,
    Timestamp,
    Title,
    TitleMention,
    UserName,
    Via,
)
from scraper.readers.html import Kind, Known, read_page

from .fragments import capture, facts

HISTORY_ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<link rel="self" href="https://wiki.example/index.php?title=Tas&amp;action=history&amp;feed=atom"/>
<link rel="alternate" href="https://wiki.example/index.php?title=Tas&amp;action=history"/>
<entry><link rel="alternate" href="https://wiki.example/index.php?title=Tas&amp;diff=9&amp;oldid=prev"/>
<updated>2019-05-02T10:00:41Z</updated><author><name>Odile</name></author>
<summary type="html">
&lt;p&gt;&lt;span class="autocomment"&gt;Usages: &lt;/span&gt; haies&lt;/p&gt;&lt;table&gt;&lt;/table&gt;</summary>
</entry></feed>"""
CHANGES_RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Wiki</title><link>https://wiki.example/wiki/Special:RecentChanges</link><language>en</language>
<item><title>Tas</title><link>https://wiki.example/index.php?title=Tas&amp;diff=9&amp;oldid=7</link>
<description>&lt;p&gt;sec&lt;/p&gt;</description><pubDate>Thu, 02 May 2019 10:00:41 GMT</pubDate>
<dc:creator>Odile</dc:creator>
</item><item><title>Haie</title><link>https://wiki.example/wiki/Haie</link><dc:creator>Odile</dc:creator></item>
</channel></rss>"""


def test_a_feed_of_a_history() -> None:
    (mention,) = read_page(capture(HISTORY_ATOM)).reading.facts
    assert isinstance(mention, RevisionMention) and mention.place is Place.FEED
    assert (mention.rev_id, mention.title, mention.user) == (9, Title(0, "Tas"), UserName("Odile"))
    assert (mention.timestamp, mention.comment) == (Timestamp("2019-05-02T10:00:41Z"), "/* Usages */ haies")


def test_a_feed_of_changes_as_rss() -> None:
    (mention,) = read_page(capture(CHANGES_RSS)).reading.facts
    assert isinstance(mention, RevisionMention) and (mention.rev_id, mention.parent_id) == (9, None)
    assert (mention.timestamp, mention.comment) == (Timestamp("2019-05-02T10:00:41Z"), "sec")


def test_a_feed_of_new_pages_names_titles() -> None:
    new_pages = CHANGES_RSS.replace("Special:RecentChanges", "Special:NewPages").replace("diff=9&amp;oldid=7", "")
    found = read_page(capture(new_pages)).reading.facts
    assert [fact.title.full for fact in found if isinstance(fact, TitleMention)] == ["Tas", "Haie"]


def test_a_feed_that_is_no_xml() -> None:
    assert read_page(capture('<feed xmlns="http://www.w3.org/2005/Atom"><entry')).reading.facts == ()


RAW = "https://wiki.example/index.php?title=Tas&oldid=9&action=raw"


def test_a_raw_text_has_its_revisions_exact_time() -> None:
    answer = capture("Un tas.", RAW, content_type="text/x-wiki", last_modified="Thu, 02 May 2019 10:00:41 GMT")
    (mention,) = read_page(answer).reading.facts
    assert isinstance(mention, RevisionMention) and (mention.rev_id, mention.text) == (9, b"Un tas.")
    assert mention.timestamp == Timestamp("2019-05-02T10:00:41Z")


@pytest.mark.parametrize(
    ("body", "told"),
    [("Un tas.", (PageText(Title(0, "Tas"), b"Un tas.", Via.RAW),)), ("<!DOCTYPE html><title>404</title>", ())],
)
def test_a_raw_text_without_id_waits_for_its_revision(body: str, told: tuple[Fact, ...]) -> None:
    answer = capture(body, RAW.replace("&oldid=9", ""), content_type="text/x-wiki")
    assert read_page(answer).reading.facts == told


def test_the_wayback_machine_keeps_the_wikis_headers_under_other_names() -> None:
    said = {"last_modified": "Fri, 01 Jan 2021 00:00:00 GMT"}
    said["x_archive_orig_last_modified"] = "Thu, 02 May 2019 10:00:41 GMT"
    (mention,) = read_page(capture("Un tas.", RAW, content_type="text/x-wiki", **said)).reading.facts
    assert isinstance(mention, RevisionMention) and mention.timestamp == Timestamp("2019-05-02T10:00:41Z")


@pytest.mark.parametrize(
    "said", ["", "hier", "Fri, 31 Dec 9999 23:59:59 -2300", "Thu, 02 May 2019 10:00:41 +9999999999999"]
)
def test_times_that_are_none(said: str) -> None:
    (mention,) = read_page(capture("Un tas.", RAW, content_type="text/x-wiki", last_modified=said)).reading.facts
    assert isinstance(mention, RevisionMention) and mention.timestamp is None


def test_a_view_without_revision_has_the_time_that_its_page_displays() -> None:
    """As histories of a copy do, even where the page tells UTC, too."""
    bar = (
        '<a class="last-modified-bar"><span class="modified-enhancement" data-timestamp="1514911441">'
        "Last edited on 2 January 2018, at 17:44</span></a>"
    )
    (view,) = [fact for fact in facts(bar, title="Cabane") if isinstance(fact, PageView)]
    assert view.rev_id is None
    assert view.modified_at == Timestamp("2018-01-02T17:44:00Z", Exactness.UNKNOWN_ZONE)


REVISIONS = {
    "query": {
        "pages": {
            "3": {
                "pageid": 3,
                "ns": 0,
                "title": "Tas",
                "revisions": [
                    {
                        "revid": 9,
                        "user": "Odile",
                        "minor": "",
                        "timestamp": "2019-05-02T10:00:41Z",
                        "*": "Un tas & rien.",
                    }
                ],
            }
        },
        "logevents": [{"logid": 5, "ns": 0, "title": "Tas", "type": "delete", "action": "delete", "params": []}],
    }
}
AS_XML = """<?xml version="1.0"?><api><query><pages><page pageid="3" ns="0" title="Tas"><revisions>
<rev revid="9" user="Odile" minor="" timestamp="2019-05-02T10:00:41Z" xml:space="preserve">Un tas &amp; rien.</rev>
</revisions></page></pages><logevents><item logid="5" ns="0" title="Tas" type="delete" action="delete" /></logevents>
</query></api>"""
URL = "https://wiki.example/api.php?action=query&prop=revisions&list=logevents"


def shown(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return (
        f"<html><head><title>MediaWiki API Result</title></head><body><pre><span>{escaped}</span></pre></body></html>"
    )


@pytest.mark.parametrize("body", [json.dumps(REVISIONS), AS_XML, shown(AS_XML), shown(json.dumps(REVISIONS, indent=4))])
def test_an_answer_of_an_old_api_in_each_format(body: str) -> None:
    page = read_page(capture(body, URL), Known(language="en"))
    by_type = {type(fact): fact for fact in page.reading.facts}
    revision, event = by_type[Revision], by_type[LogEvent]
    assert page.what.kind is Kind.API and isinstance(by_type[PageMention], PageMention)
    assert isinstance(revision, Revision) and (revision.rev_id, revision.page_id, revision.is_minor) == (9, 3, True)
    assert (revision.text, revision.user) == (b"Un tas & rien.", UserName("Odile"))
    assert isinstance(event, LogEvent) and (event.log_id, event.title) == (5, Title(0, "Tas"))


def test_siteinfo_as_xml() -> None:
    body = """<api><query>
    <general sitename="Jardin" generator="MediaWiki 1.16.4" base="https://wiki.example/" lang="fr" />
    <namespaces><ns id="0" case="first-letter" content="" xml:space="preserve" />
    <ns id="1" case="first-letter" subpages="" canonical="Talk" xml:space="preserve">Discussion</ns></namespaces>
    </query></api>"""
    found = read_page(capture(body, URL)).reading.facts
    assert [(site.name, site.language) for site in found if isinstance(site, Site)] == [("Jardin", "fr")]
    names = [(space.namespace_id, space.name) for space in found if isinstance(space, Namespace)]
    assert names == [(0, ""), (1, "Discussion")]


def test_changes_of_the_api_are_mentions() -> None:
    change = {"revid": 9, "old_revid": 7, "pageid": 3, "ns": 0, "title": "Tas", "user": "Odile", "comment": "sec"}
    answer = capture(json.dumps({"query": {"recentchanges": [change]}}), URL)
    (mention,) = read_page(answer).reading.facts
    assert isinstance(mention, RevisionMention) and (mention.rev_id, mention.parent_id) == (9, 7)
    assert mention.place is Place.RECENT_CHANGES


@pytest.mark.parametrize("body", ['{"query": {"pages": {"3": {"revisions": [{"user": 5}]}}}}', '{"query": [', "{}"])
def test_answers_of_other_shapes_break_nothing(body: str) -> None:
    assert not any(isinstance(fact, Revision) for fact in read_page(capture(body, URL)).reading.facts)


def test_a_feed_of_contributions_names_its_user_twice() -> None:
    feed = CHANGES_RSS.replace("&lt;p&gt;sec", "&lt;p&gt;Odile: sec")
    (mention,) = read_page(capture(feed)).reading.facts
    assert isinstance(mention, RevisionMention) and mention.comment == "sec"
