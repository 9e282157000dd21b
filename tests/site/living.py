"""The addresses to which a living wiki's own pages lead: what its archive has to answer."""

from __future__ import annotations

import re
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urljoin, urlsplit

from lxml import etree, html

from tests.lab.wiki import RealWiki

LINKS = ("//a/@href", "//img/@src", "//form/@action", "//link[@rel='alternate']/@href")
# What a browser sends as it stands.
SENT = "!#$%&'()*+,/:;=?@[]~"
# What belongs to MediaWiki, not to the wiki.
SOFTWARE = re.compile(r"/(?:resources|skins|extensions)/|/COPYING$|/CREDITS$|/load\.php$")
# Of a long history so many versions are looked at.
VERSIONS_OF_A_PAGE = 30


def linked_addresses(wiki: RealWiki) -> dict[str, str]:
    """Every address on the wiki's own host that one of its pages links to → the first page that does.

    Looked at are all pages, histories, what is told of each page, versions and what they changed, and special pages.
    """
    found: dict[str, str] = {}
    with ThreadPoolExecutor(2) as pool:
        for address, links in pool.map(lambda address: (address, _links(wiki.url, address)), _looked_at(wiki)):
            for link in links:
                found.setdefault(link, address)
    return found


def _looked_at(wiki: RealWiki) -> Iterator[str]:
    script = f"{wiki.character.layout.script_path}/index.php"
    for title in titles(wiki):
        place = f"{script}?title={encoded(title)}"
        yield from (place, f"{place}&action=history", f"{place}&action=info", f"{place}&redirect=no")
    for rev_id in _versions(wiki):
        yield from (f"{script}?oldid={rev_id}", f"{script}?oldid={rev_id}&diff=prev")
    special = f"{script}?title=Special:SpecialPages"
    yield special
    # The way out would end the session of a visitor who is logged in; there is none here.
    yield from (link for link in _links(wiki.url, special) if ":" in link)


def titles(wiki: RealWiki) -> list[str]:
    """The full title of every page, as the wiki writes it."""
    api = wiki.api()
    namespaces = api.get("query", meta="siteinfo", siprop="namespaces")["query"]["namespaces"]
    return [
        page["title"]
        for number in namespaces
        if int(number) >= 0
        for answer in api.pages(list="allpages", aplimit="max", apnamespace=number)
        for page in answer["allpages"]
    ]


def encoded(title: str) -> str:
    """As MediaWiki writes it in addresses (wfUrlencode)."""
    return quote(title.replace(" ", "_"), safe=";@$!*(),/~:")


def _versions(wiki: RealWiki) -> list[int]:
    with sqlite3.connect(f"file:{wiki.database}?mode=ro", uri=True) as database:
        query = (
            "SELECT rev_id FROM (SELECT rev_id, row_number() OVER (PARTITION BY rev_page ORDER BY rev_id) AS number"
            " FROM revision) WHERE number <= ?"
        )
        return [rev_id for (rev_id,) in database.execute(query, (VERSIONS_OF_A_PAGE,))]


def _links(base: str, address: str) -> list[str]:
    try:
        with urllib.request.urlopen(base + address, timeout=60) as answer:
            body, url = answer.read(), answer.url
    except urllib.error.HTTPError as error:
        body, url = error.read(), base + address
    except urllib.error.URLError:  # a special page that leads to another host
        return []
    try:
        root = html.fromstring(body)
    except etree.ParserError:
        return []
    return list(dict.fromkeys(_own(base, url, (str(link) for path in LINKS for link in root.xpath(path)))))


def _own(base: str, url: str, links: Iterable[str]) -> Iterator[str]:
    for link in links:
        try:
            target = urlsplit(urljoin(url, link.strip()))
        except ValueError:
            continue
        is_own = f"{target.scheme}://{target.netloc}" == base
        if is_own and not SOFTWARE.search(target.path):
            yield quote(target.path + (f"?{target.query}" if target.query else ""), safe=SENT)
