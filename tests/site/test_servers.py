"""The wiki's old addresses, answered by real nginx and real Apache from the files of the site."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

import pytest
from playwright.sync_api import Page

from converters.exporters import History, SiteOptions, export_site
from scraper.archive import Archive
from scraper.model import Namespace
from tests.site.conftest import served as static
from tests.site.garden import PNG, Garden

Start = Callable[[Path, Path], AbstractContextManager[str]]

APACHE_MODULES = Path("/usr/lib/apache2/modules")
MODULES = ("mpm_event", "authz_core", "dir", "mime", "rewrite", "headers")
TITLES = (
    "Accueil",
    "Potager",
    "Été",
    "Qui ?",
    "A+B & C",
    "100 % bio",
    "Un/deux",
    "Fin.",
    'Dit "oui"',
    "« Ici »",
    "C$1",
)
# Article path, script path.
LAYOUTS = {
    "short": ("/wiki/$1", "/w"),
    "query": ("/index.php?title=$1", ""),
    "path info": ("/index.php/$1", ""),
    "root": ("/$1", "/w"),
}


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
        garden = _planted(Path(name) / "archive", article_path, script_path)
        yield garden, _pages(garden), f"{script_path}/index.php"


def _pages(garden: Garden) -> str:
    with Archive.read(garden.folder) as archive:
        report = export_site(archive, garden.folder / "site", options=SiteOptions(history=History.FULL))
    return f"/{report.layout}/" if report.layout else "/"


def _planted(folder: Path, article_path: str, script_path: str) -> Garden:
    garden = Garden(folder, {"article_path": article_path, "script_path": script_path})
    garden.save(Namespace(6, "Fichier", "File", aliases=("Image",)))
    for title in (*TITLES, "Discussion:Potager", "Fichier:Radis.png"):
        garden.write(title, f"<p>Ici {title.replace('&', '&amp;')}.</p>", text=f"Ici {title}.")
    garden.write("Potager", "<p>Ici Potager. Radis.</p>", text="Ici Potager. Radis.", parent_id=2)
    garden.upload("Radis.png", PNG)
    with Archive.open(folder) as archive, archive.transaction():
        archive.connection.execute(f"UPDATE file_versions SET url = '{URL}'")
    garden.settle()
    return garden


URL = "https://jardin.example/w/images/a/ab/Radis.png"


def _need(server: str) -> None:
    if shutil.which(server) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"needed in CI: {server}", pytrace=False)
        pytest.skip(f"{server} is not installed")


@pytest.fixture(scope="module", params=["nginx", "apache2"])
def served(
    request: pytest.FixtureRequest, garden: tuple[Garden, str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    _need(request.param)
    planted, pages, script = garden
    start = {"nginx": _nginx, "apache2": _apache}[request.param]
    with start(planted.folder / "site", tmp_path_factory.mktemp(request.param)) as base:
        yield Served(base, pages, script, planted)


@contextmanager
def _nginx(site: Path, folder: Path) -> Iterator[str]:
    port = _free_port()
    rules = (site / "archive" / "nginx.conf").read_text("utf-8")
    rules = re.sub(r"root /var/www/[^;]*;", f"root {site};", rules).replace("listen 80;", f"listen 127.0.0.1:{port};")
    (folder / "rules.conf").write_text(rules, "utf-8")
    temporary = " ".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; events {{}}\n"
        f"http {{ access_log off; include /etc/nginx/mime.types; {temporary} include {folder}/rules.conf; }}\n"
    )
    folder.chmod(0o755)
    command = ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    # It returns once it listens.
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        subprocess.run([*command, "-s", "stop"], capture_output=True, check=True)


@contextmanager
def _apache(site: Path, folder: Path) -> Iterator[str]:
    port = _free_port()
    modules = "\n".join(f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so" for name in MODULES)
    (folder / "apache.conf").write_text(
        f"ServerRoot {folder}\nPidFile {folder}/pid\nErrorLog {folder}/error.log\nListen 127.0.0.1:{port}\n"
        f"ServerName localhost\n{modules}\nTypesConfig /etc/mime.types\nDocumentRoot {site}\n"
        f"AllowEncodedSlashes NoDecode\n<Directory {site}>\nAllowOverride All\nRequire all granted\n</Directory>\n"
    )
    command = ["apache2", "-f", str(folder / "apache.conf")]
    environment = {**os.environ, "APACHE_RUN_DIR": str(folder)}
    done = subprocess.run([*command, "-k", "start"], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr + (folder / "error.log").read_text()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        subprocess.run([*command, "-k", "stop"], capture_output=True, check=True, env=environment)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(served: Served, address: str) -> tuple[str, str]:
    """Where an address leads, decoded, and what stands there."""
    with urllib.request.urlopen(served.base + address, timeout=20) as found:
        assert found.url.startswith(served.base), "the reader stays on this server"
        return unquote(urlsplit(found.url).path), found.read().decode("utf-8", "replace")


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("spaces", ["_", "%20", "+"])
def test_pages_answer_at_every_form_of_their_address(served: Served, title: str, spaces: str) -> None:
    encoded = _encoded(title).replace("_", spaces)
    forms = [f"{served.script}?title={encoded}", f"{served.script}?title={encoded}&printable=yes&uselang=en"]
    if spaces != "+":
        forms += [served.pages + encoded, f"{served.pages}{encoded}?action=view"]
    for form in forms:
        assert f"Ici {title.replace('&', '&amp;')}." in answer(served, form)[1], form


@pytest.mark.parametrize("title", TITLES)
def test_histories(served: Served, title: str) -> None:
    encoded = _encoded(title)
    for form in (f"{served.script}?title={encoded}&action=history", f"{served.pages}{encoded}?action=history"):
        place, page = answer(served, form)
        assert place.startswith("/history/")
        assert f"Historique de « {title.replace('&', '&amp;').replace(chr(34), '&#34;')} »" in page, form


def test_ids(served: Served) -> None:
    script, potager = served.script, served.garden.pages["Potager"]
    leads = {
        f"{script}?curid={potager}": f"/page/{potager}/",
        f"{script}?title=Potager&oldid=2": "/revision/2/",
        f"{script}?oldid=2": "/revision/2/",
        f"{served.pages}Potager?oldid=2": "/revision/2/",
        f"{script}?title=Potager&diff=14&oldid=2": "/difference/14/",
        f"{script}?title=Potager&diff=prev&oldid=14": "/difference/14/",
        f"{script}?title=Potager&oldid=14&diff=prev": "/difference/14/",
        f"{script}?title=Potager&diff=cur&oldid=2": "/difference/2/current/",
        f"{script}?title=Potager&diff=0&oldid=2": "/difference/2/current/",
    }
    assert {form: answer(served, form)[0] for form in leads} == leads


def test_other_names_of_namespaces_and_special_pages(served: Served) -> None:
    for form in ("Talk:Potager", "talk:Potager"):
        assert "Ici Discussion:Potager." in answer(served, served.pages + form)[1]
        assert "Ici Discussion:Potager." in answer(served, f"{served.script}?title={form}")[1]
    assert "Ici Fichier:Radis.png." in answer(served, f"{served.pages}Image:Radis.png")[1]
    for form in ("Special:AllPages", "Special:Allpages", "Spécial:ToutesLesPages"):
        assert "<h1>Toutes les pages</h1>" in answer(served, served.pages + _encoded(form))[1]
        assert "<h1>Toutes les pages</h1>" in answer(served, f"{served.script}?title={_encoded(form)}")[1]


def test_what_leads_to_a_page_and_what_somebody_wrote(served: Served) -> None:
    for form in (f"{served.pages}Special:WhatLinksHere/Un/deux", f"{served.script}?title=Un/deux&action=info"):
        assert "À propos de la page « Un/deux »" in answer(served, form)[1]
    for form in ("Special:Contributions/Odile", "Sp%C3%A9cial:Contributions/Odile"):
        assert "Ce que Odile a écrit" in answer(served, served.pages + form)[1]
        assert "Ce que Odile a écrit" in answer(served, f"{served.script}?title={form}")[1]


def test_what_can_no_longer_be_done_says_so(served: Served) -> None:
    for form in (
        f"{served.script}?title=Potager&action=edit",
        f"{served.script}?title=Nouvelle&action=edit&redlink=1",
        f"{served.pages}Special:UserLogin",
    ):
        assert "On ne peut plus modifier ce wiki" in answer(served, form)[1]


def test_files_and_their_small_pictures(served: Served) -> None:
    for form in ("/w/images/a/ab/Radis.png", "/w/images/thumb/a/ab/Radis.png/120px-Radis.png"):
        with urllib.request.urlopen(served.base + form, timeout=20) as found:
            assert found.read() == PNG


def test_the_script_alone_leads_to_the_main_page(served: Served) -> None:
    assert "Ici Accueil." in answer(served, served.script)[1]


@pytest.mark.parametrize("path", ["Nulle_part", ".htaccess", "../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd"])
def test_nothing_else_is_there(served: Served, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as failure:
        answer(served, served.pages + path)
    assert failure.value.code in {400, 403, 404}


def test_titles_lead_nowhere_else(served: Served) -> None:
    """Whatever a title holds, the reader stays on this server."""
    for title in (
        "/evil.example/",
        "//evil.example/",
        "%2F%2Fevil.example",
        "http://evil.example",
        "%0d%0aLocation:%20http://evil.example",
    ):
        try:
            answer(served, f"{served.script}?title={title}")
        except urllib.error.HTTPError as failure:
            assert failure.code in {400, 403, 404}


def _encoded(title: str) -> str:
    """As MediaWiki writes it in addresses (wfUrlencode)."""
    return quote(title.replace(" ", "_"), safe=";@$!*(),/~:")


@pytest.mark.parametrize(("server", "start"), [("nginx", _nginx), ("apache2", _apache)])
def test_no_title_and_no_name_speaks_to_the_server(server: str, start: Start, tmp_path: Path) -> None:
    _need(server)
    evil = 'x"; } server { return 200 owned; } $uri ${PATH} %1 \\" #.'
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        garden = Garden(Path(name) / "archive")
        garden.save(Namespace(100, evil, evil + "2", aliases=(evil + "\nRewriteRule ^ /owned", 'a"b\\')))
        for title in ("Accueil", evil, evil.upper(), f"{evil}\nRewriteRule ^ /owned.", "~^.*$.", "default."):
            garden.write(title, "<p>Ici.</p>")
        garden.settle()
        _pages(garden)
        with start(garden.folder / "site", tmp_path) as base:
            for address in ("/wiki/Accueil", f"/wiki/{_encoded(evil)}", f"/wiki/{_encoded(evil.upper())}"):
                with urllib.request.urlopen(base + address, timeout=20) as found:
                    assert b"Ici." in found.read()


def test_hosts_that_cannot_be_told_have_a_page_that_finds_the_way(garden: tuple[Garden, str, str], page: Page) -> None:
    planted, pages, script = garden
    forms = {
        "?title=A%2BB+%26+C": f"{pages}A+B_&_C/",
        "?title=Un/deux&action=history": "/history/Un/deux/",
        "?title=Potager&diff=prev&oldid=14": "/difference/14/",
        f"?curid={planted.pages['Potager']}": f"{pages}Potager/",
    }
    with static(planted.folder / "site") as base:
        for form, place in forms.items():
            page.goto(f"{base}{script}/{form}")
            page.wait_for_url(lambda url, place=place: unquote(urlsplit(url).path) == place, timeout=10_000)


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
    _pages(garden)
    for name in (".htaccess", "archive/nginx.conf"):
        rules = (garden.folder / "site" / name).read_text("utf-8")
        assert "$arg_r" not in rules
        assert "AddHandler" not in rules
