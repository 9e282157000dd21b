"""Where the words of a link lead: a page of this wiki, a place on this page, or another wiki."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import quote

from converters.wikitext.anchors import anchor, legacy_anchor
from converters.wikitext.entities import decode
from converters.wikitext.specialpages import SPECIAL, local_name
from converters.wikitext.state import Page
from scraper.model import Interwiki, Title
from scraper.titles import IllegalTitle

# $wgNamespacesWithSubpages of MediaWiki 1.39, besides all talk pages: user, project, MediaWiki, template, help.
WITH_SUBPAGES = frozenset({2, 4, 8, 10, 12})
# In no title, not even of another wiki.
FORBIDDEN = re.compile(r"[\[\]{}<>|\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Target:
    """``title`` is of this wiki; without it and without ``interwiki`` the link stays on the page.

    ``prefix`` and ``name`` are what another wiki's address is made of; ``fragment`` is ``None`` where there is no
    ``#``. ``is_forced``: a colon stands first. ``is_local_interwiki``: a prefix that led back to this wiki.
    """

    title: Title | None = None
    interwiki: Interwiki | None = None
    prefix: str = ""
    name: str = ""
    fragment: str | None = None
    is_forced: bool = False
    is_local_interwiki: bool = False


def find_target(written: str, page: Page) -> Target | None:
    """The target of a link; ``None`` where MediaWiki would make no link of it."""
    words = normalize("NFC", decode(written)).replace("_", " ").strip()
    name, sign, fragment = words.partition("#")
    if name.startswith("::"):
        return None
    is_forced = name.startswith(":")
    prefix, other, rest = _interwiki(name.removeprefix(":").strip(), page)
    is_local = other is not None and is_local_wiki(other, page)
    if is_local:
        prefix, other, rest = _interwiki(rest, page)
        # A place without a page stays on this one.
        rest = rest or ("" if sign else page.wiki.site.main_page)
    marks = (fragment.rstrip() if sign else None, is_forced, is_local)
    if other is not None:
        if FORBIDDEN.search(rest):
            return None
        return Target(None, other, prefix, rest.strip(" _"), *marks)
    if not (rest if is_local else name) and sign:
        return Target(None, None, "", "", *marks)
    try:
        return Target(page.wiki.titles.parse(rest if is_local else name), None, "", "", *marks)
    except IllegalTitle:
        return None


def other_wiki_address(name: str, fragment: str | None, other: Interwiki) -> str:
    """The address of a page of another wiki."""
    address = quote(name.replace(" ", "_"), safe="/:;@$!*(),~")
    # Wikis of one family write anchors as this one does.
    written = (anchor if other.is_local else legacy_anchor)(fragment or "")
    return other.url.replace("$1", address) + (f"#{written}" if written else "")


def is_local_wiki(other: Interwiki, page: Page) -> bool:
    """Whether an interwiki prefix leads to the wiki itself ($wgLocalInterwikis)."""
    site = page.wiki.site
    return other.url == site.server + site.article_path


def subpage(written: str, label: str | None, page: Page) -> tuple[str, str | None]:
    """Target and label of a link, with ``/child`` and ``../sibling`` made whole (Linker::normalizeSubpageLink)."""
    if written[:1] not in ("/", ".") or not has_subpages(page, page.title.namespace_id):
        return written, label
    name, sign, fragment = written.partition("#")
    name, suffix = name.strip(), sign + fragment
    if name.startswith("/"):
        # Slashes at the end are not shown, and then the first is not either.
        child = name[1:].rstrip("/") if name.endswith("/") else name[1:]
        shown = child if name.endswith("/") else name
        return f"{page.title.full}/{child.strip()}{suffix}", label or shown + suffix
    return _upwards(name, suffix, label, page) or (written, label)


def _upwards(name: str, suffix: str, label: str | None, page: Page) -> tuple[str, str | None] | None:
    """``../`` as often as it stands there, but never above the top page."""
    count = 0
    while name.startswith("../"):
        count, name = count + 1, name[3:]
    parts = page.title.full.split("/")
    if not 0 < count < len(parts):
        return None
    child = name.rstrip("/")
    if child != name:
        label = label or child + suffix
    return "/".join([*parts[:-count], *([child.strip()] if child else [])]) + suffix, label


def has_subpages(page: Page, number: int) -> bool:
    """Whether pages of a namespace have subpages in the wiki."""
    told = (page.wiki.siteinfo.get("namespaces") or {}).get(str(number))
    if told is not None:
        return told.get("subpages", False) is not False
    return number % 2 == 1 or number in WITH_SUBPAGES


def interwiki_of(name: str, page: Page) -> Interwiki | None:
    """The other wiki that the prefix of a name leads to."""
    return _interwiki(name, page)[1]


def _interwiki(name: str, page: Page) -> tuple[str, Interwiki | None, str]:
    prefix, colon, rest = name.partition(":")
    if not colon or not prefix or is_namespace(prefix, page):
        return "", None, name
    other = page.wiki.interwiki(prefix)
    return (prefix.strip().lower(), other, rest.strip()) if other is not None else ("", None, name)


def is_namespace(prefix: str, page: Page) -> bool:
    """Whether the word before a colon names a namespace of the wiki."""
    try:
        return page.wiki.titles.parse(prefix + ":x").namespace_id != 0
    except IllegalTitle:
        return False


def special_page(canonical: str, page: Page) -> str:
    """A special page's title in the wiki's language, by MediaWiki's own name of it in lower case."""
    namespace = page.wiki.titles.namespaces.get(SPECIAL)
    return f"{namespace.name if namespace else 'Special'}:{local_name(canonical, page.wiki)}"


def find_spelling(title: Title, page: Page) -> Title:
    """The title, or where there is no such page one that another variant of the language writes so."""
    if page.converter is None or title.namespace_id < 0 or page.lookups.exists(title):
        return title
    names = page.converter.spellings(title.name)
    others = [page.wiki.titles.make(title.namespace_id, name) for name in names]
    return next((other for other in others if other == page.title or page.lookups.exists(other)), title)
