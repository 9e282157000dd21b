"""Headers of differences, of tables since 1.8 and of first revisions up to 1.18."""

from __future__ import annotations

from scraper.model import Hidden, Timestamp, UserName

from .fragments import mentions

SIDES = """
<table class="diff"><tr><td class="diff-otitle"><div id="mw-diff-otitle1"><strong>
<a href="/index.php?title=Tas&amp;oldid=4">Revision as of 09:00, 1 May 2019</a></strong></div>
<div id="mw-diff-otitle2"><a class="mw-userlink" href="/wiki/User:Odile">Odile</a></div>
<div id="mw-diff-otitle3"><span class="comment">(start)</span></div><div id="mw-diff-otitle4">&#160;</div></td>
<td class="diff-ntitle"><div id="mw-diff-ntitle1"><strong>NEWER</strong></div>
<div id="mw-diff-ntitle2"><span class="history-deleted mw-userlink">(username removed)</span></div>
<div id="mw-diff-ntitle3"><abbr class="minoredit">m</abbr></div><div id="mw-diff-ntitle4">&#160;</div></td></tr>MULTI
</table>
"""
LINKED = '<a href="/index.php?title=Tas&amp;oldid=7">Latest revision as of 10:00, 2 May 2019</a>'
EXACT = LINKED + '<span class="mw-diff-timestamp" data-timestamp="2019-05-02T10:00:41Z"></span>'


def sides(newer: str = LINKED, multi: str = "") -> str:
    return SIDES.replace("NEWER", newer).replace("MULTI", multi)


def test_both_sides() -> None:
    older, newer = mentions(sides(), title="Tas")
    assert (older.rev_id, older.user, older.comment, older.parent_id) == (4, UserName("Odile"), "start", 0)
    assert older.timestamp is not None and older.timestamp.iso == "2019-05-01T09:00:00Z"
    assert (newer.rev_id, newer.user, newer.is_minor, newer.parent_id) == (7, None, True, 4)
    assert (newer.hidden, newer.is_latest) == ({Hidden.USER}, True)


def test_revisions_between_leave_the_parent_open() -> None:
    between = '<tr><td class="diff-multi">(2 intermediate revisions not shown)</td></tr>'
    assert mentions(sides(multi=between), title="Tas")[1].parent_id is None


def test_a_time_for_machines_is_exact() -> None:
    assert mentions(sides(EXACT), title="Tas")[1].timestamp == Timestamp("2019-05-02T10:00:41Z")


def test_a_time_for_machines_that_is_none_does_not_count() -> None:
    newer = mentions(sides(EXACT.replace("2019-05-02T10:00:41Z", "hier")), title="Tas")[1]
    assert newer.timestamp is not None and newer.timestamp.iso == "2019-05-02T10:00:00Z"


def test_the_latest_revision_of_old_versions_is_not_linked_by_its_id() -> None:
    unlinked = '<a href="/index.php/Tas">Current revision</a> (10:00, 2 May 2019)'
    newer = mentions(sides(unlinked), title="Tas", wgCurRevisionId=9)[1]
    assert (newer.rev_id, newer.is_latest) == (9, True)


def test_a_first_revision_of_1_16() -> None:
    header = """<div class="firstrevisionheader"><a class="mw-userlink" href="/wiki/User:Odile">Odile</a><br />
    <span class="comment">(start)</span><br /><a id="differences-nextlink"
    href="/index.php?title=Tas&amp;diff=next&amp;oldid=4">Newer edit</a></div>
    <hr /><h2>Revision as of 09:00, 1 May 2019</h2>"""
    (first,) = mentions(header, title="Tas", version="1.16.4")
    assert (first.rev_id, first.parent_id, first.user, first.comment) == (4, 0, UserName("Odile"), "start")
    assert first.timestamp is not None and first.timestamp.iso == "2019-05-01T09:00:00Z"
