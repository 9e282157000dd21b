"""Site and Datasette on one address, to look at an archive."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from converters.exporters.datasette.metadata import SETTINGS
from converters.links import DATASETTE, MISSING

BASE = f"/{DATASETTE}/"
# Where our plug-in shows the site when Datasette runs alone; here the site has the root.
SITE_IN_DATASETTE = f"{BASE}-/site/"
ROOT = re.compile(r'data-root="([^"]*)"')
WITHOUT_DATASETTE = (
    "Datasette is not installed, so only the site is shown. `pip install 'wikicompost[datasette]'` adds the tables."
)


def serve_folder(folder: Path, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serve the archive in ``folder`` until interrupted: the site at ``/``, Datasette at ``/datasette/``.

    ``say`` gets the lines for a person, with the address. Raises OSError when the port is taken.
    """
    if find_spec("datasette") is None:
        say(WITHOUT_DATASETTE)
        _serve_site(folder / "site", host, port, say)
        return
    import uvicorn

    listener = _listen(host, port)
    address = _address(listener)
    say(f"The site:  {address}/\nDatasette: {address}{BASE}\nEnd with Ctrl-C.")
    server = uvicorn.Server(uvicorn.Config(application(folder), log_level="warning"))
    server.run(sockets=[listener])


def application(folder: Path) -> Callable[..., Any]:
    """The ASGI application: Datasette below its path, the site elsewhere."""
    from datasette.app import Datasette

    from converters.exporters.datasette.plugins.site import PATH_SAFE, StaticSite, redirect

    datasette = Datasette([], config_dir=folder, settings={**SETTINGS, "base_url": BASE}).app()
    site = StaticSite(folder / "site", missing=lambda: missing_page(folder / "site"))

    async def both(scope: dict[str, Any], receive: Any, send: Any) -> None:
        path = scope.get("path", BASE)
        if path.startswith(SITE_IN_DATASETTE):
            await redirect(send, "/" + quote(path.removeprefix(SITE_IN_DATASETTE), safe=PATH_SAFE))
        elif path == BASE[:-1]:
            await redirect(send, BASE)
        else:
            await (datasette if path.startswith(BASE) else site)(scope, receive, send)

    return both


def missing_page(site: Path) -> str:
    """The site's own page for what it lacks, empty where there is none: its script leads on from old addresses.

    It knows the folder of a host in which the site will stand; here that is the root.
    """
    place = site / MISSING
    page = place.read_text("utf-8") if place.is_file() else ""
    root = ROOT.search(page)
    return page.replace(f'="{root[1]}', '="/') if root else page


class SiteHandler(SimpleHTTPRequestHandler):
    """Files of the site; folders are pages or their sources, never listings. What it lacks its own page answers."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        place = super().translate_path(path)
        source = f"{place}index.txt"
        return source if place.endswith("/") and Path(source).is_file() else place

    def list_directory(self, path: Any) -> None:
        self.send_error(404, "The archive has no such page")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = missing_page(Path(self.directory)).encode()
        if code != 404 or not page:
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def end_headers(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a person looks at a site, not at a log."""


def _serve_site(site: Path, host: str, port: int, say: Callable[[str], None]) -> None:
    server = ThreadingHTTPServer((host, port), partial(SiteHandler, directory=str(site)))
    say(f"The site: http://{server.server_name}:{server.server_port}/\nEnd with Ctrl-C.")
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener


def _address(listener: socket.socket) -> str:
    host, port, *_ = listener.getsockname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
