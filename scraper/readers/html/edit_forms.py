"""Edit forms and view-source pages: the text of a revision, or of one section of it, exactly as it is stored.

What EditPage writes: ``wpEdittime`` is the time of the page's *latest* revision, exact and in UTC; ``oldid`` is 0 for
the latest revision; ``parentRevId`` (1.22), ``editRevId`` (1.29) name it, before that the script variable
``wgCurRevisionId`` does. Forms that already hold somebody's changes (previews, undo, preloaded text) are no source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scraper.model import PageText, Place, RevisionMention, SectionText, Timestamp, Title, Via
from scraper.readers.html.addresses import number, read_address
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.frame import frame_of
from scraper.readers.html.page import Element, ParsedPage, text_of
from scraper.readers.reading import Reading

CHANGED = frozenset({"wpUndidRevision", "wpUndoAfter"})  # hidden fields of a form that holds an undo
CHANGING = frozenset({"undo", "undoafter", "preload", "preloadtitle", "section_title"})  # parameters of such addresses
ALTERED_PARTS = ("wikiPreview", "wikiDiff", "wpTextbox2", "mw-previewconflict")
NEW_SECTION = "new"
# Html::textarea doubles a newline at the beginning, which HTML would swallow (https://phabricator.wikimedia.org/T14130).
KEEPS_FIRST_NEWLINE = (1, 17)


def read_edit_form(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """The text as a mention of its revision, as a section, or as the page's where the form lost its hidden fields."""
    box = page.ids.get("wpTextbox1")
    title = frame_of(page, what, known).title_in(what.title, what.namespace_id)
    fields = form_fields(page)
    if box is None or title is None or is_altered(page, what, fields):
        return Reading()
    asked = number(fields.get("oldid", "")) or _asked_revision(page, known)
    latest = number(fields.get("editRevId", "")) or what.current_rev_id
    rev_id = asked or latest or number(fields.get("parentRevId", ""))
    section = fields.get("wpSection") or what.parameters.get("section", "")
    if section == NEW_SECTION or (rev_id is None and section):
        return Reading()
    text = source_text(box, what.version_number)
    if rev_id is None:
        return Reading((PageText(title, text, Via.HTML),))
    time = _edit_time(fields) if not asked or asked == latest else None
    if section:
        mention = _mention(rev_id, title, what, time, is_latest=rev_id == latest)
        return Reading((SectionText(rev_id, title, section, text, Via.HTML), *((mention,) if time else ())))
    whole = _mention(rev_id, title, what, time, is_latest=rev_id == latest)
    return Reading((replace(whole, text=text, content_model=fields.get("model") or None),))


def source_text(box: Element, version: tuple[int, int]) -> bytes:
    """The text in UTF-8. MediaWiki adds one newline behind it, for editors; before it only what HTML swallows.

    View-source pages up to 1.20 added the newline as well, so that a text never loses one of its own.
    """
    text = (box.text or "").replace("\r\n", "\n")
    if text.startswith("\n") and (version >= KEEPS_FIRST_NEWLINE or version == (0, 0)):
        text = text[1:]
    return text.removesuffix("\n").encode("utf-8", "surrogatepass")


def form_fields(page: ParsedPage) -> Mapping[str, str]:
    """The hidden fields of the page's forms by their names."""
    inputs = (field for field in page.body.iter("input") if field.get("type") == "hidden")
    return {field.get("name") or "": field.get("value") or "" for field in inputs}


def is_altered(page: ParsedPage, what: PageContext, fields: Mapping[str, str]) -> bool:
    """Whether the text in the form may differ from what is stored, or nothing is stored."""
    is_new = "newarticletext" in page.ids or (what.page_id is None and what.current_rev_id is None and _is_new(page))
    shown = (page.ids.get(name) for name in ALTERED_PARTS)
    holds_changes = any(part is not None and text_of(part) for part in shown)
    asked = read_address(page.capture.url)
    parameters = asked.parameters.keys() if asked else frozenset[str]()
    return is_new or holds_changes or what.action == "submit" or bool(CHANGED & fields.keys() or CHANGING & parameters)


def _is_new(page: ParsedPage) -> bool:
    return any("mw-newarticletext" in (part.get("class") or "") for part in page.body.iter("div"))


def _asked_revision(page: ParsedPage, known: Known) -> int | None:
    asked = read_address(page.capture.url, known.rules)
    return asked.rev_id if asked else None


def _edit_time(fields: Mapping[str, str]) -> Timestamp | None:
    return Timestamp.read_digits(fields.get("wpEdittime", ""))


def _mention(rev_id: int, title: Title, what: PageContext, time: Timestamp | None, is_latest: bool) -> RevisionMention:
    return RevisionMention(
        rev_id=rev_id,
        title=title,
        place=Place.EDIT_FORM,
        via=Via.HTML,
        page_id=what.page_id,
        timestamp=time,
        is_latest=is_latest or None,
    )
