"""Site and Datasette on one address."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from converters.exporters import SiteOptions, export_site, write_datasette
from scraper.archive import Archive
from tests.datasette.conftest import Server, free_port, running
from tests.site.crawl import crawl
from tests.site.garden import Garden, plant

SERVE = "import sys; from pathlib import Path; from converters.exporters import serve_folder;"
START = "serve_folder(Path(sys.argv[1]), '127.0.0.1', int(sys.argv[2]), lambda line: print(line, flush=True))"
WITHOUT = (
    "import importlib.util as u; f = u.find_spec; u.find_spec = lambda name: None if name == 'datasette' else f(name);"
)


@pytest.fixture(scope="module", params=["", WITHOUT], ids=["with Datasette", "without"])
def served(request: pytest.FixtureRequest, published: Garden) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-c", request.param + SERVE + START, str(published.folder), str(port)]
    with running(command, port) as server:
        yield server


def test_the_site_answers_at_the_root(served: Server) -> None:
    status, page, _ = served.get("/")
    assert (status, html.fromstring(page).xpath("string(//h1)")) == (200, "Jardin partagé")
    _, page, address = served.get("/wiki/Discussion:Potager")
    assert address == f"{served.base}/wiki/Discussion:Potager/"
    assert html.fromstring(page).xpath("string(//h1)") == "Discussion:Potager"


def test_no_link_is_dead(served: Server) -> None:
    assert crawl(served.base)[1] == []


def test_sources_answer_in_their_folders(served: Server) -> None:
    assert served.get("/source/Potager/")[0] == 200


def test_questions_reach_the_script_that_answers_them(served: Server) -> None:
    status, page, address = served.get("/w/index.php?title=Potager&action=raw")
    assert (status, address) == (200, f"{served.base}/w/index.php/?title=Potager&action=raw")
    assert html.fromstring(page).xpath("//script/@src[contains(., 'find.js')]")


@pytest.mark.parametrize("path", ["/wiki/Special:AllPages", "/wiki/Nulle_part"])
def test_what_is_not_there_is_looked_for_by_the_site(served: Server, path: str) -> None:
    status, page, _ = served.get(path)
    assert status == 404
    assert html.fromstring(page).xpath("//script/@src[contains(., 'find.js')]")


def test_files_and_folders_outside_stay_closed(served: Server) -> None:
    for path in (
        "/../archive.db",
        "/%2e%2e/archive.db",
        "/..%2farchive.db",
        "/wiki/%2e%2e/%2e%2e/archive.db",
        "/files/",
    ):
        assert served.get(path)[0] in (400, 404), path


def test_a_page_leads_to_its_row_and_the_row_to_its_page(tmp_path: Path) -> None:
    garden = plant(tmp_path / "archive")
    options = SiteOptions(datasette="/datasette/", base_url="https://archives.example/old/jardin/")
    with Archive.read(garden.folder) as archive:
        export_site(archive, garden.folder / "site", options=options)
        write_datasette(archive)
    port = free_port()
    with running([sys.executable, "-c", SERVE + START, str(garden.folder), str(port)], port) as server:
        page = html.fromstring(server.get("/info/Potager/")[1])
        status, row, _ = server.get(page.xpath("//main//a[text()='Datasette']/@href")[0])
        assert status == 200
        link = html.fromstring(row).xpath("//td[contains(@class, 'col-title')]/a/@href")[0]
        assert server.get(link)[2] == f"{server.base}/wiki/Potager/"
        missing = html.fromstring(server.get("/wiki/Nulle_part")[1])
        for path in missing.xpath("//link/@href | //script/@src | //a/@href"):
            assert server.get(path)[0] == 200, path


def test_datasette_is_below_its_path(published: Garden) -> None:
    port = free_port()
    with running([sys.executable, "-c", SERVE + START, str(published.folder), str(port)], port) as server:
        status, page, _ = server.get("/datasette/archive/recent_changes")
        assert status == 200
        link = html.fromstring(page).xpath("//td[contains(@class, 'col-page')]//a[text()='Potager']/@href")[0]
        status, page, address = server.get(link)
        assert (status, html.fromstring(page).xpath("string(//h1)")) == (200, "Potager")
        assert address.endswith("/wiki/Potager/")
        assert server.get("/datasette")[0] == 200
