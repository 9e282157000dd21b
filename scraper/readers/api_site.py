"""meta=siteinfo and meta=allmessages: the wiki itself, its namespaces, interwiki prefixes and messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from scraper.model import Interwiki, Message, Namespace, Site, Via
from scraper.readers.answers import Answer
from scraper.readers.reading import Reading


def read_siteinfo(answer: Answer, api_url: str) -> Reading:
    """Site, namespaces and interwiki prefixes. ``api_url`` is where the answer came from."""
    query = answer.query
    return Reading((_site(query, api_url), *_namespaces(query), *_interwiki(query)))


def read_messages(answer: Answer) -> Reading:
    """Messages with their text; those that the wiki does not know are left out."""
    found = answer.query.get("allmessages", ())
    return Reading.of(
        Message(item["name"], item["content"]) for item in found if "content" in item and not item.get("missing")
    )


def statistics(answer: Answer) -> Mapping[str, int]:
    """The wiki's own counts: pages, articles, edits, images, users, …"""
    found = answer.query.get("statistics", {})
    return {key: value for key, value in found.items() if isinstance(value, int)}


def _site(query: Mapping[str, Any], api_url: str) -> Site:
    general, rights = query["general"], query.get("rightsinfo", {})
    server = _absolute(general.get("server", ""), api_url)
    script = str(general.get("script", ""))
    return Site(
        name=str(general.get("sitename", "")),
        base_url=_absolute(general.get("base", ""), api_url),
        generator=str(general.get("generator", "")),
        language=str(general.get("lang", "")),
        main_page=str(general.get("mainpage", "")),
        server=server,
        article_path=str(general.get("articlepath") or _article_path(general)),
        script_path=str(general.get("scriptpath", "")),
        case=str(general.get("case", "first-letter")),
        timezone=str(general.get("timezone", "UTC")),
        license_name=str(rights.get("text") or general.get("rights", "")),
        license_url=str(rights.get("url", "")),
        siteinfo=query,
        via=Via.API,
        api_url=api_url,
        index_url=_index(script, api_url),
    )


def _article_path(general: Mapping[str, Any]) -> str:
    """Before 1.16 only the main page's address tells it."""
    address = urlsplit(str(general.get("base", "")))
    path = f"{address.path}?{address.query}" if address.query else address.path
    name = quote(str(general.get("mainpage", "")).replace(" ", "_"), safe="/:")
    return path.replace(name, "$1") if name and name in path else ""


def _index(script: str, api_url: str) -> str:
    """The address of index.php beside the API that answered: what the wiki believes of its host may be wrong."""
    parts = urlsplit(api_url)
    path = script if script.endswith((".php", ".php5")) else parts.path.replace("api.php", "index.php")
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _absolute(address: str, api_url: str) -> str:
    """Servers may be told without scheme (``//host``)."""
    return urljoin(api_url, address) if address else "{0.scheme}://{0.netloc}".format(urlsplit(api_url))


def _namespaces(query: Mapping[str, Any]) -> Iterator[Namespace]:
    aliases: dict[int, list[str]] = defaultdict(list)
    for item in query.get("namespacealiases", ()):
        aliases[item["id"]].append(item["alias"])
    for item in query.get("namespaces", {}).values():
        yield Namespace(
            namespace_id=item["id"],
            name=item.get("name", ""),
            canonical=item.get("canonical", ""),
            case=item.get("case", "first-letter"),
            is_content=bool(item.get("content")),
            has_subpages=bool(item.get("subpages")),
            aliases=tuple(sorted(aliases[item["id"]])),
        )


def _interwiki(query: Mapping[str, Any]) -> Iterator[Interwiki]:
    for item in query.get("interwikimap", ()):
        yield Interwiki(item["prefix"], item["url"], item.get("language"), bool(item.get("local")))
