"""Thumbnails and galleries of all MediaWikis in one shape: ``figure[data-file] > figcaption``, ``li.gallerybox``."""

from __future__ import annotations

from converters.document.tree import Element, classes, drop, set_classes, unwrap
from converters.document.vocabulary import MEDIA, LinkKind

# Since 1.40 ($wgParserEnableLegacyMediaDOM = false) the place of a picture is a class; before, it was another class.
PLACES = {
    "mw-halign-left": "left",
    "mw-halign-right": "right",
    "mw-halign-center": "center",
    "mw-halign-none": "none",
}
FLOATS = frozenset({"floatleft", "floatright", "floatnone"})
WORDS_OF_TYPE = {"mw:File/Thumb": "thumb", "mw:File/Frame": "thumb"}


def shape_figures(root: Element) -> None:
    """Bring the boxes around files into one shape and name their file, in place.

    Pictures must have their ``data-file`` and links their ``data-link`` already.
    """
    for box in list(root.iter("div", "figure", "span")):
        _shape_box(box)
    for figure in list(root.iter("figure")):
        _shape_centre(figure)
    for box in root.iter("figure", "li"):
        if box.tag == "figure" or "gallerybox" in classes(box):
            _name_box(box)


def _shape_box(box: Element) -> None:
    words = classes(box)
    if (box.get("typeof") or "").startswith("mw:") and box.tag == "span":
        unwrap(box)
    elif box.tag == "figure":
        _shape_figure(box, words)
    elif "thumbinner" in words:
        _shape_thumb(box)
    elif words & FLOATS and (_holds_media(box) or _missing_file(box)):
        box.tag = "figure"


def _holds_media(box: Element) -> bool:
    return any(box.find(path) is not None for name in MEDIA for path in (name, f"a/{name}"))


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
    for caption in inner.findall("div"):
        if "thumbcaption" in classes(caption):
            caption.tag = "figcaption"
            caption.attrib.pop("class", None)
            if not len(caption) and not (caption.text or "").strip():
                drop(caption)
    for part in inner:
        # Only the parts count, not the spaces between them.
        part.tail = (part.tail or "").strip() or None
    thumb.tag = "figure"
    if len(thumb) == 1:
        unwrap(inner)


def _shape_centre(figure: Element) -> None:
    """``div.center`` around a figure, as up to 1.39, becomes the figure's own place."""
    box = figure.getparent()
    if box is not None and box.tag == "div" and classes(box) == {"center"} and len(box) == 1:
        set_classes(figure, (classes(figure) & {"thumb"}) | {"center"})
        unwrap(box)


def _name_box(box: Element) -> None:
    media = next(box.iter(*MEDIA), None)
    name = media.get("data-file") if media is not None else None
    if name:
        box.set("data-file", name)
        return
    name = _missing_name(box)
    if name:
        box.set("data-file", name)
        box.set("data-missing", "")


def _missing_name(box: Element) -> str:
    """The name of a file that the wiki did not have: galleries up to 1.39 have no link to it."""
    for thumb in box.iter("div"):
        if "thumb" in classes(thumb) and not len(thumb):
            return (thumb.text or "").strip()
    link = next((link for link in box.iter("a") if link.get("data-link") == LinkKind.FILE), None)
    if link is None or link.get("data-missing") is None:
        return ""
    return (link.get("data-title") or "").partition(":")[2]
