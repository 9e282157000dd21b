"""Links: from MediaWiki's addresses and classes to what they mean."""

from __future__ import annotations

from converters.document.tree import Element, classes, set_classes
from converters.document.vocabulary import TITLED, LinkKind
from converters.document.wiki import Wiki
from converters.rendered.addresses import Address, Addresses

# Said better by data-link and data-missing.
SAID = frozenset({
    "new", "image", "internal", "extiw", "external", "text", "free", "mw-file-description", "mw-redirect",
})  # fmt: skip


def mark_links(root: Element, wiki: Wiki, addresses: Addresses) -> None:
    """Write ``data-link`` and its companions on every link of the tree, in place."""
    for link in root.iter("a"):
        href = link.get("href")
        if href is None:
            continue
        interwiki = _interwiki(link, wiki)
        if interwiki:
            _mark_interwiki(link, interwiki)
        else:
            _mark(link, addresses.read(href))
        if "class" in link.attrib:
            set_classes(link, classes(link) - SAID)


def _interwiki(link: Element, wiki: Wiki) -> LinkKind | None:
    # MediaWiki gives such links the full title, prefix included, as tooltip (Linker::makeExternalLink, class extiw).
    prefix, colon, _ = (link.get("title") or "").partition(":")
    target = wiki.interwiki(prefix) if colon and "extiw" in (link.get("class") or "").split() else None
    if target is None:
        return None
    return LinkKind.LANGUAGE if target.language else LinkKind.INTERWIKI


def _mark_interwiki(link: Element, kind: LinkKind) -> None:
    link.set("data-link", kind)
    link.set("data-title", link.attrib.pop("title"))


def _mark(link: Element, address: Address) -> None:
    link.set("data-link", address.kind)
    if address.kind in TITLED and address.title:
        for name in ("href", "rel"):
            link.attrib.pop(name, None)
        # On pictures the tooltip is the caption that is not shown; elsewhere it repeats the title.
        if address.kind is not LinkKind.FILE or address.is_missing or link.get("title") == address.title.full:
            link.attrib.pop("title", None)
        link.set("data-title", address.title.full)
        if address.fragment:
            link.set("data-fragment", address.fragment)
        if address.is_missing:
            link.set("data-missing", "")
    else:
        link.set("href", address.url)
