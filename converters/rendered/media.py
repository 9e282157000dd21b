"""Pictures, sounds and films: thumbnails of all versions become ``figure[data-file] > figcaption``."""

from __future__ import annotations

from urllib.parse import urlsplit

from converters.document.tree import Element, classes, drop, set_classes, unwrap
from converters.document.vocabulary import LinkKind
from converters.rendered.addresses import Addresses

PLAYERS = ("audio", "video")
# Since 1.40 ($wgParserEnableLegacyMediaDOM = false) the place of a picture is a class; before, it was another class.
PLACES = {
    "mw-halign-left": "left",
    "mw-halign-right": "right",
    "mw-halign-center": "center",
    "mw-halign-none": "none",
}
FLOATS = frozenset({"floatleft", "floatright", "floatnone"})
WORDS_OF_TYPE = {"mw:File/Thumb": "thumb", "mw:File/Frame": "thumb"}


def mark_media(root: Element, addresses: Addresses) -> None:
    """Name the file of every picture, sound and film, and bring figures and galleries into one shape, in place."""
    for image in list(root.iter("img")):
        _mark_image(image, addresses)
    for player in list(root.iter(*PLAYERS)):
        _mark_player(player, addresses)
    for box in list(root.iter("div", "figure", "span")):
        _shape_box(box)
    for box in root.iter("figure", "li"):
        if box.tag == "figure" or "gallerybox" in classes(box):
            _name_box(box)


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


def _shape_box(box: Element) -> None:
    words = classes(box)
    if (box.get("typeof") or "").startswith("mw:") and box.tag == "span":
        unwrap(box)
    elif box.tag == "figure":
        _shape_figure(box, words)
    elif "thumbinner" in words:
        _shape_thumb(box)
    elif words & FLOATS and (box.find("a/img") is not None or _missing_file(box)):
        box.tag = "figure"


def _missing_file(box: Element) -> bool:
    return any(link.get("data-link") == LinkKind.FILE for link in box.iterchildren("a"))


def _shape_figure(figure: Element, words: frozenset[str]) -> None:
    kinds = (figure.get("typeof") or "").split()
    framed = any(WORDS_OF_TYPE.get(kind) for kind in kinds)
    place = next((place for word, place in PLACES.items() if word in words), "right" if framed else "none")
    shape = {"thumb", "t" + place} if framed else {"float" + place}
    set_classes(figure, shape if place != "center" else {"thumb", "center"} if framed else {"center"})
    for caption in figure.findall("figcaption"):
        if not framed or (not len(caption) and not (caption.text or "").strip()):
            drop(caption)


def _shape_thumb(inner: Element) -> None:
    """``div.thumb > div.thumbinner > a, div.thumbcaption``, as up to 1.39, becomes one figure."""
    thumb = inner.getparent()
    if thumb is None or "thumb" not in classes(thumb):
        return
    for caption in inner.iterchildren("div"):
        if "thumbcaption" in classes(caption):
            caption.tag = "figcaption"
            caption.attrib.pop("class", None)
    thumb.tag = "figure"
    if len(thumb) == 1:
        unwrap(inner)


def _name_box(box: Element) -> None:
    media = next(box.iter("img", *PLAYERS), None)
    name = media.get("data-file") if media is not None else None
    if name:
        box.set("data-file", name)
        return
    link = next((link for link in box.iter("a") if link.get("data-link") == LinkKind.FILE), None)
    if link is not None:
        box.set("data-file", (link.get("data-title") or "").partition(":")[2])
        if link.get("data-missing") is not None:
            box.set("data-missing", "")
