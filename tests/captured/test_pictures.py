"""Pictures of a copy: files in any layout, and thumbnails that stand in for files that are lost."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

from lxml import html

from converters.exporters import export_site
from converters.parse import parse
from scraper.archive import Archive
from tests.captured.recovering import read_into

# The smallest pictures there are; what is told apart is their last bytes.
PICTURE = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b")
WIDE, NARROW, SAUCER = PICTURE + b"wide", PICTURE + b"narrow", PICTURE + b"saucer"


def view(title: str, namespace: int, content: str) -> bytes:
    return (
        f"<!DOCTYPE html><html><head><meta name='generator' content='MediaWiki 1.27.6'><script>mw.config.set({{"
        f'"wgPageName":"{title}","wgNamespaceNumber":{namespace},"wgAction":"view","wgArticleId":{len(title)},'
        f'"wgContentLanguage":"fr","wgRevisionId":{len(title)},"wgServer":"http://w.example"}});</script></head>'
        f"<body class='mediawiki ns-{namespace}'><div id='mw-content-text'>{content}</div></body></html>"
    ).encode()


def place(name: str) -> str:
    digest = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
    return f"{digest[0]}/{digest[:2]}/{name}"


def shown(name: str, src: str) -> str:
    return f'<p><a href="Fichier:{name}.html" class="image"><img src="{src}" width="120" height="90"></a></p>'


HISTORY = (
    '<table class="filehistory"><tr><th>Date</th></tr><tr><td>actuel</td><td><a href="../images/Seau.gif">'
    "25 mai 2017 à 14:56</a></td><td>1 × 1</td><td>Odile</td><td></td></tr></table>"
)
COPY = {
    "wiki/Tas.html": view("Tas", 0, shown("Tas.gif", f"../images/thumb/{place('Tas.gif')}/120px-Tas.gif")),
    "wiki/Fichier:Tas.gif.html": view("Fichier:Tas.gif", 6, "<p>Un tas.</p>"),
    "wiki/Fichier:Seau.gif.html": view("Fichier:Seau.gif", 6, HISTORY),
    "wiki/Fichier:Bol.gif.html": view("Fichier:Bol.gif", 6, "<p>Un bol.</p>"),
    f"images/thumb/{place('Tas.gif')}/120px-Tas.gif": NARROW,
    f"images/thumb/{place('Tas.gif')}/640px-Tas.gif": WIDE,
    f"images/thumb/{place('Bol.gif')}/640px-Bol.gif": WIDE,
    f"images/{place('Bol.gif')}.1": SAUCER,
    "images/Seau.gif": SAUCER,
    "images/Fond.gif": SAUCER,
}


def test_thumbnails_stand_in_for_what_is_lost(tmp_path: Path) -> None:
    for name, content in COPY.items():
        (tmp_path / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "copy" / name).write_bytes(content)
    read_into(tmp_path / "archive", tmp_path / "copy")
    with sqlite3.connect(tmp_path / "archive" / "archive.db") as connection:
        kept = connection.execute(
            "SELECT name, b.sha1 FROM file_versions JOIN files USING (file_id) JOIN blobs b USING (blob_id) ORDER BY 1"
        ).fetchall()
        thumbnails = connection.execute(
            "SELECT name, width, b.sha1 FROM thumbnails JOIN files USING (file_id) JOIN blobs b USING (blob_id)"
        ).fetchall()
    assert kept == [("Bol.gif", sha1(SAUCER)), ("Seau.gif", sha1(SAUCER))]
    assert thumbnails == [("Tas.gif", 640, sha1(WIDE))]
    with Archive.open(tmp_path / "archive") as archive:
        parse(archive)
        export_site(archive, tmp_path / "site")
    page = html.parse(tmp_path / "site/wiki/Tas/index.html")
    assert bytes_at(tmp_path / "site/wiki/Tas", page.xpath("string(//article//img/@src)")) == WIDE
    page = html.parse(tmp_path / "site/wiki/Fichier:Tas.gif/index.html")
    assert "Seule cette image réduite a été captée" in page.xpath("string(//figcaption)")
    assert bytes_at(tmp_path / "site/wiki/Fichier:Tas.gif", page.xpath("string(//figure/img/@src)")) == WIDE


def bytes_at(folder: Path, address: str) -> bytes:
    return (folder / address).resolve().read_bytes()


def sha1(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
