"""``sitemap.xml``: where every page is, for those who index the web (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from xml.sax.saxutils import escape

from converters.links import Addresses

# As many addresses may stand in one file.
MOST = 50_000
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemaps(absolute: Callable[[str], str | None], addresses: Addresses) -> Iterator[tuple[str, bytes]]:
    """Path and content of each file; none where nobody knows at which address the site will stand.

    ``absolute`` gives the whole address of a path below the site.
    """
    places = (absolute(f"{address}/") for page_id, _, address in addresses if page_id is not None)
    known = (place for place in places if place is not None)
    names: list[str] = []
    while part := list(islice(known, MOST)):
        names.append(f"archive/sitemap-{len(names) + 1}.xml")
        yield names[-1], _listed("urlset", "url", part)
    if names:
        yield "sitemap.xml", _listed("sitemapindex", "sitemap", (absolute(name) or "" for name in names))


def _listed(whole: str, part: str, places: Iterable[str]) -> bytes:
    lines = "".join(f"<{part}><loc>{escape(place)}</loc></{part}>\n" for place in places)
    return f"{HEAD}<{whole} {SPACE}>\n{lines}</{whole}>\n".encode()
