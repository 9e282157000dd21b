"""Pages of invented wikis, as small as their readers allow."""

from __future__ import annotations

import json

from scraper.model import Capture, Fact, RevisionMention, Timestamp, Via
from scraper.readers.html import Known, PageReading, read_page

TAKEN_AT = Timestamp("2020-02-02T12:00:00Z")
IN_UTC = Known(offset=0)


def page(content: str, title: str = "Compost", version: str = "1.27.1", **variables: object) -> bytes:
    """A page with MediaWiki's marks of recognition around ``content``."""
    told = {"wgPageName": title.replace(" ", "_"), "wgNamespaceNumber": 0, "wgUserLanguage": "en"} | variables
    script = ",".join(f'"{name}":{_written(value)}' for name, value in told.items())
    return (
        f'<html><head><meta name="generator" content="MediaWiki {version}">'
        f"<script>mw.config.set({{{script}}});</script></head>"
        f'<body class="mediawiki"><div id="mw-content-text">{content}</div></body></html>'
    ).encode()


def capture(body: bytes | str, url: str = "https://wiki.example/index.php", **headers: str) -> Capture:
    """An answer of the wiki."""
    content = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Capture(url, 200, named, content, TAKEN_AT, Via.HTML)


def read(
    content: str, known: Known = IN_UTC, url: str = "https://wiki.example/index.php", **told: object
) -> PageReading:
    """What a page with that content tells."""
    return read_page(capture(page(content, **told), url), known)


def facts(content: str, **told: object) -> tuple[Fact, ...]:
    return read(content, **told).reading.facts


def mentions(content: str, **told: object) -> list[RevisionMention]:
    """The revisions that it mentions."""
    return [fact for fact in facts(content, **told) if isinstance(fact, RevisionMention)]


def _written(value: object) -> str:
    return json.dumps(value) if isinstance(value, int | list) else f'"{value}"'
