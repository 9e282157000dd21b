"""Rows of histories, from the oldest markup to the newest."""

from __future__ import annotations

from scraper.model import Exactness, Hidden, HistoryGap, Timestamp, UserName
from scraper.readers.html import Known

from .fragments import facts, mentions

# PageHistory of 1.8: no ids of rows, no sizes, no classes of links.
OF_1_8 = """
<ul id="pagehistory">
<li>(cur) (<a href="/index.php?title=Compost&amp;diff=31&amp;oldid=20">last</a>)
 <input type="radio" value="31" name="oldid" style="visibility:hidden" /><input type="radio" value="31" name="diff" />
 <a href="/index.php?title=Compost&amp;oldid=31">10:02, 3 May 2007</a> <span class='history-user'>
 <a href="/index.php/User:Odile" title="User:Odile">Odile</a> (<a href="/index.php/User_talk:Odile">Talk</a>)</span>
 <span class='minor'>m</span> <span class='comment'>(tidy)</span></li>
<li>(<a href="/index.php?title=Compost&amp;diff=31&amp;oldid=20">cur</a>) (last)
 <input type="radio" value="20" name="oldid" /><input type="radio" value="20" name="diff" />
 <a href="/index.php?title=Compost&amp;oldid=20">23:59, 31 December 2006</a> <span class='history-user'>
 <a href="/index.php/Special:Contributions/10.0.0.7">10.0.0.7</a></span></li>
</ul>
"""


def test_rows_of_1_8() -> None:
    newest, oldest = mentions(OF_1_8, version="1.8.2")
    assert (newest.rev_id, newest.parent_id, newest.is_minor, newest.comment) == (31, 20, True, "tidy")
    assert (newest.user, newest.is_latest) == (UserName("Odile"), True)
    assert newest.timestamp == Timestamp("2007-05-03T10:02:00Z", Exactness.MINUTE)
    assert (oldest.rev_id, oldest.parent_id, oldest.is_minor, oldest.comment) == (20, 0, False, "")
    assert (oldest.user, oldest.size, oldest.is_latest) == (UserName("10.0.0.7", 0), None, False)


def test_one_row_alone_is_known_by_its_link() -> None:
    row = (
        '<li>(cur | prev) <a href="/index.php?title=Tas&amp;oldid=5">09:00, 1 May 2010</a> <span class="history-user">'
    )
    (only,) = mentions(f'<ul id="pagehistory">{row}<a class="mw-userlink" href="/wiki/User:Y">Y</a></span></li></ul>')
    assert (only.rev_id, only.parent_id, only.is_latest) == (5, 0, True)


def row(rev_id: int, extra: str = "", user: str = '<a class="mw-userlink"><bdi>Odile</bdi></a>') -> str:
    """A row as 1.39 writes it, the first and the last of a page without links aside."""
    date = f"10:00, {rev_id % 28 + 1} May 2019"
    link = f'<a href="/index.php?title=Tas&amp;oldid={rev_id}" class="mw-changeslist-date">{date}</a>'
    before = f'<a href="/index.php?title=Tas&amp;diff=prev&amp;oldid={rev_id}">prev</a>'
    return f'<li data-mw-revid="{rev_id}">({before}) {link} <span class="history-user">{user}</span> {extra}</li>'


def history(*rows: str, around: str = "") -> str:
    return f'{around}<section id="pagehistory"><h4>A day</h4><ul>{"".join(rows)}</ul></section>'


def test_sizes() -> None:
    shown = history(
        row(9, '<span class="history-size mw-diff-bytes" data-mw-bytes="1234">1,234 bytes</span>'),
        row(8, '<span class="history-size">(4 533 octets)</span>'),
        row(7, '<span class="mw-plusminus-neg" title="12 octets après changement">(−3)</span>'),
        row(6, '<span class="history-size">(empty)</span>'),
        row(5),
    )
    assert [mention.size for mention in mentions(shown)] == [1234, 4533, 12, 0, None]


def test_hidden_parts() -> None:
    gone = '<span class="history-deleted mw-userlink">(username removed)</span>'
    text = '<span class="history-deleted mw-changeslist-date">10:00, 2 May 2019</span>'
    comment = '<span class="history-deleted comment"> <span class="comment">(edit summary removed)</span></span>'
    user, both = mentions(history(row(3, user=gone), f'<li data-mw-revid="2">{text} {comment}</li>'))
    assert (user.user, user.hidden) == (None, {Hidden.USER})
    assert (both.comment, both.hidden) == (None, {Hidden.TEXT, Hidden.COMMENT})
    assert both.timestamp == Timestamp("2019-05-02T10:00:00Z", Exactness.MINUTE)


def test_tags_and_addresses() -> None:
    marked = '<span class="mw-tag-markers">Tag: <span class="mw-tag-marker mw-tag-marker-mw-undo">Undo</span></span>'
    (mention,) = mentions(
        history(row(3, marked, user='<a class="mw-userlink mw-anonuserlink"><bdi>2001:db8::7</bdi></a>'))
    )
    assert (mention.tags, mention.user) == (("mw-undo",), UserName("2001:DB8:0:0:0:0:0:7", 0))


def test_a_page_of_a_long_history_ends_in_a_gap() -> None:
    older = '<a class="mw-nextlink" href="/index.php?title=Tas&amp;action=history&amp;offset=20190501">older 50</a>'
    shown = history(row(9), row(7), around=older)
    *_, gap = facts(shown)
    assert isinstance(gap, HistoryGap) and (gap.shown, gap.has_older, gap.has_newer) == (2, True, False)
    assert [mention.parent_id for mention in mentions(shown)] == [7, None]


def test_an_older_row_with_a_higher_id_is_no_parent() -> None:
    assert [mention.parent_id for mention in mentions(history(row(4), row(90), row(3)))] == [None, 3, None]


def test_rows_between_which_others_may_be_have_no_parents() -> None:
    url = "https://wiki.example/index.php?title=Tas&action=history&tagfilter=mw-undo"
    assert [mention.parent_id for mention in mentions(history(row(4), row(3)), url=url)] == [None, None]


def test_zones() -> None:
    (unknown,) = mentions(history(row(4)), known=Known())
    (ahead,) = mentions(history(row(4)), known=Known(offset=90))
    assert unknown.timestamp == Timestamp("2019-05-05T10:00:00Z", Exactness.UNKNOWN_ZONE)
    assert ahead.timestamp == Timestamp("2019-05-05T08:30:00Z", Exactness.MINUTE)


def test_a_history_without_rows() -> None:
    assert mentions('<ul id="pagehistory"></ul>') == []


def test_the_current_one_of_several_of_one_second_is_what_the_page_calls_so() -> None:
    shown = history(row(9), row(8), row(7))
    assert [mention.is_latest for mention in mentions(shown, wgCurRevisionId=8)] == [False, True, False]
    assert [mention.is_latest for mention in mentions(shown)] == [True, False, False]


def test_links_to_more_rows_tell_exact_times_of_those_beside_them() -> None:
    older = (
        '<a class="mw-nextlink" href="/index.php?title=Tas&amp;action=history&amp;offset=20190509080012%7C8">older</a>'
    )
    newer = '<a class="mw-prevlink" href="/index.php?title=Tas&amp;action=history&amp;dir=prev&amp;offset=99">newer</a>'
    said = mentions(history(row(9), row(8), around=newer + older), known=Known())
    assert [(told.rev_id, told.timestamp.iso) for told in said if told.timestamp][2:] == [(8, "2019-05-09T08:00:12Z")]
    assert len(said) == 3 and said[2].parent_id is None


def test_a_row_without_any_class_does_not_say_that_there_was_no_comment() -> None:
    link = '<a href="/index.php?title=Tas&amp;oldid=5">09:00, 1 May 2010</a> <a href="/wiki/User:Y">Y</a> <i>(tidy)</i>'
    (only,) = mentions(f'<ul id="pagehistory"><li>{link}</li></ul>')
    assert (only.rev_id, only.comment, only.is_minor) == (5, None, None)
