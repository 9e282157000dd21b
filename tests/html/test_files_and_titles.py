"""File pages, lists of files, titles, users, members of categories."""

from __future__ import annotations

import re

import pytest

from scraper.model import (
    Exactness,
    FileVersion,
    Hidden,
    RevisionMention,
    Timestamp,
    Title,
    TitleMention,
    User,
    UserName,
)
from scraper.readers.file_times import with_times
from scraper.readers.html import Known
from scraper.readers.html.all_pages import TitleList, list_titles
from scraper.readers.html.page import parse_page
from scraper.readers.html.recognition import recognise

from .fragments import IN_UTC, capture, facts, page

FILE = {"title": "File:Tas.png", "wgNamespaceNumber": 6, "wgCanonicalNamespace": "File"}
ALL_PAGES = {"title": "Special:AllPages", "wgCanonicalSpecialPageName": "Allpages", "wgNamespaceNumber": -1}

TABLE = """<div id="file"><span class="mime-type">image/png</span></div><table class="wikitable filehistory">
<tr><th></th><th>Date/Time</th><th>Dimensions</th><th>User</th><th>Comment</th></tr>
<tr><td>current</td><td><a href="/images/b/bd/Tas.png">10:00, 2 May 2019</a></td>
<td>1,024 × 768 <span>(SIZE)</span></td>
<td><a class="mw-userlink" href="/wiki/User:Odile">Odile</a></td><td dir="ltr">mieux (net)</td></tr>
<tr><td></td><td><a href="/images/archive/b/bd/20190502100041%21Tas.png">09:00, 1 May 2019</a></td>
<td>64 × 48 <span>(226 bytes)</span></td><td><span class="history-deleted">(username removed)</span></td>
<td><span class="comment">(essai)</span></td></tr></table>"""

LIST_OF_1_8 = """<h2 id="filehistory">File history</h2><p>Legend</p><ul class="special">
<li>(del) (cur) <a href="/images/b/bd/Tas.png">10:00, 2 May 2007</a> . . <a href="/index.php/User:Odile">Odile</a>
(<a href="/index.php/User_talk:Odile">Talk</a>) . . 96×64 (228 bytes) <span class="comment">(net)</span></li></ul>"""


def versions(content: str) -> list[FileVersion]:
    return [fact for fact in facts(content, **FILE) if isinstance(fact, FileVersion)]


def test_versions_of_a_file() -> None:
    current, old = versions(TABLE.replace("SIZE", "228 B"))
    assert (current.name, current.width, current.height, current.size) == ("Tas.png", 1024, 768, 228)
    assert (current.user, current.comment, current.mime) == (UserName("Odile"), "mieux (net)", "image/png")
    assert (current.url, current.archive_name) == ("https://wiki.example/images/b/bd/Tas.png", None)
    assert (old.archive_name, old.size, old.user, old.comment) == ("20190502100041!Tas.png", 226, None, "essai")
    assert old.timestamp is not None and old.timestamp.iso == "2019-05-01T09:00:00Z"


def test_old_versions_tell_the_zone_of_the_page() -> None:
    content = TABLE.replace("10:00", "12:00") + '<p id="footer-info-lastmod">edited on 3 May 2019, at 08:30</p>'
    told = facts(content, known=Known(), wgRevisionId=7, wgAction="view", **FILE)
    edits = [fact.timestamp for fact in told if isinstance(fact, RevisionMention)]
    assert edits == [
        Timestamp("2019-05-03T08:30:00Z", Exactness.UNKNOWN_ZONE),
        Timestamp("2019-05-03T06:30:00Z", Exactness.MINUTE),
    ]


def test_a_hidden_version_of_the_same_minute() -> None:
    """Strangers are shown its date without a link, and so no name from which the time of the next one would follow."""
    shown = TABLE.replace("09:00, 1 May", "10:00, 2 May")
    link = re.compile(r'<a href="/images/archive[^>]*>([^<]*)</a>')
    newer, hidden = with_times(versions(link.sub(r'<span class="history-deleted">\1</span>', shown)))
    assert Hidden.FILE in hidden.hidden and Hidden.COMMENT not in hidden.hidden
    assert newer.timestamp == Timestamp("2019-05-02T10:00:01Z", Exactness.MINUTE)
    assert hidden.timestamp == Timestamp("2019-05-02T10:00:00Z", Exactness.MINUTE)


@pytest.mark.parametrize("rounded", ["12 KB", "1.4 MB", "12 Ko"])
def test_a_rounded_size_is_none(rounded: str) -> None:
    assert versions(TABLE.replace("SIZE", rounded))[0].size is None


def test_the_list_of_versions_in_1_8() -> None:
    (only,) = versions(LIST_OF_1_8)
    assert (only.user, only.width, only.height, only.size, only.comment) == (UserName("Odile"), 96, 64, 228, "net")
    assert only.timestamp is not None and only.timestamp.iso == "2007-05-02T10:00:00Z"


def test_the_list_of_all_files() -> None:
    told = {"title": "Special:ListFiles", "wgCanonicalSpecialPageName": "Listfiles", "wgNamespaceNumber": -1}
    content = """<table class="listfiles"><tr><th>Date</th></tr><tr>
    <td class="TablePager_col_img_timestamp">10:00, 2 May 2019</td><td class="TablePager_col_img_name">
    <a href="/wiki/File:Tas.png">Tas.png</a> (<a href="/images/b/bd/Tas.png">file</a>)</td>
    <td class="TablePager_col_img_user_text"><a href="/wiki/User:Odile">Odile</a></td>
    <td class="TablePager_col_img_size">228 bytes</td>
    <td class="TablePager_col_img_description"><span class="comment">(net)</span></td></tr></table>"""
    (version,) = facts(content, **told)
    assert isinstance(version, FileVersion)
    assert (version.name, version.user, version.size, version.comment) == ("Tas.png", UserName("Odile"), 228, "net")


def titles(content: str, known: Known = IN_UTC) -> TitleList:
    parsed = parse_page(capture(page(content, **ALL_PAGES)))
    assert parsed is not None
    return list_titles(parsed, recognise(parsed, known), known)


SELECT = (
    '<select name="namespace"><option value="0">(Main)</option><option value="100" selected>Atelier</option></select>'
)


def test_titles_of_today() -> None:
    found = titles("""<div class="mw-allpages-nav"><a href="/index.php?title=Special:AllPages&amp;from=A">Previous</a> |
    <a href="/index.php?title=Special:AllPages&amp;from=zone+humide">Next page</a></div>
    <ul class="mw-allpages-chunk"><li><a href="/wiki/Compost">Compost</a></li>
    <li class="allpagesredirect"><a href="/wiki/essai" class="mw-redirect">essai</a></li></ul>""")
    assert [(mention.title.name, mention.is_redirect) for mention in found.titles] == [
        ("Compost", False),
        ("essai", True),
    ]
    assert found.next_page.endswith("from=zone+humide")


def test_an_index_of_parts() -> None:
    found = titles("""<table class="allpageslist"><tr><td class="mw-allpages-alphaindexline">
    <a href="/index.php?title=Special:AllPages&amp;from=A&amp;to=M">A</a></td><td>to</td>
    <td><a href="/index.php?title=Special:AllPages&amp;from=A&amp;to=M">M</a></td></tr>
    <tr><td><a href="/index.php/Special:Allpages/N">N</a></td><td><a href="/index.php/Special:Allpages/N">Z</a>
    </td></tr>
    </table>""")
    assert found.titles == ()
    assert found.parts == (
        "https://wiki.example/index.php?title=Special:AllPages&from=A&to=M",
        "https://wiki.example/index.php/Special:Allpages/N",
    )


def test_titles_of_1_8_in_a_namespace_that_nobody_knows() -> None:
    found = titles(f"""<table><tr><td>{SELECT}</td><td><a href="/index.php/Special:Allpages">All pages</a> |
    <a href="/index.php?title=Special:Allpages&amp;from=Z&amp;namespace=100">Next page (Z)</a></td></tr></table><hr />
    <table><tr><td><a href="/index.php/Atelier:Tas">Tas</a></td>
    <td><div class="allpagesredirect"><a href="/index.php/Atelier:Vieux">Vieux</a></div></td></tr></table>""")
    assert [mention.title for mention in found.titles] == [Title(100, "Tas", "Atelier"), Title(100, "Vieux", "Atelier")]
    assert [mention.is_redirect for mention in found.titles] == [False, True]
    assert found.next_page.endswith("from=Z&namespace=100")
    assert found.namespaces == ((0, "(Main)"), (100, "Atelier"))


def test_members_of_a_category() -> None:
    content = """<div id="mw-subcategories"><a href="/wiki/Category:Outils">Outils</a></div><div id="mw-pages">
    <a href="/wiki/Tas" class="mw-redirect">Tas</a> <a href="/index.php?title=Category:Sols&amp;pagefrom=Z">next</a>
    </div>
    <div id="mw-category-media"><a href="/wiki/File:Tas.png"><img></a><a href="/wiki/File:Tas.png">Tas.png</a></div>"""
    found = facts(content, title="Category:Sols", wgNamespaceNumber=14)
    members = [fact for fact in found if isinstance(fact, TitleMention)]
    assert [member.title.full for member in members] == ["Category:Outils", "Tas", "File:Tas.png"]
    assert [member.is_redirect for member in members] == [False, True, False]


def test_accounts() -> None:
    told = {"title": "Special:ListUsers", "wgCanonicalSpecialPageName": "Listusers", "wgNamespaceNumber": -1}
    content = """<select name="group"><option value="">(all)</option><option value="sysop">Administrators</option>
    </select>
    <ul><li>
    <a href="/wiki/User:Odile" class="mw-userlink">Odile</a> (<a href="/wiki/Project:Administrators">administrator
    </a>) (Created on 2 May 2019 at 10:00)</li></ul>"""
    (user,) = facts(content, **told)
    assert isinstance(user, User) and (user.name, user.groups, user.wiki_user_id) == ("Odile", ("sysop",), None)
    assert user.registered_at is not None and user.registered_at.iso == "2019-05-02T10:00:00Z"


def test_an_info_page() -> None:
    content = """<table><tr id="mw-pageinfo-article-id"><td>Page ID</td><td>1,234</td></tr>
    <tr id="mw-pageinfo-length"><td>Length</td><td>5,656</td></tr>
    <tr id="mw-pageinfo-firstuser"><td>Creator</td><td><a class="mw-userlink" href="/wiki/User:Odile">Odile</a>
    </td></tr>
    <tr id="mw-pageinfo-firsttime"><td>Created</td><td>
    <a href="/index.php?title=Tas&amp;oldid=4">09:00, 1 May 2019</a></td>
    </tr><tr id="mw-pageinfo-lastuser"><td>Latest</td><td><span class="history-deleted">(removed)</span></td></tr>
    <tr id="mw-pageinfo-lasttime"><td>On</td><td><a href="/index.php?title=Tas&amp;oldid=7">10:00, 2 May 2019</a>
    </td></tr>
    </table>"""
    named, first, latest = facts(content, title="Tas", wgAction="info")
    assert (getattr(named, "page_id", None), getattr(first, "rev_id", None)) == (1234, 4)
    assert (getattr(first, "user", None), getattr(first, "parent_id", None)) == (UserName("Odile"), 0)
    assert (getattr(latest, "rev_id", None), getattr(latest, "size", None), getattr(latest, "user", 0)) == (
        7,
        5656,
        None,
    )
