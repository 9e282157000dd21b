"""Logs, recent changes, contributions: lines of all versions."""

from __future__ import annotations

from scraper.model import (
    Exactness,
    Hidden,
    LogEvent,
    LogMention,
    PageMention,
    Place,
    RevisionMention,
    Timestamp,
    Title,
    UserName,
)
from scraper.readers.html import Known

from .fragments import facts, mentions

ODILE = '<a href="/wiki/User:Odile" class="mw-userlink">Odile</a>'
SPECIAL = {"wgNamespaceNumber": -1}
LOG = {"title": "Special:Log", "wgCanonicalSpecialPageName": "Log"} | SPECIAL
CHANGES = {"title": "Special:RecentChanges", "wgCanonicalSpecialPageName": "Recentchanges"} | SPECIAL


def log_line(line: str) -> LogEvent | LogMention:
    (found,) = facts(f"<ul>{line}</ul>", **LOG)
    assert isinstance(found, LogEvent | LogMention)
    return found


def test_a_move_before_1_31_has_no_id() -> None:
    line = log_line(
        f'<li class="mw-logline-move">10:00, 1 May 2010 {ODILE} moved <a href="/wiki/Tas">Tas</a> to'
        ' <a href="/wiki/Aide:Tas_brun">Aide:Tas brun</a> <span class="comment">(clearer)</span></li>'
    )
    assert isinstance(line, LogMention) and (line.type, line.action, line.log_id) == ("move", "", None)
    assert (line.title, line.user, line.comment) == (Title(0, "Tas"), UserName("Odile"), "clearer")
    assert line.params == {"target_ns": 0, "target_title": "Aide:Tas brun"}
    assert line.timestamp is not None and line.timestamp.iso == "2010-05-01T10:00:00Z"


def test_a_line_with_its_id() -> None:
    line = log_line(
        '<li data-mw-logid="12" data-mw-logaction="upload/overwrite" class="mw-logline-upload mw-tag-x">'
        f'<a href="/index.php?title=Special:Log&amp;logid=12">10:00, 1 May 2022</a> {ODILE} uploaded'
        ' <a href="/wiki/File:Tas.png">File:Tas.png</a></li>'
    )
    assert isinstance(line, LogEvent) and (line.log_id, line.type, line.action) == (12, "upload", "overwrite")
    assert (line.title, line.tags, line.comment) == (Title(6, "Tas.png", "File"), ("x",), "")


def test_whoever_made_an_account_may_stand_last() -> None:
    made = log_line(
        '<li class="mw-logline-newusers">10:00, 1 May 2022 User account <a class="mw-userlink" href="/wiki/User:Ysé">'
        f"Ysé</a> was created by {ODILE}</li>"
    )
    assert (made.user, made.title) == (UserName("Odile"), Title(2, "Ysé", "User"))


def test_hidden_parts_of_a_line() -> None:
    line = log_line(
        '<li class="mw-logline-delete">10:00, 1 May 2022 <span class="history-deleted">(username removed)</span>'
        ' <span class="history-deleted">(log details removed)</span></li>'
    )
    assert (line.user, line.title, line.hidden) == (None, None, {Hidden.USER, Hidden.ACTION})


def test_lines_before_1_13_are_known_by_their_dates() -> None:
    content = (
        '<ul><li>10:00, 1 May 2007 <a href="/index.php/User:Odile">Odile</a> (<a href="/index.php/User_talk:Odile">Talk'
        '</a>) deleted "<a href="/index.php?title=Tas&amp;action=edit">Tas</a>"</li><li><a href="/x">none</a></li></ul>'
    )
    (line,) = facts(content, url="https://wiki.example/index.php?title=Special:Log&type=delete", **LOG)
    assert isinstance(line, LogMention) and (line.type, line.user) == ("delete", UserName("Odile"))
    assert line.title == Title(0, "Tas")


def test_a_plain_list_of_recent_changes() -> None:
    content = f"""<h4>1 May 2010</h4><ul class="special">
    <li>(<a href="/index.php?title=Tas&amp;curid=3&amp;diff=9&amp;oldid=8">diff</a> |
    <a href="/index.php?title=Tas&amp;curid=3&amp;action=history">hist</a>) . .
    <abbr class="minor">m</abbr> <a href="/wiki/Tas">Tas</a>; 10:07 . . (+32) . . {ODILE}
    <span class="comment">(at 11:30)</span></li>
    <li>(<a href="/wiki/Special:Log/delete">Deletion log</a>); 09:00 . . {ODILE} deleted <a href="/wiki/Haie">
    Haie</a></li>
    <li>(diff | <a href="/index.php?title=Neuf&amp;curid=4&amp;action=history">hist</a>) . .
    <a href="/wiki/Neuf">Neuf</a>; 08:00 . . {ODILE}</li></ul>"""
    page, change, deletion, new = facts(content, **CHANGES)
    assert isinstance(page, PageMention) and isinstance(change, RevisionMention) and isinstance(new, PageMention)
    assert (change.rev_id, change.parent_id, change.page_id, change.is_minor) == (9, 8, 3, True)
    assert (change.title, change.user, change.comment) == (Title(0, "Tas"), UserName("Odile"), "at 11:30")
    assert change.timestamp is not None and change.timestamp.iso == "2010-05-01T10:07:00Z"
    assert isinstance(deletion, LogMention) and (deletion.type, deletion.title) == ("delete", Title(0, "Haie"))
    assert deletion.timestamp is not None and deletion.timestamp.iso == "2010-05-01T09:00:00Z"
    assert new.page_id == 4


def test_changes_since_now_tell_the_zone() -> None:
    content = f"""<a href="/index.php?title=Special:RecentChanges&amp;from=20100502081213">10:12, 2 May 2010</a>
      <h4>1 May 2010</h4><ul class="special"><li>(<a href="/index.php?title=Tas&amp;diff=8&amp;oldid=7">diff</a>)
      <a href="/wiki/Tas">Tas</a>; 10:09 . . {ODILE}</li></ul>"""
    (told,) = mentions(content, known=Known(), **CHANGES)
    assert told.timestamp == Timestamp("2010-05-01T08:09:00Z", Exactness.MINUTE)


def test_a_grouped_list_has_exact_times() -> None:
    content = f"""<h4>1 May 2018</h4><table class="mw-enhanced-rc"><tr><td><a class="mw-changeslist-title"
    href="/wiki/Tas">Tas</a> (2 changes)</td></tr>
    <tr data-mw-revid="9" data-mw-ts="20180501100741"><td class="mw-enhanced-rc-nested">
    <span class="mw-enhanced-rc-time">
    <a href="/index.php?title=Tas&amp;curid=3&amp;oldid=9">10:07</a></span> {ODILE}</td></tr></table>"""
    (change,) = mentions(content, **CHANGES)
    assert (change.rev_id, change.title, change.timestamp) == (9, Title(0, "Tas"), Timestamp("2018-05-01T10:07:41Z"))


def test_after_a_move_only_the_pages_id_is_sure() -> None:
    content = f"""<h4>1 May 2010</h4><ul><li>(<a href="/wiki/Special:Log/move">Move log</a>); 10:09 . . {ODILE} moved
    <a href="/wiki/Vieux">Vieux</a> to <a href="/wiki/Neuf">Neuf</a></li>
    <li>(<a href="/index.php?title=Vieux&amp;curid=3&amp;diff=9&amp;oldid=8">diff</a>) <a href="/wiki/Vieux">Vieux</a>;
    10:07 . . {ODILE}</li></ul>"""
    (change,) = mentions(content, **CHANGES)
    assert (change.title, change.page_id) == (None, 3)


def test_contributions() -> None:
    told = {"title": "Special:Contributions/Odile", "wgCanonicalSpecialPageName": "Contributions"} | SPECIAL
    content = """<ul>
    <li data-mw-revid="9"><a href="/index.php?title=Tas&amp;oldid=9" class="mw-changeslist-date">10:07, 1 May 2018</a>
    (<a href="/index.php?title=Tas&amp;diff=prev&amp;oldid=9">diff</a>) <a class="mw-contributions-title"
    href="/wiki/Tas">Tas</a> <span class="comment">(dry)</span> <span class="mw-uctop">current</span></li>
    <li>09:00, 1 May 2007 (<a href="/index.php?title=Haie&amp;action=history">hist</a>)
    (<a href="/index.php?title=Haie&amp;diff=prev&amp;oldid=5">diff</a>) <a href="/wiki/Haie">Haie</a></li></ul>"""
    newer, older = mentions(content, **told)
    assert (newer.rev_id, newer.title, newer.user, newer.is_latest) == (9, Title(0, "Tas"), UserName("Odile"), True)
    assert (older.rev_id, older.title, older.place) == (5, Title(0, "Haie"), Place.CONTRIBUTIONS)
    assert older.timestamp is not None and older.timestamp.iso == "2007-05-01T09:00:00Z"


def test_new_pages_tell_first_revisions() -> None:
    told = {"title": "Special:NewPages", "wgCanonicalSpecialPageName": "Newpages"} | SPECIAL
    content = f"""<ul><li data-mw-revid="5">
    <a href="/index.php?title=Tas&amp;oldid=5" class="mw-changeslist-date">10:07, 1 May 2022</a>
    <a class="mw-newpages-pagename" href="/wiki/Tas">Tas</a> <span class="mw-newpages-length">[1,032 bytes]</span>
    {ODILE} <span class="comment">(begun)</span></li></ul>"""
    (first,) = mentions(content, **told)
    assert (first.rev_id, first.parent_id, first.size, first.comment) == (5, 0, 1032, "begun")
    assert (first.title, first.user) == (Title(0, "Tas"), UserName("Odile"))
    (edited_since,) = mentions(content.replace('revid="5"', 'revid="9"'), **told)
    assert (edited_since.rev_id, edited_since.size) == (5, None), "the latest revision's id and size stand there"


def test_a_special_page_by_its_name_in_the_wikis_language() -> None:
    told = {"title": "Spécial:Journal", "wgContentLanguage": "fr", "wgUserLanguage": "fr"} | SPECIAL
    line = f'<li class="mw-logline-delete">1 mai 2010 à 10:00 {ODILE} a supprimé <a href="/wiki/Tas">Tas</a></li>'
    (found,) = facts(f"<ul>{line}</ul>", **told)
    assert isinstance(found, LogMention) and found.title == Title(0, "Tas")
