"""``<revision>``: one version of a page, in every schema from 0.1 to 0.11."""

from __future__ import annotations

from typing import Any

from scraper.model import Hidden, Revision, Sha1, Via
from scraper.readers.dump_values import (
    Element,
    children,
    id_of,
    is_deleted,
    number_of,
    read_sha1,
    read_size,
    read_text,
    read_timestamp,
    read_user,
    text_of,
)
from scraper.readers.dump_xml import local_name

Version = tuple[int, ...]
PARENTS_SINCE: Version = (0, 7)


def read_revision(element: Element, page_id: int, version: Version) -> Revision:
    """Raises ValueError without an id."""
    parts = children(element)
    slots = _other_slots(element)
    sha1 = _main_sha1(parts, bool(slots))
    text = read_text(parts.get("text"), sha1)
    hidden = _hidden(parts)
    return Revision(
        rev_id=id_of(parts),
        page_id=page_id,
        parent_id=_parent_id(parts, version),
        timestamp=read_timestamp(text_of(parts, "timestamp")),
        user=read_user(parts.get("contributor")),
        comment=None if Hidden.COMMENT in hidden else text_of(parts, "comment") or "",
        is_minor="minor" in parts,
        size=read_size(parts.get("text"), text),
        sha1=sha1,
        content_model=text_of(parts, "model") or None,
        content_format=text_of(parts, "format") or None,
        text=text,
        via=Via.DUMP,
        hidden=hidden,
        other_slots=slots,
    )


def _parent_id(parts: dict[str, Element], version: Version) -> int | None:
    """Since 0.7 a first revision has none."""
    return 0 if "parentid" not in parts and version >= PARENTS_SINCE else number_of(parts, "parentid")


def _main_sha1(parts: dict[str, Element], has_other_slots: bool) -> Sha1 | None:
    """The main slot's own (since 0.11), or the revision's, which is the same unless there are other slots.

    Of a hidden text MediaWiki leaves out the one and forgets the other, so neither is taken.
    """
    text = parts.get("text")
    if is_deleted(text):
        return None
    own = read_sha1(text.get("sha1")) if text is not None else None
    return own if own is not None or has_other_slots else read_sha1(text_of(parts, "sha1"))


def _hidden(parts: dict[str, Element]) -> frozenset[Hidden]:
    places = {"text": Hidden.TEXT, "contributor": Hidden.USER, "comment": Hidden.COMMENT}
    return frozenset(part for name, part in places.items() if is_deleted(parts.get(name)))


def _other_slots(element: Element) -> dict[str, Any]:
    """Role → model, format and content of the slots beside the main one (``<content>``, since 0.11)."""
    slots: dict[str, Any] = {}
    for child in element:
        if local_name(child) == "content":
            parts = children(child)
            slots[text_of(parts, "role") or ""] = {
                "contentmodel": text_of(parts, "model"),
                "contentformat": text_of(parts, "format"),
                "content": text_of(parts, "text"),
            }
    return slots
