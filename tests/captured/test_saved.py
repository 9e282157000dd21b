"""Pages that people saved one by one: without scripts, hidden fields and the names that the wiki gave them."""

from __future__ import annotations

import quopri
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scraper.model import Timestamp
from scraper.problems import Problem
from scraper.sources.captured.folder import SavedPage
from scraper.sources.captured.item import Item
from scraper.sources.captured.names import Hint
from scraper.sources.captured.saved import told_in
from tests.captured.recovering import read_into
from tests.captured.warcs import page

ADDRESS = "http://wiki.example.org/w/index.php?title=Discussion:Semis"
SINGLE_FILE = """<!DOCTYPE html> <html lang=fr dir=ltr><!--
 Page saved with SingleFile
 url: {url}
 saved date: Sun Nov 22 2026 07:05:21 GMT+0100 (heure normale d’Europe centrale)
--><meta charset=utf-8>
<title>Semis</title>
<body class="skin-vector mediawiki ltr ns-1 ns-talk page-Discussion_Semis"><h1 id=firstHeading>{heading}</h1>
<div id=bodyContent>{content}</div>
<ul><li id=ca-nstab-main><a href="http://wiki.example.org/wiki/Semis">Page</a>
<li id=ca-talk class=selected><a href="http://wiki.example.org/wiki/Discussion:Semis">Discussion</a></ul></body></html>
"""
TEXT = "Quand sème-t-on ?"
COPY = {
    "Semis (1).html": ("", "Discussion:Semis", f"<p>{TEXT}</p></div><div id=lastmod>Modifié le 25 mai 2017 à 14:56."),
    "Semis (2).html": ("&oldid=4", "Discussion:Semis", "<div id=mw-revision-info>Version</div><p>Quand ?</p>"),
    "Semis (3).html": (
        "&action=edit",
        "Modifier Semis",
        f"<textarea id=wpTextbox1 name=wpTextbox1>{TEXT}\n</textarea>",
    ),
    "Semis (4).html": (
        "&action=history",
        "Semis : historique",
        "<ul id=pagehistory>"
        '<li data-mw-revid=5><a href="http://wiki.example.org/w/index.php?title=Discussion:Semis&oldid=5" '
        'class=mw-changeslist-date>25 mai 2017 à 14:56</a> <span class="history-user">'
        '<a href="http://wiki.example.org/wiki/Utilisateur:Odile" class=mw-userlink>Odile</a></span> '
        f'<span class="history-size mw-diff-bytes">{len(TEXT.encode())} octets</span>'
        '<li data-mw-revid=4><a href="http://wiki.example.org/w/index.php?title=Discussion:Semis&oldid=4" '
        'class=mw-changeslist-date>24 mai 2017 à 9:00</a> <span class="history-user">'
        '<a href="http://wiki.example.org/wiki/Utilisateur:Odile" class=mw-userlink>Odile</a></span></ul>',
    ),
}


def test_pages_of_single_file(tmp_path: Path) -> None:
    """Addresses and times stand in them; its size tells the text's revision, its minute the view's."""
    (tmp_path / "copy").mkdir()
    for name, (query, heading, content) in COPY.items():
        saved = SINGLE_FILE.format(url=ADDRESS + query, heading=heading, content=content)
        (tmp_path / "copy" / name).write_text(saved, encoding="utf-8")
    read_into(tmp_path / "archive", tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "archive" / "archive.db")) as connection:
        titles = connection.execute("SELECT namespace_id, name, latest_rev_id FROM pages").fetchall()
        texts = connection.execute("SELECT text FROM current_texts").fetchall()
        shown = connection.execute(
            "SELECT rev_id, html FROM renderings UNION ALL SELECT rev_id, html FROM old_renderings"
        ).fetchall()
        taken = connection.execute("SELECT DISTINCT taken_at FROM captures").fetchall()
    assert titles == [(1, "Semis", 5)]
    assert texts == [(TEXT,)]
    assert shown == [(5, f"<p>{TEXT}</p>"), (4, "<p>Quand ?</p>")]
    assert taken == [("2026-11-22T06:05:21Z",)]


MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: {url}
Date: Sun, 22 Nov 2026 07:01:16 GMT
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----part"

------part
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: {url}

{page}
------part
Content-Type: text/css
Content-Location: cid:css-1@mhtml.blink

a {{ color: red }}
------part
Content-Type: image/gif
Content-Transfer-Encoding: base64
Content-Location: http://wiki.example.org/images/b/bd/Damier.png

R0lGODlh
------part--
"""


@pytest.mark.parametrize("name", ["Sem%C3%A9", "Semé"])
def test_pages_that_a_browser_saved_in_one_file(tmp_path: Path, name: str) -> None:
    written = quopri.encodestring(page("Semé")).decode()
    whole = MHTML.format(url=f"http://wiki.example.org/wiki/{name}", page=written)
    (tmp_path / "copy.mhtml").write_text(whole)
    found = list(SavedPage(tmp_path / "copy.mhtml").items())
    captures = [one.capture() for one in found if isinstance(one, Item)]
    assert [(one.url, one.taken_at.iso, one.body.strip()) for one in captures] == [
        (f"http://wiki.example.org/wiki/{name}", "2026-11-22T07:01:16Z", page("Semé")),
        ("http://wiki.example.org/images/b/bd/Damier.png", "2026-11-22T07:01:16Z", b"GIF89a"),
    ]
    (tmp_path / "copy.mhtml").write_text(whole[:-40])
    assert isinstance(list(SavedPage(tmp_path / "copy.mhtml").items())[-1], Problem)


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (
            "<!DOCTYPE html>\n<!-- saved from url=(0041)https://wiki.example.org/index.php/Semis -->\n<html>",
            Hint("https://wiki.example.org/index.php/Semis"),
        ),
        (
            "<html>\n<!-- Mirrored from wiki.example.org/wiki/Semis by HTTrack Website Copier/3.x [XR&CO'2014], "
            "Sun, 22 Nov 2026 06:46:04 GMT -->",
            Hint("/w/index0894.html", Timestamp("2026-11-22T06:46:04Z")),
        ),
        ("<html><p>saved from url", Hint("/w/index0894.html")),
    ],
)
def test_what_tools_write(head: str, told: Hint) -> None:
    assert told_in(head.encode(), Hint("/w/index0894.html")) == told
