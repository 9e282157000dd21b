"""The wiki's old addresses, answered by real nginx, Apache and Caddy from the files of the site."""

from __future__ import annotations

import re
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from converters.exporters import History, SiteOptions, export_site
from scraper.archive import Archive
from scraper.model import LogEvent, Namespace, Timestamp, Title, UserName, Via
from tests.site.conftest import served as static
from tests.site.garden import PNG, Garden, link
from tests.site.living import encoded
from tests.site.servers import SERVERS, need

TITLES = (
    "Accueil",
    "Potager",
    "Été",
    "Qui ?",
    "A+B & C",
    "100 % bio",
    "Un/deux",
    "Fin.",
    "Con",
    'Dit "oui"',
    "« Ici »",
    "C$1",
    "Un titre long de neuf mots et plus, qui a des espaces partout",
)
# Article path, script path.
LAYOUTS = {
    "short": ("/wiki/$1", "/w"),
    "query": ("/index.php?title=$1", ""),
    "path info": ("/index.php/$1", ""),
    "root": ("/$1", "/w"),
}
URL = "https://jardin.example/w/images/a/ab/Radis.png"


class Served(NamedTuple):
    """A wiki's site behind a server."""

    base: str
    pages: str
    script: str
    garden: Garden


@pytest.fixture(scope="module", params=LAYOUTS)
def garden(request: pytest.FixtureRequest) -> Iterator[tuple[Garden, str, str]]:
    """With its whole past, in one of the layouts; where its pages are, and its script."""
    article_path, script_path = LAYOUTS[request.param]
    # Servers read as a user of their own, who may not enter the folders of the tests.
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        garden = planted(Path(name) / "archive", article_path, script_path)
        yield garden, exported(garden), f"{script_path}/index.php"


def exported(garden: Garden, base_url: str = "", folder: str = "site") -> str:
    """Where the pages of the site are."""
    options = SiteOptions(history=History.FULL, base_url=base_url)
    with Archive.read(garden.folder) as archive:
        report = export_site(archive, garden.folder / folder, options=options)
    return f"/{report.layout}/" if report.layout else "/"


def planted(folder: Path, article_path: str, script_path: str) -> Garden:
    garden = Garden(folder, {"article_path": article_path, "script_path": script_path})
    garden.save(Namespace(-2, "Média", "Media"), Namespace(6, "Fichier", "File", aliases=("Image",)))
    for title in (*TITLES, "Discussion:Potager", "Fichier:Radis.png"):
        garden.write(title, f"<p>Ici {title.replace('&', '&amp;')}.</p>", text=f"Ici {title}.")
    garden.write("Potager", "<p>Ici Potager. Radis.</p>", text="Ici Potager. Radis.", parent_id=2)
    redirect = f'<div class="redirectMsg"><ul class="redirectText"><li>{link("Potager")}</li></ul></div>'
    garden.write("Tomates", redirect, text="#REDIRECTION [[Potager]]", is_redirect=True)
    garden.write("Fichier:Nul.png", "<p>Ici Fichier:Nul.png.</p>")
    garden.upload("Radis.png", PNG)
    odile, moment = UserName("Odile", 3), Timestamp("2019-05-01T10:00:00Z")
    garden.save(LogEvent(1, "move", "move", moment, odile, Title(0, "Jardin", ""), 1, "", {}, (), Via.API))
    with Archive.open(folder) as archive, archive.transaction():
        archive.connection.execute(f"UPDATE file_versions SET url = '{URL}'")
    garden.settle()
    return garden


LAST = len(TITLES) + 3  # the second version of Potager, which was the second page


@pytest.fixture(scope="module", params=SERVERS)
def served(
    request: pytest.FixtureRequest, garden: tuple[Garden, str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    need(request.param)
    planted, pages, script = garden
    with SERVERS[request.param](planted.folder / "site", tmp_path_factory.mktemp(request.param)) as base:
        yield Served(base, pages, script, planted)


def answer(served: Served, address: str) -> tuple[str, str]:
    """Where an address leads, decoded, and what stands there."""
    with urllib.request.urlopen(served.base + address, timeout=20) as found:
        assert found.url.startswith(served.base), "the reader stays on this server"
        return unquote(urlsplit(found.url).path), found.read().decode("utf-8", "replace")


@pytest.mark.parametrize("spaces", ["_", "%20", "+"])
def test_pages_answer_at_every_form_of_their_address(served: Served, spaces: str) -> None:
    for title in TITLES:
        name = encoded(title).replace("_", spaces)
        forms = [f"{served.script}?title={name}", f"{served.script}?title={name}&printable=yes&uselang=en"]
        forms += [f"{served.script}?useskin=vector&title={name}", f"{served.script}?title=:{name}"]
        forms += [f"{served.script}?&title={name}", f"{served.script}?title={name}%23Semis%3F"]
        forms += [f"{served.script.removesuffix('index.php')}?title={name}&useskin=vector"]
        if spaces != "+":
            forms += [
                f"{served.pages}{name}",
                f"{served.pages}{name}?action=view",
                f"{served.script}/{name}?action=render",
                f"{served.pages}{name.replace('.', '%2e')}%23Semis",
            ]
        for form in forms:
            assert f"Ici {title.replace('&', '&amp;')}." in answer(served, form)[1], form


def test_views_of_a_page(served: Served) -> None:
    for title in TITLES:
        name, words = encoded(title), f"<title>{title.replace('&', '&amp;').replace(chr(34), '&#34;')}"
        asked = (f"{served.script}?title={name}&", f"{served.pages}{name}?", f"{served.script}?curid=1&title={name}&")
        for start in asked:
            place, page = answer(served, f"{start}action=history")
            assert place.startswith("/history/"), start
            assert title.replace("&", "&amp;").replace('"', "&#34;") in page, words
            assert answer(served, f"{start}action=info")[0].startswith("/info/"), start
            assert answer(served, f"{start}oldid=2&action=info")[0].startswith("/info/"), start
            assert answer(served, f"{start}action=raw")[1].startswith(f"Ici {title}."), start


def test_ids(served: Served) -> None:
    script, potager = served.script, served.garden.pages["Potager"]
    leads = {
        f"{script}?curid={potager}": f"/page/{potager}/",
        f"{script}?action=history&curid={potager}": f"/page/{potager}/",
        f"{script}?curid={potager}&redirect=no": f"/page/{potager}/",
        f"{script}?oldid=2&action=history": "/revision/2/",
        f"{script}?title=Potager&oldid=2": "/revision/2/",
        f"{script}?oldid=2": "/revision/2/",
        f"{served.pages}Potager?oldid=2": "/revision/2/",
        f"{script}?title=Potager&diff={LAST}&oldid=2": f"/difference/{LAST}/",
        f"{script}?title=Potager&diff=prev&oldid={LAST}": f"/difference/{LAST}/",
        f"{script}?title=Potager&oldid={LAST}&diff=prev": f"/difference/{LAST}/",
        f"{script}?title=Potager&curid={potager}&diff=0&oldid=2": "/difference/2/current/",
        f"{script}?title=Potager&diff=cur&oldid=2": "/difference/2/current/",
        f"{script}?title=Potager&diff=&oldid=2": "/difference/2/current/",
        f"{script}?title=Potager&diff=next&oldid=2": "/difference/2/next/",
        f"{script}?title=Potager&diff=next&oldid={LAST}": f"/difference/{LAST}/next/",
        f"{script}?title=Potager&direction=next&oldid=2": "/revision/2/next/",
        f"{script}?title=Potager&direction=next&oldid={LAST}": f"/revision/{LAST}/",
        f"{script}?title=Potager&oldid=2&direction=prev": "/revision/2/",
        f"{served.pages}Potager?direction=prev&oldid={LAST}": f"/revision/{LAST}/prev/",
        f"{served.pages}Special:PermanentLink/2": "/revision/2/",
        f"{served.pages}Special:Diff/{LAST}": f"/difference/{LAST}/",
        f"{served.pages}Special:Diff/2/{LAST}": f"/difference/{LAST}/",
        f"{served.pages}Special:Redirect/page/{potager}": f"/page/{potager}/",
    }
    assert {form: answer(served, form)[0] for form in leads} == leads


def test_titles_are_mended_as_the_wiki_mended_them(served: Served) -> None:
    for form in ("potager", "Potager_", "_Potager", ":Potager", "%20Potager"):
        assert "Ici Potager. Radis." in answer(served, served.pages + form)[1], form
    for form in ("%C3%A9t%C3%A9", "100__%25_bio", "un%2Fdeux", "E%CC%81te%CC%81", "Qui%C2%A0%3F", "Potager%E2%80%8E"):
        assert "<p>Ici " in answer(served, served.pages + form)[1], form


def test_other_names_of_namespaces_and_special_pages(served: Served) -> None:
    for form in ("Talk:Potager", "talk:potager", "Discussion:potager", "DISCUSSION:Potager", "Talk%3A_Potager"):
        assert "Ici Discussion:Potager." in answer(served, served.pages + form)[1], form
        assert "Ici Discussion:Potager." in answer(served, f"{served.script}?title={form}")[1], form
    for form in ("Image:Radis.png", "Media:Radis.png", "m%C3%A9dia:radis.png"):
        assert "Ici Fichier:Radis.png." in answer(served, f"{served.pages}{form}")[1], form
    for form in ("Special:AllPages", "special:allpages", "Spécial:ToutesLesPages", "Special:PrefixIndex/Pot"):
        assert "<h1>Toutes les pages</h1>" in answer(served, served.pages + encoded(form))[1], form
        assert "<h1>Toutes les pages</h1>" in answer(served, f"{served.script}?title={encoded(form)}")[1], form


def test_special_pages_lead_to_what_the_site_has(served: Served) -> None:
    leads = {
        "Special:WhatLinksHere/Un/deux": "/info/Un/deux/",
        "Special:WhatLinksHere?target=Potager": "/info/Potager/",
        "Special:WhatLinksHere?limit=20&target=100+%25+bio": "/info/100_%_bio/",
        "Special:PageHistory/Potager": "/history/Potager/",
        "Special:Contributions/Odile": "/contributions/Odile/",
        "Sp%C3%A9cial:Contributions/Odile": "/contributions/Odile/",
        "Special:Contributions?target=Odile": "/contributions/Odile/",
        "Special:ListUsers": "/contributions/",
        "Special:MyLanguage/Potager": f"{served.pages}Potager/",
        "Special:FilePath/Nul.png": f"{served.pages}Fichier:Nul.png/",
        "Special:Redirect/user/3": "/contributions/",
        "Special:Redirect/logid/1": f"{served.pages}Spécial:Log/",
        "Special:Redirect?wptype=revision&wpvalue=2": "/revision/2/",
        "Special:Search?search=radis": "/archive/search/",
        "Special:Random": "/archive/random/",
        "Special:UserLogin": "/archive/gone/",
        "Special:Upload": "/archive/gone/",
        "Special:ApiFeatureUsage": "/archive/gone/",
        "Special:NobodyKnows/this?one=1": "/archive/gone/",
        "Special:Version": "/archive/",
        "Special:Purge/Potager": f"{served.pages}Potager/",
        "Special:CiteThisPage?page=Potager&id=2": "/revision/2/",
        "Special:RecentChanges?feed=atom": "/archive/feed.xml",
        "Special:NewPages?feed=rss": "/archive/feed.xml",
        "Special:NewPages": f"{served.pages}Spécial:RecentChanges/",
        "Special:PrefixIndex?prefix=P&namespace=1": f"{served.pages}Spécial:Toutes_les_pages/1/",
        "Special:PagesWithProp?propname=x": f"{served.pages}Spécial:Toutes_les_pages/",
        "Sp%C3%A9cial:ToutesLesPages?namespace=6&from=": f"{served.pages}Spécial:Toutes_les_pages/6/",
        "Special:MostLinkedPages": f"{served.pages}Spécial:Toutes_les_pages/",
        "Special:Log": f"{served.pages}Spécial:Log/",
        "Special:Log/move": f"{served.pages}Spécial:Log/move/",
        "Special:Logs?type=move&user=&page=": f"{served.pages}Spécial:Log/move/",
        "Special:Log?type=rights": f"{served.pages}Spécial:Log/",
        "Special:Log?type=move&page=Potager": "/info/Potager/",
        "Special:Log?user=Odile": "/contributions/Odile/",
        "Sp%C3%A9cial:Log?type=move&page=100+%25+bio": "/info/100_%_bio/",
        "Sp%C3%A9cial:Log?user=Odile": "/contributions/Odile/",
        "Sp%C3%A9cial:Toutes_les_pages?namespace=6": f"{served.pages}Spécial:Toutes_les_pages/6/",
    }
    assert {form: answer(served, served.pages + form)[0] for form in leads} == leads
    asked = {form.replace("?", "&"): place for form, place in leads.items()}
    assert {form: answer(served, f"{served.script}?title={form}")[0] for form in asked} == asked


def test_doors_for_programs(served: Served) -> None:
    folder = served.script.removesuffix("index.php")
    leads = {
        "api.php?action=query&titles=Potager": "/archive/gone/",
        "api.php?action=feedrecentchanges&feedformat=atom": "/archive/feed.xml",
        "rest.php/v1/page/Potager": "/archive/gone/",
        "load.php?modules=startup": "/archive/gone/",
        "opensearch_desc.php": "/archive/gone/",
        "thumb.php?f=Nul.png&w=120": f"{served.pages}Fichier:Nul.png/",
        "thumb.php?archived=1&f=20190301100000!Radis.png": f"{served.pages}Fichier:Radis.png/",
        "img_auth.php/a/ab/Radis.png": "/w/images/a/ab/Radis.png",
        "img_auth.php/thumb/a/ab/Radis.png/120px-Radis.png": "/w/images/a/ab/Radis.png",
    }
    assert {form: answer(served, folder + form)[0] for form in leads} == leads
    assert answer(served, "/w/images/archive/a/ab/20190301100000!Radis.png")[0] == f"{served.pages}Fichier:Radis.png/"


@pytest.mark.parametrize("action", ["purge", "view", "render", "print"])
def test_other_ways_of_looking_show_the_page(served: Served, action: str) -> None:
    assert answer(served, f"{served.script}?title=Potager&action={action}")[0] == f"{served.pages}Potager/"


def test_who_wrote_it(served: Served) -> None:
    assert answer(served, f"{served.script}?title=Potager&action=credits")[0] == "/info/Potager/"


def test_what_can_no_longer_be_done_says_so(served: Served) -> None:
    for form in (
        f"{served.script}?title=Potager&action=edit",
        f"{served.pages}Potager?veaction=edit",
        f"{served.script}?title=Nouvelle&action=edit&redlink=1",
        f"{served.script}?title=Discussion:{'%C3%A9' * 127}&action=edit&redlink=1",
        f"{served.pages}Special:UserLogin",
        f"{served.script.removesuffix('index.php')}api.php?action=query",
    ):
        place, page = answer(served, form)
        assert place == "/archive/gone/", form
        assert "On ne peut plus modifier ce wiki" in page


def test_a_redirect_can_be_seen(served: Served) -> None:
    assert "refresh" in answer(served, f"{served.pages}Tomates")[1]
    place, page = answer(served, f"{served.script}?title=Tomates&redirect=no")
    assert place == "/redirect/Tomates/"
    assert "refresh" not in page
    assert answer(served, f"{served.pages}Potager?redirect=no")[0] == f"{served.pages}Potager/"


def test_files_and_their_small_pictures(served: Served) -> None:
    for form in ("/w/images/a/ab/Radis.png", "/w/images/thumb/a/ab/Radis.png/120px-Radis.png"):
        with urllib.request.urlopen(served.base + form, timeout=20) as found:
            assert found.read() == PNG
            assert found.headers.get_all("Content-Security-Policy")[0].startswith("sandbox;")


def test_ways_to_a_file_lead_to_the_file_itself(served: Served) -> None:
    folder = served.script.removesuffix("index.php")
    special = (
        "Special:FilePath/Radis.png",
        "Sp%C3%A9cial:filepath/radis.png",
        "Special:Redirect/file/Radis.png",
    )
    forms = [f"{served.pages}{title}?width=90" for title in special]
    forms += [f"{served.script}?title={title}" for title in special]
    forms += [f"{folder}thumb.php?f=Radis.png&w=120", f"{folder}thumb.php?width=120&f=radis.png"]
    forms += [f"{served.script}?title=Special:FilePath&file=Radis.png", "/w/images/b/bc/Radis.png"]
    for form in forms:
        place, page = answer(served, form)
        assert place == "/media/Fichier:Radis.png/", form
        way = re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', page)
        assert way is not None
        with urllib.request.urlopen(urljoin(served.base + quote(place), way[1]), timeout=20) as found:
            assert found.read() == PNG


def test_addresses_from_before_utf_8(served: Served) -> None:
    for form in ("%C9t%E9", "%E9t%e9", "Special:MyLanguage/%C9t%E9", "%C3%89t%E9", "%AB_Ici_%bb", "%ab%20Ici_%BB"):
        assert "<p>Ici " in answer(served, served.pages + form)[1], form
        assert "<p>Ici " in answer(served, f"{served.script}?title={form}")[1], form
    assert answer(served, f"{served.script}?title=%C9t%E9&action=history")[0] == "/history/Été/"


def test_pages_run_nothing_but_the_sites_own_scripts(served: Served) -> None:
    with urllib.request.urlopen(served.base + served.pages + "Potager", timeout=20) as found:
        policies = found.headers.get_all("Content-Security-Policy")
    assert len(policies) == 1
    assert "script-src 'self';" in policies[0]


def test_the_script_alone_leads_to_the_main_page(served: Served) -> None:
    for form in (served.script, f"{served.script}?title=", f"{served.script}5", served.pages, "/"):
        assert "Ici Accueil." in answer(served, form)[1], form


@pytest.mark.parametrize("path", ["Nulle_part", ".htaccess", "../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "N" * 300])
def test_nothing_else_is_there(served: Served, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as failure:
        answer(served, served.pages + path)
    assert failure.value.code in {400, 403, 404}
    if failure.value.code == 404:
        assert "archive/find.js" in failure.value.read().decode()


def test_titles_lead_nowhere_else(served: Served) -> None:
    """Whatever a title holds, the reader stays on this server."""
    for title in (
        "/evil.example/",
        "//evil.example/",
        "\\evil.example/",
        "%5C%5Cevil.example/",
        "%2F%2Fevil.example",
        "http://evil.example",
        "%0d%0aLocation:%20http://evil.example",
    ):
        for address in (
            f"{served.script}?title={title}",
            f"{served.pages}{title}%20x",
            f"{served.pages}{title}?oldid=x",
        ):
            try:
                answer(served, address)
            except urllib.error.HTTPError as failure:
                assert failure.code in {400, 403, 404}


def nothing_speaks(server: str, tmp_path: Path) -> None:
    evil = 'x"; } server { return 200 owned; } $uri ${PATH} %1 \\" #.'
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        garden = Garden(Path(name) / "archive")
        garden.save(Namespace(100, evil, evil + "2", aliases=(evil + "\nRewriteRule ^ /owned", 'a"b\\')))
        for title in ("Accueil", evil, evil.upper(), f"{evil}\nRewriteRule ^ /owned.", "~^.*$.", "default."):
            garden.write(title, "<p>Ici.</p>")
        garden.settle()
        exported(garden)
        with SERVERS[server](garden.folder / "site", tmp_path) as base:
            for address in ("/wiki/Accueil", f"/wiki/{encoded(evil)}", f"/wiki/{encoded(evil.upper())}"):
                with urllib.request.urlopen(base + address, timeout=20) as found:
                    assert b"Ici." in found.read()


@pytest.mark.parametrize("server", SERVERS)
def test_no_title_and_no_name_speaks_to_the_server(server: str, tmp_path: Path) -> None:
    need(server)
    nothing_speaks(server, tmp_path)


@pytest.mark.parametrize("server", SERVERS)
def test_below_a_folder_of_another_host(server: str, tmp_path: Path) -> None:
    need(server)
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        garden = planted(Path(name) / "archive", "/wiki/$1", "/w")
        exported(garden, "https://archives.example/old/jardin", "root/old/jardin")
        site = garden.folder / "root" / "old" / "jardin"
        with SERVERS[server](site, tmp_path, "/old/jardin") as base:
            below = Served(base, "/old/jardin/wiki/", "/old/jardin/w/index.php", garden)
            assert "Ici Qui ?." in answer(below, f"{below.script}?title=Qui_%3F")[1]
            assert answer(below, f"{below.script}?oldid=2")[0] == "/old/jardin/revision/2/"
            assert answer(below, f"{below.pages}Special:Contributions/Odile")[0] == "/old/jardin/contributions/Odile/"
            assert answer(below, f"{below.pages}Fin.")[0].startswith("/old/jardin/wiki/Fin~")
            with pytest.raises(urllib.error.HTTPError) as failure:
                answer(below, f"{below.pages}Nulle_part")
            assert 'src="/old/jardin/archive/find.js"' in failure.value.read().decode()
        conf = (site / "archive/nginx.conf").read_text("utf-8")
        assert re.findall(r"(?m)^map \S+ (\S+) \{", conf) == [
            f"$wiki_archives_example_old_jardin_{kind}" for kind in ("address", "moved", "missing", "away")
        ], "maps of several wikis on one server do not meet"
        page = (site / "wiki/Potager/index.html").read_text("utf-8")
        assert '<link rel="canonical" href="https://archives.example/old/jardin/wiki/Potager/">' in page
        sitemap = (site / "archive/sitemap-1.xml").read_text("utf-8")
        assert "<loc>https://archives.example/old/jardin/wiki/Qui_%3F/</loc>" in sitemap


def test_hosts_that_cannot_be_told_have_a_page_that_finds_the_way(garden: tuple[Garden, str, str], page: Page) -> None:
    planted, pages, script = garden
    forms = {
        "?title=A%2BB+%26+C": f"{pages}A+B_&_C/",
        "?title=Un/deux&action=history": "/history/Un/deux/",
        f"?title=Potager&diff=prev&oldid={LAST}": f"/difference/{LAST}/",
        f"?curid={planted.pages['Potager']}": f"{pages}Potager/",
        "?title=Special:Contributions/Odile": "/contributions/Odile/",
        "?title=Special:Log&type=move": f"{pages}Spécial:Log/move/",
        "?title=Special:AllPages&namespace=1": f"{pages}Spécial:Toutes_les_pages/1/",
        "?title=Special:NobodyKnows": "/archive/gone/",
        "?title=potager&action=edit": "/archive/gone/",
        "?title=%e9t%E9&action=info": "/info/Été/",
        "?title=%c3%89t%c3%a9&action=history": "/history/Été/",
    }
    with static(planted.folder / "site") as base:
        for form, place in forms.items():
            page.goto(f"{base}{script}/{form}")
            page.wait_for_url(lambda url, place=place: unquote(urlsplit(url).path) == place, timeout=10_000)
        page.goto(f"{base}{script}/?title=Special:FilePath/radis.png")
        page.wait_for_url(lambda url: urlsplit(url).path.startswith("/files/"), timeout=10_000)
    page.goto(f"file://{planted.folder}/site{script}/index.html?title=Un/deux&action=history")
    page.wait_for_url(lambda url: unquote(urlsplit(url).path).endswith("/history/Un/deux/index.html"), timeout=10_000)


def test_what_a_wiki_says_of_itself_speaks_to_no_server(tmp_path: Path) -> None:
    evil = "a;location ~ x{root $arg_r;}server_name b"
    values = {"server": f"https://{evil}", "script_path": f'/w" {evil}', "article_path": "/wiki/$1"}
    garden = Garden(tmp_path / "archive", values)
    garden.write("Accueil", "<p>Ici.</p>")
    garden.upload("Radis.png", PNG)
    with Archive.open(garden.folder) as archive, archive.transaction():
        url = f"https://{evil}/i%22%20[L]%0AAddHandler%20x%20.txt%0A/a/ab/F.png"
        archive.connection.execute("UPDATE file_versions SET url = ?", (url,))
    garden.settle()
    exported(garden)
    for name in (".htaccess", "_redirects", "archive/nginx.conf", "archive/Caddyfile"):
        rules = (garden.folder / "site" / name).read_text("utf-8")
        assert "$arg_r" not in rules
        assert "AddHandler" not in rules


def test_redirects_for_hosts_are_lines_of_three_or_more_words(garden: tuple[Garden, str, str]) -> None:
    planted, pages, script = garden
    lines = (planted.folder / "site" / "_redirects").read_text("utf-8").splitlines()
    rules = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"/\S*(?: \w+=[\w:]+)* /\S* 301", rule) for rule in rules)
    assert f"{script} title=:title oldid=:id /revision/:id/ 301" in rules
    assert f"{pages}Talk:* {pages}Discussion::splat 301" in rules
    assert f"{pages}Con {pages}Con~f6b38904/ 301" in rules
    assert len(rules) <= 1_000


def test_no_redirect_for_hosts_holds_for_more_than_it_says(garden: tuple[Garden, str, str]) -> None:
    """A colon with a letter behind it would stand for any text, and some hosts send pages on that are there."""
    planted, _, script = garden
    site = planted.folder / "site"
    lines = (site / "_redirects").read_text("utf-8").splitlines()
    asked = [line.split()[0] for line in lines if not line.startswith("#") and "=" not in line]
    assert all(re.fullmatch(r"(?:[^:*]|:(?![A-Za-z]))*\*?|.*/:title(?:/:part)?", path) for path in asked)
    assert not [path for path in asked if not re.search(r"[:*]", path) and (site / unquote(path[1:])).exists()]
    assert script not in asked
