"""Links: inside the wiki, to the web, to other wikis."""

from __future__ import annotations

from urllib.parse import urlsplit

from converters.document import LinkKind
from converters.document.vocabulary import MEDIA
from converters.records.outline import Outline, Place
from converters.records.record import Extractor, Reading, Row, Rows, Table, namespace_of

LINKS = Table("links", "link_id", ("section_id", "target_title", "target_namespace_id", "target_fragment", "text"))
EXTERNAL_LINKS = Table("external_links", "external_link_id", ("section_id", "url", "domain", "text"))
INTERWIKI_LINKS = Table("interwiki_links", "interwiki_link_id", ("section_id", "prefix", "title", "url", "text"))
LANGUAGE_LINKS = Table("language_links", "language_link_id", ("prefix", "title", "url"), has_section=False)
ANCHORS = frozenset({"a"})


def extract(page: Reading) -> Rows:
    """Links around a picture of the wiki that lead to the picture's own page are uses of the file, not links."""
    internal: list[Row] = []
    external: list[Row] = []
    interwiki: list[Row] = []
    for place in page.outline.of(ANCHORS):
        kind = place.element.get("data-link")
        if kind == LinkKind.EXTERNAL:
            external.append(_external(page.outline, place))
        elif kind in (LinkKind.INTERWIKI, LinkKind.LANGUAGE):
            interwiki.append(_interwiki(page.outline, place))
        elif kind == LinkKind.ANCHOR:
            internal += _anchor(page, place)
        elif kind and not _shows_its_target(place):
            internal.append(_internal(page, place))
    languages = [(link.prefix, link.title, link.url) for link in page.document.language_links]
    return {
        "links": internal,
        "external_links": external,
        "interwiki_links": interwiki,
        "language_links": languages,
    }


def domain_of(url: str) -> str:
    """The host in lower case without ``www.``; of a mail address what stands after the ``@``."""
    if url.startswith("mailto:"):
        return url.partition("?")[0].rpartition("@")[2].lower()
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _internal(page: Reading, place: Place) -> Row:
    link = place.element
    title, fragment = link.get("data-title", ""), link.get("data-fragment", "")
    return place.section, title, namespace_of(title, page.wiki.titles), fragment, page.outline.text(place)


def _anchor(page: Reading, place: Place) -> list[Row]:
    """Nothing for the marks of references and the ways back from them."""
    fragment = place.element.get("href", "")[1:]
    if not fragment or fragment.startswith(("cite_note", "cite_ref")):
        return []
    title = page.document.title
    namespace_id = title.namespace_id if title.namespace_id in page.wiki.titles.namespaces else None
    return [(place.section, title.full, namespace_id, fragment, page.outline.text(place))]


def _external(outline: Outline, place: Place) -> Row:
    url = place.element.get("href", "")
    return place.section, url, domain_of(url), outline.text(place)


def _interwiki(outline: Outline, place: Place) -> Row:
    link = place.element
    prefix, _, title = link.get("data-title", "").partition(":")
    return place.section, prefix, title, link.get("href", ""), outline.text(place)


def _shows_its_target(place: Place) -> bool:
    return place.element.get("data-link") == LinkKind.FILE and any(child.name in MEDIA for child in place.children)


EXTRACTOR = Extractor(
    "Links: inside the wiki, to the web, to other wikis and languages",
    1,
    (LINKS, EXTERNAL_LINKS, INTERWIKI_LINKS, LANGUAGE_LINKS),
    extract,
)
