"""Datasette plug-in of a wikicompost archive: texts of revisions, safe cells, and the static site beside the tables.

It stands alone: this file works in the archive's folder without wikicompost, with Datasette 0.65 and 1.0. It needs
``compression.zstd`` (Python 3.14) or ``backports.zstd`` to read texts. Nothing that came from the wiki is ever markup
here: all of it is escaped.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette import hookimpl
from markupsafe import Markup

try:
    from compression import zstd  # type: ignore[import-not-found,unused-ignore]
except ImportError:
    try:
        from backports import zstd
    except ImportError:
        zstd = None

WITHOUT_ZSTD = "revision_text() needs zstd: run `pip install backports.zstd`, then start Datasette again"
# Limits of an archive's texts (bytes, and the logarithm of zstd's window): more is damage or an attack.
LARGEST_TEXT = 32 * 2**20
LARGEST_WINDOW_LOG = 24
LONGEST_CHAIN = 64
CHAIN = """
    WITH RECURSIVE chain (text_id, base_id, position, size, frame) AS (
        SELECT text_id, base_id, position, size, frame FROM texts WHERE text_id = ?
        UNION ALL
        SELECT t.text_id, t.base_id, t.position, t.size, t.frame
        FROM chain c JOIN texts t ON t.text_id = c.base_id AND t.position < c.position
        LIMIT ?
    )
    SELECT base_id, size, frame FROM chain ORDER BY position
"""
PREFORMATTED = frozenset({"text", "html", "siteinfo", "metadata", "value"})
SIZES = frozenset({"size", "bytes"})
PAGES = frozenset({"page", "title", "page_id"})
JSON_COLUMNS = frozenset({
    "tags", "hidden", "groups", "aliases", "urls", "protection", "properties", "params", "parameters", "options",
    "categories", "sections", "language_links", "other_slots", "pages", "what",
})  # fmt: skip
LONGEST_CELL = 20_000
SHORT_TEXT = 300
# char(2) and char(3) in saved queries: no wiki's text has them.
MARKS = {"\x02": Markup("<mark>"), "\x03": Markup("</mark>")}

INDEX = "index.html"
ADDRESSES = "addresses.tsv"
# The types that servers agree on; everything else is offered for download.
TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".txt": "text/plain; charset=utf-8",
    ".tsv": "text/plain; charset=utf-8", ".csv": "text/plain; charset=utf-8", ".png": "image/png",
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif",
    ".svg": "image/svg+xml", ".bmp": "image/bmp", ".pdf": "application/pdf", ".ogg": "audio/ogg", ".oga": "audio/ogg",
    ".opus": "audio/ogg", ".mp3": "audio/mpeg", ".wav": "audio/wav", ".flac": "audio/flac", ".webm": "video/webm",
    ".ogv": "video/ogg", ".mp4": "video/mp4",
}  # fmt: skip
CHUNK = 1 << 16
# What RFC 3986 lets stand in a path.
PATH_SAFE = "/!$&'()*+,;=:@-._~"

Send = Callable[[dict[str, Any]], Awaitable[None]]


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """``revision_text(rev_id)`` and ``text_of(text_id)`` for SQL."""
    conn.create_function("text_of", 1, lambda text_id: text_of(conn, text_id))
    conn.create_function("revision_text", 1, lambda rev_id: revision_text(conn, rev_id))


@hookimpl
def render_cell(row: Any, value: Any, column: str, datasette: Any) -> Markup | None:
    """Texts as they are, lists as lists, sizes in units, pages as links into the site; ``None``: as Datasette would."""
    if isinstance(value, int) and column in SIZES:
        return Markup('<span title="{} bytes">{}</span>').format(value, in_units(value))
    if column in PAGES and isinstance(value, str):
        return _page_cell(row, value, datasette)
    return text_cell(value, column) if isinstance(value, str) and value else None


def text_cell(value: str, column: str) -> Markup | None:
    """Words of the wiki by the kind of column they stand in."""
    if column == "snippet":
        return marked(value)
    if column in JSON_COLUMNS:
        return json_cell(value)
    is_long = len(value) > SHORT_TEXT or "\n" in value
    return preformatted(value) if is_long and column in PREFORMATTED else None


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The static site, and the way from a page's number to its page there."""
    return [(r"^/-/page/(?P<page_id>\d+)$", _to_page), (r"^/-/site/(?P<path>.*)$", _site)]


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:
    """The way from the tables to the site."""
    if _site_folder(datasette) is None:
        return []
    return [{"href": datasette.urls.path("/-/site/"), "label": "The site"}]


def revision_text(database: sqlite3.Connection, rev_id: Any) -> str | None:
    """The text of a revision; NULL when hidden, missing or unknown."""
    row = database.execute("SELECT text_id FROM revisions WHERE rev_id = ?", (rev_id,)).fetchone()
    return None if row is None or row[0] is None else text_of(database, row[0])


def text_of(database: sqlite3.Connection, text_id: Any) -> str | None:
    """The text of that number in ``texts``; words that say so where it cannot be read."""
    if zstd is None:
        return WITHOUT_ZSTD
    frames = database.execute(CHAIN, (text_id, LONGEST_CHAIN)).fetchall()
    if not frames:
        return None
    if frames[0][0] is not None:
        return "this text is damaged: run `wikicompost verify`"
    text = b""
    for _, size, frame in frames:
        text = _decompress(frame, size, text)
    return text.decode("utf-8", "replace")


def _decompress(frame: bytes, size: int, base: bytes) -> bytes:
    """Raises ValueError for a frame that is not what the archive says."""
    if not 0 <= size <= LARGEST_TEXT:
        raise ValueError("text too large")
    prefix = zstd.ZstdDict(base, is_raw=True).as_prefix if base else None
    options = {zstd.DecompressionParameter.window_log_max: LARGEST_WINDOW_LOG}
    text: bytes = zstd.ZstdDecompressor(prefix, options).decompress(frame, max_length=size + 1)
    if len(text) != size:
        raise ValueError("damaged text")
    return text


def in_units(size: int) -> str:
    """Bytes as a person reads them."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if abs(size) >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} B"


def marked(snippet: str) -> Markup:
    """A search result with the words that were found in ``<mark>``; unpaired marks are closed."""
    parts, is_open = [], False
    for character in snippet:
        if character in MARKS:
            if (character == "\x02") != is_open:
                parts.append(MARKS[character])
                is_open = not is_open
        else:
            parts.append(Markup.escape(character))
    return Markup("").join([*parts, MARKS["\x03"]] if is_open else parts)


def json_cell(value: str) -> Markup | None:
    """A JSON array as a list, an object as its names and values; ``None`` when it is neither."""
    try:
        found = json.loads(value)
    except ValueError:
        return None
    if found in ([], {}):
        return Markup('<span style="opacity: .5">–</span>')
    if isinstance(found, dict) and len(value) <= LONGEST_CELL:
        line = Markup("<div><b>{}</b> {}</div>")
        return Markup("").join(line.format(*pair) for pair in _flat(found))
    if isinstance(found, list) and all(isinstance(item, str) for item in found):
        return Markup('<ul style="margin: 0; padding-left: 1.2em; list-style-position: outside">{}</ul>').format(
            Markup("").join(Markup("<li>{}</li>").format(item) for item in found)
        )
    return preformatted(json.dumps(found, ensure_ascii=False, indent=1))


def _flat(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        yield name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def preformatted(value: str) -> Markup:
    """Text with its lines; the end of a very long one is left out."""
    rest = len(value) - LONGEST_CELL
    shown = value if rest <= 0 else f"{value[:LONGEST_CELL]}\n… ({rest:,} characters more)"
    style = (
        "white-space: pre-wrap; overflow-wrap: anywhere; max-height: 30em; max-width: 60em; overflow-y: auto; margin: 0"
    )
    return Markup('<pre style="{}" tabindex="0">{}</pre>').format(style, shown)


def _page_cell(row: Any, value: str, datasette: Any) -> Markup | None:
    """A page's title as a link to its page in the site, where there is a site."""
    try:
        page_id = row["page_id"]
    except (KeyError, IndexError):
        return None
    if not isinstance(page_id, int) or _site_folder(datasette) is None:
        return None
    return Markup('<a href="{}">{}</a>').format(datasette.urls.path(f"/-/page/{page_id}"), value)


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
    folder = _site_folder(datasette)
    address = find_address(folder, request.url_vars["page_id"]) if folder else None
    if address is None:
        await _answer(send, 404, "The site has no such page.")
        return
    await redirect(send, datasette.urls.path("/-/site/") + quote(address, safe=PATH_SAFE) + "/")


def find_address(folder: Path, page_id: str) -> str | None:
    """Where the site keeps a page: one line of its ``addresses.tsv``."""
    place = folder / ADDRESSES
    if not place.is_file():
        return None
    with place.open(encoding="utf-8") as lines:
        fields = (line.split("\t") for line in lines if not line.startswith("#"))
        return next((address for address, number, *_ in fields if number == page_id), None)


class StaticSite:
    """An ASGI application that gives the files of a folder, nothing else; ``prefix`` is the path before its root."""

    def __init__(self, folder: Path, prefix: str = "") -> None:
        self.folder = folder.resolve()
        self.prefix = prefix

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        path: str = scope["path"]
        if scope["method"] not in ("GET", "HEAD"):
            await _answer(send, 405, "This is an archive: it can only be read.")
            return
        place = self.find(path)
        if place is not None and place.is_dir() and not path.endswith("/"):
            await redirect(send, f"{self.prefix}{quote(path, safe=PATH_SAFE)}/")
            return
        if place is not None and place.is_dir():
            place = place / INDEX
        if place is None or not place.is_file():
            await _answer(send, 404, "The archive has no such page.")
            return
        await _send_file(send, place, is_head=scope["method"] == "HEAD")

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
    if place.suffix not in (".html", ".css"):
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


async def _answer(send: Send, status: int, words: str) -> None:
    body = words.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
