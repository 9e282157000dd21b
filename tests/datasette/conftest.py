"""Both Datasettes, started for real on one archive."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from converters.exporters import write_datasette
from scraper.archive import Archive
from scraper.model import UserName
from tests.site.conftest import export
from tests.site.garden import Garden, plant

VERSIONS = ("0.65", "1.0")
ATTACK = "<script>document.documentElement.dataset.owned=1</script><img src=x onerror=alert(1)>"


@dataclass(frozen=True)
class Server:
    """A running server; ``get`` gives status, text and final address."""

    base: str

    def get(self, path: str, **query: str) -> tuple[int, str, str]:
        address = f"{self.base}{quote(path, safe='/%?=&~:')}{'?' + urlencode(query) if query else ''}"
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return answer.status, answer.read().decode("utf-8", "replace"), answer.url
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace"), address


def datasette(version: str) -> str:
    """The program; skips the test without it, fails it in CI."""
    if version == "0.65":
        found = shutil.which("datasette", path=Path(sys.executable).parent)
    else:
        found = os.environ.get("WIKICOMPOST_DATASETTE1", "")
        found = found if found and Path(found).is_file() else None
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"Datasette {version} is needed in CI")
        pytest.skip(f"no Datasette {version}: `make test` installs it, or set WIKICOMPOST_DATASETTE1")
    return found


@contextmanager
def running(command: list[str], port: int, path: str = "/") -> Iterator[Server]:
    """Start a server and wait until it answers; its output is shown when it ends before."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    server = Server(f"http://127.0.0.1:{port}")
    try:
        while not _answers(server, path):
            if process.poll() is not None:
                pytest.fail(f"{command[0]} ended: {process.stdout.read() if process.stdout else ''}")
        yield server
    finally:
        process.terminate()
        process.communicate()


def _answers(server: Server, path: str) -> bool:
    try:
        return bool(server.get(path)[0])
    except (urllib.error.URLError, ConnectionError):
        return False


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    """The friendly wiki with an attacker in it, its site, and Datasette's files."""
    garden = plant(tmp_path_factory.mktemp("published") / "archive")
    entries = "".join(f"<li>{name} : {what}</li>" for name, what in (("Odile", "semis"), ("Léon", ATTACK)))
    body = f"<h2><span class='mw-headline' id='P'>Participants</span></h2><ul>{entries}</ul>"
    garden.write("Réunion", "<p>Bientôt.</p>")
    garden.write(
        "Réunion",
        body,
        text="{{Réunion|lieu=Serre}}\n" + ATTACK,
        user=UserName(ATTACK, 9),
        comment=ATTACK,
        tags=(ATTACK,),
    )
    garden.settle()
    export(garden)
    with Archive.read(garden.folder) as archive:
        write_datasette(archive)
    return garden


@pytest.fixture(scope="session", params=VERSIONS)
def server(request: pytest.FixtureRequest, published: Garden) -> Iterator[Server]:
    """``datasette DIR/`` of each version, with nothing but the folder."""
    port = free_port()
    with running([datasette(request.param), str(published.folder), "--port", str(port)], port) as started:
        yield started
