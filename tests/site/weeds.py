"""A wiki in which everything that can be said says something against its readers."""

from __future__ import annotations

import json
from pathlib import Path

from scraper.archive import Archive
from scraper.model import (
    FileVersion,
    Interwiki,
    LogEvent,
    Message,
    Namespace,
    Sha1,
    Timestamp,
    Title,
    User,
    UserName,
    Via,
)
from tests.site.garden import PNG, Garden

RUN = "document.documentElement.dataset.owned=1"
BREAKOUT = f"\"'></title></textarea></style></script><script>{RUN}</script><img src=x onerror={RUN}>"
# What gets through where markup is taken out of words, and where templates and servers read them.
WORDS = (
    f"\"' onfocus={RUN} autofocus tabindex=1 x='&lt;img src=x onerror={RUN}&gt;' ]]> --> */ {{{{7*7}}}} {{% raw %}} $1"
)
# Without the sign that begins what templates do; they may take such words in once, before they are read.
BARE = WORDS.replace("{", "(") + " }} %} #} -%}"
SERVED = '"; } location / { return 200 owned; } #`$uri\\ {env.HOME} %{ENV:PATH} ${owned} \r\nRedirect / https://evil.example/'
# Each part of a summary that becomes a link, or might.
COMMENT = (
    f'/* " onfocus={RUN} x="#{BREAKOUT} */ [[A#" onfocus={RUN} autofocus x="|&lt;{BREAKOUT}]] [[:A|<b>]] [[A|{WORDS}]]'
    f" [[//evil.example/|x]] [[\\evil.example|x]] [[data:text/html,{BREAKOUT}]] /**/ /* */ [[{SERVED}]] https://evil.example"
)
CASES = (Path(__file__).parent / "attacks.txt").read_text("utf-8").split("\n== ")[1:]
PAGES = {name: code.replace("RUN", RUN) for name, _, code in (case.partition("\n") for case in CASES)}
TITLES = (
    "100 % ? & + \" ' : « »", "a&b=c;d", "A/B/C", "A//B", "A/", "A", "index.html", "A/index.html", "C++", ".htaccess",
    "../../../escape", "..", "é" * 127, "Foo.", "back\\slash", "'\"", "%41", "a%2Fb", "~", "javascript:alert(1)",
    "<b>gras</b>", BREAKOUT, "x" * 255, "Utilisateur:" + "y" * 250, SERVED, "$uri{}`;", "_redirects", "Mauvais:Page",
)  # fmt: skip
KEYS = [
    line
    for line in (Path(__file__).parents[1] / "languages" / "keys.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
LOGS = ("move", "merge", "protect", "contentmodel", "patrol", "managetags", "delete", "block", "rights", BREAKOUT)
PARAMS = dict.fromkeys(
    ("target_title", "dest_title", "mergepoint", "description", "oldmodel", "newmodel", "curid", "tag", "duration"),
    BREAKOUT,
) | {"flags": [BREAKOUT], "oldgroups": [BREAKOUT], "newgroups": [WORDS], "count": BREAKOUT}
# Pages that call themselves something else.
SUFFIXES = (".html", ".htm", ".xhtml", ".svgz", ".mht", ".pdf", ".png", ".txt", ".bib", ".tex", ".xcf", ".mid", "")
UPLOADS = "https://jardin.example/w/images/a/ab/"
MOMENT = Timestamp("2019-02-03T10:00:00Z")
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
# Drawings that are more; a browser reads each as such.
DRAWINGS = {
    "script": DRAWING.format(f"<script>{RUN}</script>").encode(),
    "handler": f'<svg xmlns="http://www.w3.org/2000/svg"\nonload="{RUN}"></svg>'.encode(),
    "prefix": f'<é.é:svg xmlns:é.é="http://www.w3.org/2000/svg"><é.é:script>{RUN}</é.é:script></é.é:svg>'.encode(),
    "sixteen": f'<?xml version="1.0"?>{DRAWING.format(f"<script>{RUN}</script>")}'.encode("utf-16-le"),
    "escaped": b'<?xml version="1.0" encoding="ISO-2022-JP"?>'
    + DRAWING.format(f"<scr\x1b(Bipt>{RUN}</scr\x1b(Bipt>").encode(),
    "page": DRAWING.format(f'<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x" onerror="{RUN}"/>').encode(),
    "style": DRAWING.format('<style>@import "https://evil.example/x.css";</style>').encode(),
    "image": DRAWING.format('<image href="https://evil.example/x.png" width="9" height="9"/>').encode(),
}


def weeds(folder: Path) -> Garden:
    """An archive of it."""
    garden = Garden(
        folder,
        {
            "name": f"Wiki {BREAKOUT}",
            "license_name": BREAKOUT,
            "license_url": f"javascript:{RUN}",
            "language": BREAKOUT,
            "generator": BREAKOUT,
            "timezone": BREAKOUT,
            "base_url": f"javascript:{RUN}//{BREAKOUT}",
            "index_url": f"https://jardin.example/{SERVED}/index.php",
            "siteinfo": _siteinfo(),
        },
    )
    _tell(garden)
    _write(garden)
    _upload(garden)
    _keep(garden)
    garden.settle()
    return garden


def _siteinfo() -> dict[str, object]:
    aliases = [{"realname": "Allpages", "aliases": [SERVED, BREAKOUT]}, {"realname": BREAKOUT, "aliases": [BREAKOUT]}]
    interwikis = [
        {"prefix": "faux", "local": True, "url": f"javascript:{RUN}//$1"},
        {"prefix": SERVED, "local": True, "url": "https://autre.example/$1"},
        {"prefix": "mal", "local": True, "url": f"https://autre.example/{SERVED}$1"},
    ]
    return {"general": {"logo": f"javascript:{RUN}"}, "specialpagealiases": aliases, "interwikimap": interwikis}


def _tell(garden: Garden) -> None:
    """What a wiki says beside its pages."""
    garden.save(Namespace(200, "Mauvais", BREAKOUT, aliases=(SERVED, BREAKOUT)), Namespace(202, BREAKOUT, SERVED))
    garden.save(*(Message(key, (WORDS, BARE)[number % 2]) for number, key in enumerate(KEYS)))
    garden.save(Interwiki("faux", f"javascript:{RUN}//$1"), Interwiki(BREAKOUT, BREAKOUT))
    garden.save(User(BREAKOUT, 9, 1, MOMENT, (BREAKOUT,), is_blocked=False, via=Via.API))
    events = enumerate(((type_, action) for type_ in LOGS for action in (type_, BREAKOUT)), 1)
    garden.save(
        *(
            LogEvent(
                number, type_, action, MOMENT, UserName(BREAKOUT, 9), Title(0, BREAKOUT), None, BREAKOUT, PARAMS,
                (BREAKOUT,), Via.API,
            )
            for number, (type_, action) in events
        ),
        LogEvent(
            9999, "delete", "restore", MOMENT, UserName(BREAKOUT, 9), Title(0, BREAKOUT), None, BREAKOUT,
            {"count": {"revisions": 10**400}}, (), Via.API,
        ),
    )  # fmt: skip


def _write(garden: Garden) -> None:
    garden.write("Accueil", "<p>Entrée.</p>")
    languages = [{"lang": BREAKOUT, "title": BREAKOUT, "url": f"javascript:{RUN}"}]
    for name, code in PAGES.items():
        shown = {"display_title": code + BREAKOUT, "language_links": languages}
        garden.write(name, code, shown=shown, categories=[BREAKOUT], user=UserName(BREAKOUT, 9), comment=BREAKOUT)
    garden.write("Résumés", "<p>x</p>", comment=COMMENT, user=UserName(f"{WORDS[:90]}/..", 8))
    for name in TITLES:
        garden.write(name, "<p>x</p>", comment=f"/* {BREAKOUT} */ [[javascript:{RUN}|{BREAKOUT}]]", tags=(BREAKOUT,))
    garden.write("A", f"<p>{BREAKOUT}</p>", text=f"{BREAKOUT}\n{WORDS}", parent_id=1, comment=SERVED)
    garden.write("css", "", text=f"</pre><script>{RUN}</script>", content_model="css")
    garden.write("json", "", text=json.dumps({BREAKOUT: [BREAKOUT, WORDS]}), content_model="json")
    sheet = f"</style><script>{RUN}</script><style>@import '//evil.example';p{{background:url(//evil.example/x)}}"
    garden.write("MediaWiki:Common.css", "", text=sheet, content_model="css")


def _keep(garden: Garden) -> None:
    """Addresses that no export gave."""
    elsewhere = ("../../escape", "/etc/escape", "archive/site.js", ".htaccess", f"wiki/{SERVED}", f"wiki/{BREAKOUT}")
    with Archive.open(garden.folder) as archive, archive.transaction():
        for address, title in zip(elsewhere, TITLES[:6], strict=True):
            row = ("wiki", address, title, None, 1)
            archive.connection.execute("INSERT INTO addresses VALUES (?, ?, ?, ?, ?)", row)


def _upload(garden: Garden) -> None:
    for suffix in SUFFIXES:
        garden.upload(f"Page{suffix}", f"<html>{suffix}<script>{RUN}</script></html>".encode())
    for name, content in DRAWINGS.items():
        garden.upload(f"{name}.svg", content)
    garden.upload("Dessin.svg", DRAWING.format('<path d="M0 0h9v9z" style="fill:url(#a)"/>').encode())
    garden.upload(f"{BREAKOUT.replace('/', '')}.png", PNG)
    garden.upload("Crochet.png", PNG)
    garden.upload("commande.php", b"<?php system('id');")
    garden.upload("commande.php.png", b"<?php system('id');")
    for name in ("Jumeau.txt", "Jumeau.svg"):
        garden.upload(name, DRAWING.format(f"<script>{RUN}</script>x").encode())
    with Archive.open(garden.folder) as archive, archive.transaction():
        archive.connection.execute(
            "UPDATE file_versions SET url = ? || (SELECT name FROM files WHERE file_id = file_versions.file_id)",
            (UPLOADS,),
        )
        archive.connection.execute("UPDATE file_versions SET url = 'https://[' WHERE url LIKE '%Crochet.png'")
    garden.save(
        FileVersion(
            "Dit.png", MOMENT, UserName(BREAKOUT, 9), BREAKOUT, 9, 1, 1, BREAKOUT, BREAKOUT, 8, Sha1.of(b"x"),
            f"javascript:{RUN}", None, Via.API, metadata={BREAKOUT: BREAKOUT},
        )
    )  # fmt: skip
