"""What an address of a wiki asks for: in MediaWiki's own forms, and in the file names that mirroring tools make.

Forms: https://www.mediawiki.org/wiki/Manual:Short_URL and Manual:Parameters_to_index.php. Mirrors: wget writes
``index.php?title=X`` as ``index.php@title=X`` (``--restrict-file-names=windows``) and adds ``.html``
(``--adjust-extension``), percent-encoding once more in links; the Wayback Machine puts ``/web/<time>id_/`` before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote, unquote_plus

from scraper.model import Timestamp

WAYBACK = re.compile(r"^(?:https?:)?(?://web\.archive\.org)?/?web/(\d{4,14})(?:[a-z]{2}_)?/(?=https?:|//|[\w.-]+/)")
SERVER = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//[^/?#]*")
# Small letters only: an article may be called Index.php.
SCRIPT = re.compile(
    r"(?:^|/)(?-i:index|wiki)\.(?:php[3-7]?|phtml)(?:\.html?)?(?=$|[?@/]|%3F|%40|[-_,;!+~](?:title|oldid|curid|diff)=)",
    re.IGNORECASE,
)
# A question mark, or what a mirroring tool writes in its place before the first parameter.
QUERY = re.compile(
    r"\?|%3F(?=[A-Za-z]+(?:=|%3D))|(?:@|%40)(?=[a-z]+=)|[-_,;!+~](?=(?:title|oldid|curid|diff)=)", re.IGNORECASE
)
ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
SAVED_AS = re.compile(r"\.html?$", re.IGNORECASE)
MOST_ESCAPES = 4  # percent-encodings laid over each other; mirrors of mirrors show three
MOST_DIGITS = 16  # of ids
USUAL_ARTICLE_PATHS = ("/wiki/$1", "/w/index.php/$1")
OTHER_SCRIPTS = re.compile(
    r"(?:^|/)(?:api|load|opensearch_desc|img_auth|thumb|rest|redirect|trackback)\.php", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AddressRules:
    """How this wiki writes addresses: article paths with ``$1``, and whether files named after titles are pages.

    ``is_mirror`` is for copies made of files: ``.html`` at the end of a name is then no part of a title.
    """

    article_paths: tuple[str, ...] = ()
    is_mirror: bool = False


@dataclass(frozen=True, slots=True)
class WikiAddress:
    """``title`` has spaces and is ``""`` where only ids are given. ``action`` is ``view`` unless the address says else.

    ``parameters`` holds everything but title, action and oldid, decoded. ``taken_at`` comes from a Wayback address.
    """

    title: str = ""
    action: str = "view"
    rev_id: int | None = None
    page_id: int | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    fragment: str = ""
    taken_at: Timestamp | None = None

    @property
    def is_page(self) -> bool:
        """Whether it shows a page as readers see it, current or old."""
        return self.action in ("view", "render", "purge") and not {"diff", "feed"} & self.parameters.keys()

    @property
    def is_diff(self) -> bool:
        return "diff" in self.parameters

    @property
    def is_missing(self) -> bool:
        """Whether the wiki marked the page as one that does not exist."""
        return self.parameters.get("redlink") == "1"


@lru_cache(50_000)
def read_address(url: str, rules: AddressRules | None = None) -> WikiAddress | None:
    """What the address asks of a wiki; ``None`` where it is no page of one (files, scripts, other sites' paths)."""
    rules = rules or AddressRules()
    taken_at, url = split_wayback(url)
    path, _, fragment = SERVER.sub("", url).replace("&amp;", "&").partition("#")
    if OTHER_SCRIPTS.search(path):
        return None
    path, query = _split_query(path)
    parameters = _parameters(query, rules.is_mirror)
    title = parameters.pop("title", "") or _title_in_path(path, rules)
    if not title and not {"oldid", "curid", "diff"} & parameters.keys():
        return None
    return WikiAddress(
        tidy(title),
        parameters.pop("action", "view").lower() or "view",
        number(parameters.pop("oldid", "") if "diff" not in parameters else ""),
        number(parameters.pop("curid", "")),
        parameters,
        decoded(fragment),
        taken_at,
    )


def split_wayback(url: str) -> tuple[Timestamp | None, str]:
    """When the Wayback Machine took an answer, and the address that it asked; others come back as they are."""
    found = WAYBACK.match(url)
    if not found:
        return None, url
    digits = found[1]
    taken_at = Timestamp.from_mediawiki(digits) if len(digits) == 14 else None
    return taken_at, url[found.end() :]


def decoded(text: str, plus: bool = False) -> str:
    """Percent-decoded until nothing is left to decode: no title can hold ``%`` and two hexadecimal digits."""
    text = (unquote_plus if plus else unquote)(text)
    for _ in range(MOST_ESCAPES):
        if not ESCAPED.search(text):
            break
        text = unquote(text)
    return text


def tidy(title: str) -> str:
    """A title as the wiki displays it: spaces instead of underscores, no colon in front."""
    return title.replace("_", " ").strip().removeprefix(":").strip()


def number(text: str) -> int | None:
    """A revision or page id; ``None`` for 0, words (``prev``, ``cur``) and nothing."""
    return int(text) or None if text.isdecimal() and text.isascii() and len(text) < MOST_DIGITS else None


def _split_query(path: str) -> tuple[str, str]:
    """Path and query, also where a mirror wrote both into one file name."""
    script = SCRIPT.search(path)
    found = QUERY.search(path, script.end() if script else 0)
    if not found:
        return path, ""
    query = path[found.end() :]
    if found[0] != "?":
        query = SAVED_AS.sub("", query)
    if found[0].startswith("%"):
        query = unquote(query)
    return path[: found.start()], query


def _parameters(query: str, is_mirror: bool) -> dict[str, str]:
    """Names and values. In a mirror's names a piece without ``=`` belongs to the value before: its ``%26`` decoded."""
    found: dict[str, str] = {}
    name = ""
    for pair in query.split("&"):
        if "=" in pair:
            name, _, value = pair.partition("=")
            name = decoded(name)
            found[name] = decoded(value, plus=True)
        elif name and is_mirror:
            found[name] += "&" + decoded(pair, plus=True)
    return found


def _title_in_path(path: str, rules: AddressRules) -> str:
    script = SCRIPT.search(path)
    name = path[script.end() :].lstrip("/") if script else _named_by(path, rules)
    if rules.is_mirror:
        name = SAVED_AS.sub("", name.removesuffix("/index.html"))
    return decoded(name)


def _named_by(path: str, rules: AddressRules) -> str:
    for article_path in (*rules.article_paths, *USUAL_ARTICLE_PATHS):
        before, sign, after = SERVER.sub("", article_path).partition("$1")
        if sign and "?" not in before and path.startswith(before) and path.endswith(after):
            return path[len(before) : len(path) - len(after) or None]
    return ""
