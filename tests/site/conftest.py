"""The friendly wiki with its site, served by Python's own static server."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, sync_playwright

from converters.exporters import SiteReport, export_site
from scraper.archive import Archive
from tests.site.garden import Garden, plant


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a plain static server for a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def export(garden: Garden, pages: list[int] | None = None) -> SiteReport:
    with Archive.read(garden.folder) as archive:
        return export_site(archive, garden.folder / "site", pages)


@pytest.fixture(scope="session")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    """Exported once; tests must not change it."""
    planted = plant(tmp_path_factory.mktemp("garden") / "archive")
    export(planted)
    return planted


@pytest.fixture(scope="session")
def read(garden: Garden) -> Callable[[str], str]:
    """The text of a page of the site, by its address."""
    return lambda address: (garden.folder / "site" / address / "index.html").read_text("utf-8")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page of a real Chromium. Without one the tests are skipped, but fail in CI."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        except Error as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"no Chromium: {error.message.splitlines()[0]}")
        yield browser.new_page()
        browser.close()
