"""What addresses the wiki answered besides those that are files of the site.

MediaWiki's own: https://www.mediawiki.org/wiki/Manual:Parameters_to_index.php. A page's ``title`` may come with any
other parameter; how it is to be shown (``printable``, ``uselang``, ``useskin``) is of no matter here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import quote, urlsplit

from converters.exporters.site.options import History, SiteOptions
from converters.exporters.site.servers.encodings import old_bytes
from converters.exporters.site.servers.sent import target
from converters.exporters.site.servers.special import names_by_target
from converters.links import ABOUT, HISTORY, MAX_SEGMENT_BYTES, MEDIA, SPECIAL_PAGES, Addresses
from scraper.model import Namespace, Site

# What can no longer be done, and versions that the owner of the site left out.
GONE, LEFT_OUT = f"/{ABOUT}/gone/", f"/{ABOUT}/versions/"
MEDIA_ITSELF, SPECIAL, FILE = -2, -1, 6
SCRIPT = re.compile(r"(/[^?]*?\.php)5?(?=[?/])")
# What a wiki says of itself goes into the words of a server: nothing but plain paths and names.
PLAIN_PATH = re.compile(r"(?:/[\w.~-]+)+", re.ASCII)
PLAIN_HOST = re.compile(r"[a-z0-9.-]+|[0-9a-f:]+")
PLAIN_URL = re.compile(r"https?://[\w.-]+(?::\d+)?/[\w./?=&+~-]*", re.ASCII)
# Where index.php is looked for when the wiki does not say.
USUAL_SCRIPTS = ("/w/index.php", "/index.php")
# What people did to a page: nothing of it is left. Every other action shows the page in some way.
GONE_ACTIONS = (
    "edit", "submit", "delete", "protect", "unprotect", "watch", "unwatch", "rollback", "revert",
    "markpatrolled", "mcrundo", "mcrrestore", "editchangetags", "revisiondelete", "formedit",
)  # fmt: skip
# A wiki with as many interwiki prefixes has copied a list of the world's wikis.
MOST_INTERWIKIS = 200
# No language has so many; what a wiki says becomes a rule each.
MOST_VARIANTS = 50
# Titles with a colon that begin with no namespace, by what stands before it; each costs a rule.
MOST_STRANGERS = 200
# With marks, as Vietnamese has them; each costs a rule.
MOST_LETTERS = 300
# Whose names are no names for folders; each costs a rule.
MOST_PEOPLE = 300


@dataclass(frozen=True, slots=True)
class OldAddresses:
    """Paths begin with ``/``, at the folder of the site, and hold the characters themselves.

    ``scripts``: where index.php was. ``variants``: other folders with all pages, each in another script or spelling.
    ``pages``: what stands before a title, such as ``/wiki/``. ``namespaces``: the name that the site has → all others.
    ``special_pages``: where they lead → their names (``special_pages.tsv``). ``lists``: names in MediaWiki's code →
    where the site has them, ``parts``: → what is below. ``moved``: titles → the folders in which they stand, below
    ``pages`` and its like; ``beside``: those of them that are another page's title but for slashes at their end.
    ``people``: names of users → the folders of what they wrote. ``letters``: small first letters → large ones;
    ``sensitive``: the namespaces in which they may be small, ``""`` for pages that stand in none. ``strangers``: what
    stands before the colon of titles and is no namespace. ``composed``: letters in two characters → in one. ``strays``:
    bytes of an older encoding → letters. ``interwikis``: prefix → the address before a title. ``uploads``: folders with
    files of the wiki at their old places. ``base``: the folder of the host in which the site stands, ``""`` for its
    root.
    """

    host: str
    scripts: tuple[str, ...]
    variants: tuple[str, ...]
    pages: str
    namespaces: Mapping[str, tuple[str, ...]]
    special_prefixes: tuple[str, ...]
    special_pages: Mapping[str, tuple[str, ...]]
    lists: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    moved: Mapping[str, str]
    beside: frozenset[str]
    people: Mapping[str, str]
    letters: Mapping[str, str]
    sensitive: tuple[str, ...]
    strangers: tuple[str, ...]
    composed: Mapping[str, str]
    strays: Mapping[int, str]
    interwikis: Mapping[str, str]
    uploads: tuple[str, ...]
    file_prefix: str
    main_page: str
    history: History
    base: str
    is_portable: bool

    @property
    def described(self) -> str:
        """What stands before a file's name where its page is, as a redirect sends it."""
        return target(f"{self.pages}{self.file_prefix}:")

    @property
    def media(self) -> str:
        """What stands before a file's name where the way to its bytes begins."""
        return target(f"/{MEDIA}/{self.file_prefix}:")

    def with_uploads(self, folders: Iterable[str]) -> OldAddresses:
        """The same with folders of the wiki's own host in which its files were."""
        return replace(self, uploads=tuple(sorted({folder for folder in folders if PLAIN_PATH.fullmatch(folder)})))

    def history_of(self, title: str) -> str:
        """Where the versions of a page are listed, or where it says that they are not."""
        return f"{LEFT_OUT}?title={title}" if self.history is History.NONE else f"/{HISTORY}/{title}/"

    def out_of_the_way(self) -> Iterator[tuple[str, str]]:
        """Titles that have to be found before any rule looks at them as a path, and their folders.

        No path may hold some (:func:`is_refused`); to what ends in a slash, beside a page without it, a path leads
        where that other page stands.
        """
        return ((title, name) for title, name in self.moved.items() if is_refused(title) or title in self.beside)


def old_addresses(
    site: Site, namespaces: Iterable[Namespace], addresses: Addresses, people: Iterable[str], options: SiteOptions
) -> OldAddresses:
    """Of one wiki, its uploads left out; ``people`` are the names of all who wrote."""
    known = {namespace.namespace_id: namespace for namespace in namespaces}
    special = known.get(SPECIAL, Namespace(SPECIAL, "Special", "Special"))
    moved = dict(sorted(addresses.moved(), key=_longest_first))
    return OldAddresses(
        host=_host(options.base_url or site.server),
        scripts=tuple(dict.fromkeys(script for script in _scripts(site) if PLAIN_PATH.fullmatch(script))),
        variants=tuple(path for path in islice(_variants(site), MOST_VARIANTS) if PLAIN_PATH.fullmatch(path)),
        pages="".join(f"/{segment}" for segment in addresses.layout.prefix) + "/",
        namespaces=dict(_names(known)),
        special_prefixes=tuple(dict.fromkeys((special.name, *_other_names(special), "Special"))),
        special_pages=names_by_target(site),
        lists={name: f"/{addresses.of_special(name)}/" for name in SPECIAL_PAGES},
        parts={name: tuple(addresses.parts_of(name)) for name in SPECIAL_PAGES},
        moved=moved,
        people=dict(islice(addresses.moved_people(people), MOST_PEOPLE)),
        beside=frozenset(title for title in moved if _is_beside(title, addresses)),
        letters=dict(addresses.first_letters()),
        sensitive=tuple(_sensitive(site, known.values())),
        strangers=tuple(islice(_strangers(addresses, known.values()), MOST_STRANGERS)),
        composed=dict(islice(addresses.composed_letters(), MOST_LETTERS)),
        strays=old_bytes(site, addresses.letters()),
        interwikis=dict(_interwikis(site, known.values())),
        uploads=(),
        file_prefix=spaced(known[FILE].name if FILE in known else "File"),
        main_page=f"/{addresses.of_title(site.main_page) or addresses.of_special('Allpages')}/",
        history=options.history,
        base=_base(options.base_url),
        is_portable=options.is_portable,
    )


def is_refused(title: str) -> bool:
    """Whether a title cannot be asked for as a path.

    A slash in front is the way to another host, and dropped; of a name too long for a file Apache tells that before it
    looks at any rule.
    """
    return title.startswith(("/", "\\")) or len(title.encode()) > MAX_SEGMENT_BYTES


def _is_beside(title: str, addresses: Addresses) -> bool:
    other = title.rstrip("/")
    return other not in ("", title) and addresses.of_title(other) is not None


def _longest_first(moved: tuple[str, str]) -> tuple[int, str]:
    """``A//`` is asked for before ``A/``, which a server may take for it with a slash at its end."""
    return -len(moved[0]), moved[0]


def spaced(name: str) -> str:
    """As names stand in addresses."""
    return name.replace(" ", "_")


def _host(server: str) -> str:
    """Empty when it is no name of a host."""
    try:
        host = urlsplit(server if "//" in server else f"//{server}").hostname or ""
    except ValueError:
        return ""
    return host if PLAIN_HOST.fullmatch(host) else ""


def _base(url: str) -> str:
    """The folder below the root of the host, ``""`` for the root."""
    path = urlsplit(url).path.rstrip("/")
    return path if PLAIN_PATH.fullmatch(path) else ""


def _scripts(site: Site) -> Iterator[str]:
    if site.script_path or site.index_url:
        yield f"{site.script_path.rstrip('/')}/index.php"
    if site.index_url:
        yield urlsplit(site.index_url).path.removesuffix("5")
    if found := SCRIPT.match(site.article_path):
        yield found[1]
    yield from USUAL_SCRIPTS


def _variants(site: Site) -> Iterator[str]:
    """Of Chinese, Serbian and their like: https://www.mediawiki.org/wiki/Manual:$wgVariantArticlePath."""
    general = site.siteinfo.get("general") or {}
    path = str(general.get("variantarticlepath") or "")
    if path.endswith("/$1") and "$2" in path:
        yield from (path.removesuffix("/$1").replace("$2", str(one["code"])) for one in general.get("variants") or ())


def _names(known: Mapping[int, Namespace]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Of each namespace with pages its name, and all others; asked for a file itself, the wiki showed its page."""
    for number, one in known.items():
        if one.name and number not in (MEDIA_ITSELF, SPECIAL):
            media = known.get(MEDIA_ITSELF) if number == FILE else None
            yield spaced(one.name), (*_other_names(one), *((spaced(media.name), *_other_names(media)) if media else ()))


def _other_names(namespace: Namespace) -> tuple[str, ...]:
    names = dict.fromkeys(spaced(name) for name in (namespace.canonical, *namespace.aliases) if name)
    return tuple(name for name in names if name != spaced(namespace.name))


def _sensitive(site: Site, namespaces: Iterable[Namespace]) -> Iterator[str]:
    if site.case == "case-sensitive":
        yield ""
    yield from (spaced(one.name) for one in namespaces if one.name and one.case == "case-sensitive")


def _strangers(addresses: Addresses, namespaces: Iterable[Namespace]) -> Iterator[str]:
    known = _all_names(namespaces)
    return (name for name in addresses.before_colons() if spaced(name).casefold() not in known)


def _all_names(namespaces: Iterable[Namespace]) -> frozenset[str]:
    return frozenset(spaced(name).casefold() for one in namespaces for name in (one.name, *_other_names(one)))


def _interwikis(site: Site, namespaces: Iterable[Namespace]) -> Iterator[tuple[str, str]]:
    """Those to which MediaWiki sends a reader on (``iw_local``); the wiki's own prefix is one.

    A namespace of the same name comes first, as in MediaWikiTitleCodec::splitTitleString.
    """
    known = _all_names(namespaces)
    local = [entry for entry in site.siteinfo.get("interwikimap") or () if entry.get("local")]
    for entry in local[:MOST_INTERWIKIS]:
        if str(entry["prefix"]).casefold() in known:
            continue
        before, sign, after = str(entry["url"]).partition("$1")
        url = f"https:{before}" if before.startswith("//") else before
        if sign and not after and PLAIN_URL.fullmatch(quote(url, safe="/:?=&+~%")):
            yield str(entry["prefix"]), url
