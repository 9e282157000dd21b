"""Datasette plug-in of a wikicompost archive: the static site beside the tables, and the ways between both.

It stands alone: this file works in the archive's folder without wikicompost, with Datasette 0.65 and 1.0.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette import hookimpl
from markupsafe import Markup

PAGES = frozenset({"page", "title", "page_id"})
LISTED = "pages"  # a JSON array of titles
# Numbers that are rows of another table: answers of queries and pages of single rows have no labels for them.
ROWS = {
    "page_id": "pages", "target_page_id": "pages", "rev_id": "revisions", "latest_rev_id": "revisions",
    "user_id": "users", "namespace_id": "namespaces",
}  # fmt: skip
INDEXES = ("index.html", "index.txt")
ADDRESSES = "addresses.tsv"
NUMBER, TITLE = 1, 2  # its columns
# The types that servers agree on; everything else is offered for download.
TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".txt": "text/plain; charset=utf-8",
    ".tsv": "text/plain; charset=utf-8", ".csv": "text/plain; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".xml": "application/xml", ".atom": "application/atom+xml", ".png": "image/png", ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".svg": "image/svg+xml",
    ".bmp": "image/bmp", ".pdf": "application/pdf", ".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg",
    ".mp3": "audio/mpeg", ".wav": "audio/wav", ".flac": "audio/flac", ".webm": "video/webm", ".ogv": "video/ogg",
    ".mp4": "video/mp4",
}  # fmt: skip
OURS = frozenset({".html", ".css", ".js"})
CHUNK = 1 << 16
# What RFC 3986 lets stand in a path.
PATH_SAFE = "/!$&'()*+,;=:@-._~"

Send = Callable[[dict[str, Any]], Awaitable[None]]


@hookimpl(tryfirst=True)
def render_cell(row: Any, value: Any, column: str, table: str | None, datasette: Any) -> Markup | None:
    """Titles of pages and numbers of versions lead into the site, where it has them; numbers of rows to their rows."""
    if column in PAGES and isinstance(value, str):
        return _page_cell(row, value, datasette)
    if column == LISTED and isinstance(value, str) and _site_folder(datasette) is not None:
        return _list_cell(value, datasette)
    if column in ROWS and isinstance(value, int):
        shown = _version_cell(value, datasette) if column == "rev_id" else None
        return shown or (_row_cell(value, ROWS[column], datasette) if table != ROWS[column] else None)
    return None


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The static site, and the ways from a page's number or title to its page there."""
    return [(r"^/-/page/(?P<page_id>\d+)$", _to_page), (r"^/-/page$", _to_title), (r"^/-/site/(?P<path>.*)$", _site)]


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:
    """The way from the tables to the site."""
    if _site_folder(datasette) is None:
        return []
    return [{"href": datasette.urls.path("/-/site/"), "label": "The site"}]


def _page_cell(row: Any, value: str, datasette: Any) -> Markup | None:
    try:
        page_id = row["page_id"]
    except (KeyError, IndexError):
        return None
    if not isinstance(page_id, int) or _site_folder(datasette) is None:
        return None
    return Markup('<a href="{}">{}</a>').format(datasette.urls.path(f"/-/page/{page_id}"), value)


def _list_cell(value: str, datasette: Any) -> Markup | None:
    try:
        titles = json.loads(value)
    except ValueError:
        return None
    if not isinstance(titles, list) or not all(isinstance(title, str) for title in titles):
        return None
    line, way = Markup('<li><a href="{}?title={}">{}</a></li>'), datasette.urls.path("/-/page")
    lines = Markup("").join(line.format(way, quote(title, safe=""), title) for title in titles)
    return Markup('<ul style="margin: 0; padding-left: 1.2em; list-style-position: outside">{}</ul>').format(lines)


def _version_cell(rev_id: int, datasette: Any) -> Markup | None:
    folder = _site_folder(datasette)
    if folder is None or not (folder / f"revision/{rev_id}").is_dir():
        return None
    return Markup('<a href="{}">{}</a>').format(datasette.urls.path(f"/-/site/revision/{rev_id}/"), rev_id)


def _row_cell(number: int, table: str, datasette: Any) -> Markup:
    return Markup('<a href="{}/{}">{}</a>').format(datasette.urls.table("archive", table), number, number)


def _site_folder(datasette: Any) -> Path | None:
    """The folder ``site`` beside the archive."""
    path = datasette.databases["archive"].path if "archive" in datasette.databases else None
    folder = Path(path).resolve().parent / "site" if path else None
    return folder if folder and folder.is_dir() else None


async def _site(datasette: Any, scope: dict[str, Any], receive: Any, send: Send) -> None:
    folder = _site_folder(datasette)
    prefix = datasette.urls.path("/-/site/").rstrip("/")
    path = scope["path"]
    # Some versions give the path as asked for, some without base_url.
    inner = path[path.index("/-/site") + len("/-/site") :]
    if folder is None:
        await _answer(send, 404, "There is no site beside this archive: `wikicompost export site` writes one.")
        return
    await StaticSite(folder, prefix)({**scope, "path": inner or "/"}, receive, send)


async def _to_page(datasette: Any, request: Any, send: Send) -> None:
    await _to_address(datasette, send, NUMBER, request.url_vars["page_id"])


async def _to_title(datasette: Any, request: Any, send: Send) -> None:
    await _to_address(datasette, send, TITLE, request.args.get("title") or "")


async def _to_address(datasette: Any, send: Send, column: int, value: str) -> None:
    folder = _site_folder(datasette)
    address = find_address(folder, column, value) if folder else None
    if address is None:
        await _answer(send, 404, "The site has no such page.")
        return
    await redirect(send, datasette.urls.path("/-/site/") + quote(address, safe=PATH_SAFE) + "/")


def find_address(folder: Path, column: int, value: str) -> str | None:
    """Where the site keeps a page: one line of its ``addresses.tsv``, by the page's number or title."""
    place = folder / ADDRESSES
    if not place.is_file():
        return None
    with place.open(encoding="utf-8") as lines:
        found = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
        return next((fields[0] for fields in found if len(fields) > column and fields[column] == value), None)


class StaticSite:
    """An ASGI application that gives the files of a folder, nothing else; ``prefix`` is the path before its root.

    ``missing`` gives the page that answers for what the site lacks, empty where it has none.
    """

    def __init__(self, folder: Path, prefix: str = "", missing: Callable[[], str] = str) -> None:
        self.folder = folder.resolve()
        self.prefix = prefix
        self.missing = missing

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        path: str = scope["path"]
        if scope["method"] not in ("GET", "HEAD"):
            await _answer(send, 405, "This is an archive: it can only be read.")
            return
        place = self.find(path)
        if place is not None and place.is_dir() and not path.endswith("/"):
            query = scope["query_string"].decode("ascii", "replace")
            await redirect(send, f"{self.prefix}{quote(path, safe=PATH_SAFE)}/{query and '?'}{query}")
            return
        if place is not None and place.is_dir():
            place = next((place / name for name in INDEXES if (place / name).is_file()), None)
        if place is not None and place.is_file():
            await _send_file(send, place, scope["method"] == "HEAD")
        elif page := self.missing():
            await _answer(send, 404, page, ".html")
        else:
            await _answer(send, 404, "The archive has no such page.")

    def find(self, path: str) -> Path | None:
        """The file or folder of a decoded path; ``None`` when it is not in the site."""
        names = [name for name in path.split("/") if name]
        if any(name.startswith("..") or "\\" in name or "\0" in name for name in names):
            return None
        place = self.folder.joinpath(*names)
        try:
            resolved = place.resolve()
        except (OSError, RuntimeError):
            return None
        return resolved if resolved.is_relative_to(self.folder) and resolved.exists() else None


async def _send_file(send: Send, place: Path, is_head: bool) -> None:
    headers = [
        (b"content-type", TYPES.get(place.suffix.lower(), "application/octet-stream").encode()),
        (b"content-length", str(place.stat().st_size).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
    ]
    if place.suffix not in OURS:
        # Opened by itself a file of the wiki must not run anything either.
        headers.append((b"content-security-policy", b"sandbox; default-src 'none'; style-src 'unsafe-inline'"))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    with place.open("rb") as stream:
        while not is_head and (chunk := stream.read(CHUNK)):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def redirect(send: Send, location: str) -> None:
    """Send the reader on to an encoded path."""
    headers = [(b"location", location.encode("ascii", "replace")), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _answer(send: Send, status: int, words: str, kind: str = ".txt") -> None:
    body = words.encode()
    headers = [(b"content-type", TYPES[kind].encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
