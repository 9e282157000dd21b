"""Pictures, sounds and films: thumbnails of all versions become ``figure[data-file] > figcaption``."""

from __future__ import annotations

from urllib.parse import urlsplit

from converters.document.figures import shape_figures
from converters.document.tree import Element, drop
from converters.document.vocabulary import LinkKind
from converters.rendered.addresses import Addresses

PLAYERS = ("audio", "video")


def mark_media(root: Element, addresses: Addresses) -> None:
    """Name the file of every picture, sound and film, and bring figures and galleries into one shape, in place."""
    for image in list(root.iter("img")):
        _mark_image(image, addresses)
    for player in list(root.iter(*PLAYERS)):
        _mark_player(player, addresses)
    shape_figures(root)


def _mark_image(image: Element, addresses: Addresses) -> None:
    src = image.get("src") or ""
    name = addresses.file_name(src) or _linked_file(image)
    if name:
        image.set("data-file", name)
        image.attrib.pop("src", None)
        return
    url = addresses.absolute(src)
    if src and urlsplit(url).scheme in ("http", "https"):
        image.set("src", url)
        image.set("data-external", "")
    else:
        drop(image)


def _linked_file(image: Element) -> str | None:
    link = image.getparent()
    if link is None or link.get("data-link") != LinkKind.FILE:
        return None
    return (link.get("data-title") or "").partition(":")[2] or None


def _mark_player(player: Element, addresses: Addresses) -> None:
    sources = [player, *player.iter("source")]
    names = (addresses.file_name(source.get("src") or "") for source in sources)
    name = (player.get("data-mwtitle") or "").replace("_", " ") or next(filter(None, names), None)
    if name is None:
        drop(player)
        return
    for child in list(player):
        drop(child)
    player.attrib.pop("src", None)
    player.set("data-file", name)
