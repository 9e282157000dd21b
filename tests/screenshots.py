"""The pictures of the README, from the sample wiki: ``make screenshots`` takes them again."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.datasette.conftest import free_port, running

PICTURES = Path(__file__).parents[1] / "docs" / "screenshots"
SIZE = {"width": 960, "height": 600}
# Where each is, and how far down.
PLACES = {
    "page": ("wiki/La_Filature/", 0),
    "difference": ("difference/71/", 0),
    "about": ("archive/", 440),
    "datasette": ("datasette/archive/activity", 0),
}
WIKICOMPOST = Path(sys.executable).with_name("wikicompost")


def main() -> None:
    """Archive the sample, serve it, and take a picture of each place."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        run([WIKICOMPOST, "archive", "--to", folder, "--history", "full", "--quiet"], check=True)
        port = free_port()
        with running([str(WIKICOMPOST), "serve", folder, "--port", str(port)], port) as server:
            _take(server.base)


def _take(base: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        for name, (place, down) in PLACES.items():
            page.goto(f"{base}/{place}")
            page.evaluate("down => scrollTo(0, down)", down)
            page.screenshot(path=PICTURES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
