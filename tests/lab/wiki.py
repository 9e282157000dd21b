"""A real MediaWiki on loopback: installed in a second, served by PHP's own web server."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import urllib.request
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import IO, Self

from .api import Api
from .database import keep_in_one_file
from .installation import Installation, user_cache

PHP_FOLDER = Path(__file__).parent / "php"
SYSOP = "Admin"
PASSWORD = "un tas bien retourné"
PHP_OPTIONS = ("opcache.enable_cli=1", "apc.enable_cli=1", "expose_php=0", "memory_limit=512M")
STARTED = re.compile(r"\(http://127\.0\.0\.1:(\d+)\) started")


class LabError(Exception):
    """MediaWiki's installer, a maintenance script or PHP's server failed; the message holds its output."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a wiki keeps its articles and its scripts: ``$wgArticlePath`` and ``$wgScriptPath``."""

    article_path: str = "/wiki/$1"
    script_path: str = "/w"


@dataclass(frozen=True, slots=True)
class Character:
    """What is a wiki's own beside its content; kept in its ``wiki.json``."""

    name: str = "Wiki des essais"
    language: str = "fr"
    layout: Layout = Layout()
    robots: str = ""
    settings: dict[str, object] = field(default_factory=dict)


class RealWiki:
    """One MediaWiki with its own database and files below `folder`.

    ``RealWiki.install`` makes it, ``start`` serves it, ``fresh_copy`` gives an independent twin.
    As a context manager it is started on entry and stopped on exit.
    """

    def __init__(self, installation: Installation, folder: Path, character: Character | None = None) -> None:
        self.installation = installation
        self.folder = folder
        self.character = character or _read_character(folder)
        self.host = "127.0.0.1:80"
        self.server: subprocess.Popen[str] | None = None

    @classmethod
    def install(cls, installation: Installation, folder: Path, character: Character) -> Self:
        """Run MediaWiki's installer into an empty folder. Raises LabError."""
        wiki = cls(installation, folder, character)
        wiki._write_character()
        for name in ("data", "images", "cache"):
            (folder / name).mkdir(parents=True)
        wiki.maintenance("install", *_installer_options(folder, character), configured=False)
        keep_in_one_file(wiki.database)
        return wiki

    def fresh_copy(self, folder: Path, character: Character | None = None) -> RealWiki:
        """An independent, stopped copy of this wiki; the original must be stopped or idle."""
        shutil.copytree(self.folder, folder)
        copy = RealWiki(self.installation, folder, character or self.character)
        copy._write_character()
        return copy

    @property
    def url(self) -> str:
        """``http://127.0.0.1:PORT`` without a slash; known once started."""
        return f"http://{self.host}"

    @property
    def api_url(self) -> str:
        """Address of api.php."""
        return f"{self.url}{self.character.layout.script_path}/api.php"

    @property
    def index_url(self) -> str:
        """Address of index.php."""
        return f"{self.url}{self.character.layout.script_path}/index.php"

    @property
    def database(self) -> Path:
        """MediaWiki's own SQLite database."""
        return self.folder / "data" / "wiki.sqlite"

    def page_url(self, title: str) -> str:
        """The address of an article under the wiki's article path."""
        return self.url + self.character.layout.article_path.replace("$1", title.replace(" ", "_"))

    def api(self, user: str = "", password: str = PASSWORD, address: str = "") -> Api:
        """A visitor of this wiki, logged in when `user` is given."""
        visitor = Api(self.api_url, address)
        if user:
            visitor.login(user, password)
        return visitor

    def start(self) -> Self:
        """Serve the wiki on a port that the kernel chooses. Raises LabError."""
        options = [argument for option in PHP_OPTIONS for argument in ("-d", option)]
        self.server = subprocess.Popen(
            [self.installation.php, *options, "-S", _address(self.installation), str(PHP_FOLDER / "router.php")],
            env={**self._environment(), "PHP_CLI_SERVER_WORKERS": "2"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.server.stderr is not None
        self.host = f"127.0.0.1:{_port(self.server.stderr)}"
        log = (self.folder / "server.log").open("a", encoding="utf-8", buffering=1)
        Thread(target=_copy_lines, args=(self.server.stderr, log), daemon=True).start()
        self._write_character()
        return self

    def stop(self) -> None:
        """End the server and its workers; harmless when not started."""
        if self.server is not None:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()
            self.server = None

    def configure(self, **settings: object) -> None:
        """Set MediaWiki's ``$wg…`` settings, from the next request on."""
        self.character.settings.update(settings)
        self._write_character()

    def maintenance(self, script: str, *arguments: str, configured: bool = True, text: str = "") -> str:
        """Run ``maintenance/<script>.php`` and give its output; `text` is its standard input.

        Raises LabError when it fails.
        """
        file = self.installation.root / "maintenance" / f"{script}.php"
        options = [argument for option in PHP_OPTIONS for argument in ("-d", option)]
        options += ["-d", "opcache.file_cache=" + str(_compiled_folder(self.installation))]
        environment = self._environment() if configured else None
        if environment:
            arguments = (*arguments, "--conf", environment["MW_CONFIG_FILE"])
        done = subprocess.run(
            [self.installation.php, *options, str(file), *arguments],
            env=environment,
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise LabError(f"{script}.php failed in {self.folder}:\n{done.stdout}\n{done.stderr}")
        if self.server is not None:
            self._forget_cache()
        return done.stdout

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "MW_CONFIG_FILE": str(PHP_FOLDER / "LocalSettings.php"),
            "WIKICOMPOST_LAB_WIKI": str(self.folder),
            "WIKICOMPOST_LAB_MEDIAWIKI": str(self.installation.root),
        }

    def _forget_cache(self) -> None:
        """Empty the server's memory cache, which knows nothing of what a maintenance script wrote."""
        urllib.request.urlopen(f"{self.url}/-/forget", timeout=10).close()

    def _write_character(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        character = asdict(self.character)
        layout = character.pop("layout")
        facts = {**character, **layout, "host": self.host}
        (self.folder / "wiki.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1))


def _read_character(folder: Path) -> Character:
    facts = json.loads((folder / "wiki.json").read_text())
    layout = Layout(facts["article_path"], facts["script_path"])
    return Character(facts["name"], facts["language"], layout, facts["robots"], facts["settings"])


def _installer_options(folder: Path, character: Character) -> list[str]:
    # The installer's own LocalSettings.php goes to a folder of its own, and is never read.
    unused = folder / "installer"
    unused.mkdir()
    return [
        *("--dbtype", "sqlite", "--dbname", "wiki", "--dbpath", str(folder / "data")),
        *("--server", "http://127.0.0.1", "--scriptpath", character.layout.script_path),
        *("--lang", character.language, "--pass", PASSWORD, "--confpath", str(unused)),
        *(character.name, SYSOP),
    ]


def _compiled_folder(installation: Installation) -> Path:
    """Where PHP keeps compiled code between maintenance scripts, which else spend half a second on it."""
    folder = user_cache() / "opcache" / installation.version
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _copy_lines(source: IO[str], log: IO[str]) -> None:
    """Keep the server's pipe from filling up."""
    with source, log:
        log.writelines(source)


def _address(installation: Installation) -> str:
    """Where to serve: port 0 leaves the choice to the kernel, which PHP's server understands since 8.0."""
    if installation.php == "php":
        return "127.0.0.1:0"
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        return f"127.0.0.1:{reserved.getsockname()[1]}"


def _port(stderr: IO[str]) -> int:
    lines = []
    for line in stderr:
        lines.append(line)
        if found := STARTED.search(line):
            return int(found[1])
    raise LabError("PHP's web server did not start:\n" + "".join(lines))
