"""What addresses the wiki answered besides those that are files of the site.

MediaWiki's own: https://www.mediawiki.org/wiki/Manual:Parameters_to_index.php. A page's ``title`` may come with any
other parameter; how it is to be shown (``printable``, ``uselang``, ``useskin``) is of no matter here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from converters.exporters.site.options import History
from converters.links import ABOUT, CONTRIBUTIONS, HISTORY, INFO, Addresses, special_titles_of
from scraper.model import Namespace, Site

GONE = f"/{ABOUT}/gone/"
SPECIAL = -1
# Names of namespaces are words; another one could mean something to a server.
PLAIN_NAME = re.compile(r"[\w '’.-]+")
SCRIPT = re.compile(r"/[^?]*?\.php5?(?=[?/])")
# Name in MediaWiki's code, in English addresses, and where the site has it.
SPECIAL_PAGES_WITH_SUBPAGES = (
    ("Contributions", "Contributions", f"/{CONTRIBUTIONS}/"),
    ("Whatlinkshere", "WhatLinksHere", f"/{INFO}/"),
)
# What a wiki says of itself goes into the words of a server: nothing but plain paths and names.
PLAIN_PATH = re.compile(r"(?:/[\w.~-]+)+")
PLAIN_HOST = re.compile(r"[a-z0-9.-]+|[0-9a-f:]+")
# What may stand in the path of a redirect as it is; "$" would begin a variable in some servers' words.
PATH_SAFE = "/:!'()*,;@-._~&=+"
# Where index.php is looked for when the wiki does not say.
USUAL_SCRIPTS = ("/w/index.php", "/index.php")
# What people did to a page: nothing of it is left. Every other action shows the page in some way.
GONE_ACTIONS = (
    "edit", "submit", "delete", "protect", "unprotect", "watch", "unwatch", "purge", "rollback", "revert",
    "markpatrolled", "mcrundo", "mcrrestore", "editchangetags", "revisiondelete", "formedit",
)  # fmt: skip
# The same as special pages: MediaWiki's English names.
GONE_SPECIAL_PAGES = ("UserLogin", "CreateAccount", "UserLogout", "Upload", "Preferences", "Watchlist", "MovePage")


@dataclass(frozen=True, slots=True)
class OldAddresses:
    """Paths begin with ``/`` and hold the characters themselves.

    ``scripts``: where index.php was. ``pages``: what stands before a title, such as ``/wiki/``. ``namespaces``: other
    names of namespaces → the name that the site has, ``""`` for pages without prefix. ``aliases``: paths without
    slash at the end → where the site has what stood there. ``subpages``: titles of special pages → the path
    below which the site has what followed their slash. ``uploads``: folders in which files were.
    """

    host: str
    scripts: tuple[str, ...]
    pages: str
    namespaces: Mapping[str, str]
    aliases: Mapping[str, str]
    subpages: Mapping[str, str]
    uploads: tuple[str, ...]
    main_page: str
    history: History


def old_addresses(
    site: Site, namespaces: Iterable[Namespace], addresses: Addresses, uploads: Iterable[str], history: History
) -> OldAddresses:
    """Of one wiki; ``uploads`` are folders on its own host."""
    known = list(namespaces)
    pages = "".join(f"/{segment}" for segment in addresses.layout.prefix) + "/"
    return OldAddresses(
        host=_host(site.server),
        scripts=tuple(dict.fromkeys(script for script in _scripts(site) if PLAIN_PATH.fullmatch(script))),
        pages=pages,
        namespaces=dict(_other_names(known)),
        # A name with line breaks could speak to the server.
        aliases={
            place: path
            for place, path in _aliases(addresses, known, pages)
            if path != f"{place}/" and place.isprintable()
        },
        subpages={
            title: path
            for name, english, path in SPECIAL_PAGES_WITH_SUBPAGES
            for title in special_titles_of(site, name, english)
            if PLAIN_NAME.fullmatch(title.replace(":", " "))
        },
        uploads=tuple(sorted({folder for folder in uploads if PLAIN_PATH.fullmatch(folder)})),
        main_page=f"/{addresses.of_title(site.main_page) or addresses.of_special('Allpages')}/",
        history=history,
    )


def _host(server: str) -> str:
    """Empty when it is no name of a host."""
    try:
        host = urlsplit(server if "//" in server else f"//{server}").hostname or ""
    except ValueError:
        return ""
    return host if PLAIN_HOST.fullmatch(host) else ""


def _scripts(site: Site) -> Iterator[str]:
    if site.script_path or site.index_url:
        yield f"{site.script_path.rstrip('/')}/index.php"
    if site.index_url:
        yield urlsplit(site.index_url).path
    if found := SCRIPT.match(site.article_path):
        yield found[0]
    yield from USUAL_SCRIPTS


def _other_names(namespaces: Iterable[Namespace]) -> Iterator[tuple[str, str]]:
    for namespace in namespaces:
        for name in (namespace.canonical, *namespace.aliases):
            is_plain = PLAIN_NAME.fullmatch(name) and PLAIN_NAME.fullmatch(namespace.name or "-")
            if is_plain and name != namespace.name and namespace.namespace_id != SPECIAL:
                yield name.replace(" ", "_"), namespace.name.replace(" ", "_")


def _aliases(addresses: Addresses, namespaces: Iterable[Namespace], pages: str) -> Iterator[tuple[str, str]]:
    special = next((n for n in namespaces if n.namespace_id == SPECIAL), Namespace(SPECIAL, "Special", "Special"))
    prefixes = dict.fromkeys((special.name, special.canonical, *special.aliases))
    for prefix in prefixes:
        yield from ((f"{pages}{prefix}:{name}", GONE) for name in GONE_SPECIAL_PAGES)
    for title, address in addresses.special_titles():
        yield pages + title.replace(" ", "_"), f"/{address}/"
    for title, address in addresses.moved():
        name = title.replace(" ", "_")
        yield pages + name, f"/{address}/"
        yield f"/{HISTORY}/{name}", f"/{addresses.history_of(address)}/"
