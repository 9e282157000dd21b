"""``<ref>`` and ``<references>``: marks in the text, and the lists of notes (Cite, FootnoteMarkFormatter)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from converters.document.tree import escape
from converters.language import language, own_digits
from converters.wikitext.functions.numbers import decimal_of
from converters.wikitext.markers import MARK, MARKER, NOTE_MARK
from converters.wikitext.references.checks import LIST_ATTRIBUTES, Fault, complaint, mark_faults, message
from converters.wikitext.references.stack import Mark, Note
from converters.wikitext.spaces import trim
from converters.wikitext.state import Frame, Page, Parser, Tag
from scraper.titles import IllegalTitle

# The namespace of the wiki's own interface messages.
MESSAGES = 8
SPACES = re.compile(r"[\s_]+")
# Cite shows longer lists in columns.
COLUMNS_FROM = 11
# What stands around a mark (message cite_reference_link), of the versions that we know since 1.43 for styles to hide.
BRACKETS_SINCE = (1, 43)
BRACKETS = ('<span class="cite-bracket">[</span>', '<span class="cite-bracket">]</span>')


def render_ref(page: Page, parser: Parser, tag: Tag, _frame: Frame) -> str:
    """One mark in the text; its note is read when the list of its group is written. Gives a marker."""
    notes = page.notes
    if notes.is_busy:
        return page.markers.put(escape(f"<ref>{tag.content or ''}</ref>"))
    return _render_mark(page, parser, _mark(tag, notes.inside or ""))


def _mark(tag: Tag, group: str) -> Mark:
    name, follow, direction = (tag.attributes.get(key, "") for key in ("name", "follow", "dir"))
    return Mark(tag.content, tag.attributes.get("group", group), name, follow, direction.lower(), tag.attributes)


def _render_mark(page: Page, parser: Parser, mark: Mark) -> str:
    faults = mark_faults(mark, page)
    if page.notes.inside is not None:
        _define(page, parser, mark, faults)
        return ""
    if faults:
        page.notes.push_invalid()
        return page.markers.put_note(_complained(faults[0], page, parser))
    text = mark.text if trim(mark.text or "") else None
    known = page.notes.group(mark.group).get(mark.name) if mark.name else None
    if known is not None and text is not None and known.text is not None and _differs(known.text, text, page):
        known.text += " " + complaint(("cite_error_references_duplicate_key", mark.name), page)
    note = page.notes.push(replace(mark, text=text) if text is None else mark)
    return page.markers.put_note(_written_mark(note, mark, page) if note is not None else "")


def _differs(known: str, text: str, page: Page) -> bool:
    if known == text:
        return False
    return page.markers.restore(known) != page.markers.restore(text) if MARK in text else True


def _define(page: Page, parser: Parser, mark: Mark, faults: list[Fault]) -> None:
    """A note that is defined in the list itself, where every fault is told."""
    page.notes.faults += [_half(complaint(fault, page), page, parser) for fault in faults]
    if faults:
        return
    note = page.notes.group(mark.group)[mark.name]
    if note.text is None:
        note.text = mark.text
    elif note.text != mark.text:
        note.text += " " + complaint(("cite_error_references_duplicate_key", mark.name), page)


def _complained(fault: Fault, page: Page, parser: Parser) -> str:
    """The marker of a complaint; each is read once."""
    known = page.notes.complaints
    if fault not in known:
        known[fault] = _half(complaint(fault, page), page, parser)
    return known[fault]


def _half(text: str, page: Page, parser: Parser) -> str:
    """Cite's own words, read while no ``<ref>`` counts."""
    page.notes.is_busy = True
    try:
        return page.markers.put_general(parser.half(text, Frame()))
    finally:
        page.notes.is_busy = False


def render_references(page: Page, parser: Parser, tag: Tag, _frame: Frame) -> str:
    """The list of a group's notes so far, after reading the notes defined inside the tag itself."""
    notes = page.notes
    if notes.is_busy or notes.inside is not None:
        return page.markers.put(escape("<references/>"))
    notes.inside = tag.attributes.get("group", "")
    try:
        return _render_list(page, parser, tag, notes.inside)
    finally:
        notes.inside = None


def _render_list(page: Page, parser: Parser, tag: Tag, group: str) -> str:
    content = tag.content or ""
    if MARK in content and any(written in content for written in page.notes.lists):
        return _half(complaint(("cite_error_included_references",), page), page, parser)
    if trim(content):
        _read_inside(page, parser, content)
    if tag.attributes.keys() - LIST_ATTRIBUTES:
        return _half(complaint(("cite_error_references_invalid_parameters",), page), page, parser)
    written = _list(page, parser, group, tag.attributes.get("responsive"))
    faults = "".join(f"<br>\n{fault}" for fault in page.notes.faults).removeprefix("<br>")
    page.notes.faults.clear()
    page.notes.lists.append(page.markers.put_general(written + faults))
    return page.notes.lists[-1]


def _read_inside(page: Page, parser: Parser, content: str) -> None:
    """The notes that stand in the list: those that #tag has counted as marks of the text are taken back first."""
    group = page.notes.inside or ""
    for mark in page.notes.take_back(content.count(NOTE_MARK)):
        _render_mark(page, parser, replace(mark, group=mark.attributes.get("group", group)))
    parser.half(content, Frame())


def render_left_over(page: Page, parser: Parser) -> str:
    """The notes that no list has shown: MediaWiki puts them at the page's end."""
    written = "".join(
        "<br>" + _half(complaint(("cite_error_group_refs_without_references", group), page), page, parser)
        if group
        else page.markers.put_general(_list(page, parser, group, None))
        for group in page.notes.open_groups()
    )
    return f"\n{written}" if written else ""


# Marks and backlinks


def _anchor(text: str) -> str:
    return escape(SPACES.sub("_", MARKER.sub("", text)))


def _key(note: Note) -> str:
    return _anchor(f"cite_note-{note.name}-{note.key}" if note.name else f"cite_note-{note.key}")


def _use(note: Note, use: int) -> str:
    return _anchor(f"cite_ref-{note.name}_{note.key}-{use}" if note.name else f"cite_ref-{note.key}")


def _written_mark(note: Note, mark: Mark, page: Page) -> str:
    key, use = _key(note), _use(note, note.uses - 1)
    if not note.name and "name" in mark.attributes:
        # A name that is empty leads nowhere (FootnoteMarkFormatter::linkRef).
        key, use = "cite_note-", "cite_ref-"
    opening, closing = BRACKETS if page.wiki.is_since(BRACKETS_SINCE) else "[]"
    label = escape(_label(note.number, mark.group, page))
    link = f'<a data-link="anchor" href="#{key}">{opening}{label}{closing}</a>'
    return page.markers.put(f'<sup class="reference" data-ref-group="{escape(mark.group)}" id="{use}">{link}</sup>')


def _label(number: int, group: str, page: Page) -> str:
    """The number, or what the wiki's own message names for the notes of a group: a b c, i ii iii."""
    written = own_digits(number, language(page.wiki.site.language))
    if not group:
        return written
    try:
        title = page.wiki.titles.make(MESSAGES, f"Cite link label group-{group}")
    except IllegalTitle:
        return f"{group} {written}"
    labels = (page.lookups.template(title) or "").split()
    return labels[number - 1] if number <= len(labels) else f"{group} {written}"


def _list(page: Page, parser: Parser, group: str, responsive: str | None) -> str:
    """All notes of a group, read as one text, as what one of them leaves open goes on in the next."""
    notes = sorted(page.notes.pop(group), key=lambda note: note.number)
    if not notes:
        return ""
    opening = page.markers.put_general(f'<ol class="references" data-ref-group="{escape(group)}">')
    # The same around each text: read once, for all.
    around = tuple(map(page.markers.put_general, ('<span class="reference-text">', "</span>", "</li>")))
    items = "".join(_item(note, around, page) for note in notes)
    half = parser.half(f"{opening}\n{items}{page.markers.put_general('</ol>')}", Frame()).rstrip("\n")
    general = page.wiki.siteinfo.get("general") or {}
    is_wrapped = responsive != "0" if responsive is not None else general.get("citeresponsivereferences", True)
    if not is_wrapped:
        return half
    columns = " mw-references-columns" if len(notes) >= COLUMNS_FROM else ""
    return f'<div class="mw-references-wrap{columns}">{half}</div>'


def _item(note: Note, around: tuple[str, ...], page: Page) -> str:
    before, after, end = around
    text = (
        complaint(("cite_error_references_no_text", note.name), page)
        if note.text is None
        else f"{before}{note.text.rstrip(chr(10))}{after}\n"
    )
    if note.follows:
        return f'<p id="{_anchor(f"cite_note-{note.follows}")}">{text}</p>\n'
    direction = f' class="mw-cite-dir-{note.direction}"' if note.direction else ""
    backlinks = f'<span class="mw-cite-backlink">{"".join(_backlinks(note, page))}</span>'
    return page.markers.put_general(f'<li id="{_key(note)}"{direction}>{backlinks} ') + f"{text}{end}\n"


def _backlinks(note: Note, page: Page) -> Iterator[str]:
    links = [f'<a data-link="anchor" href="#{_use(note, use)}">' for use in range(note.uses)]
    if len(links) == 1:
        yield f"{links[0]}↑</a>"
        return
    width, point = len(str(note.uses - 1)), decimal_of(page)
    spoken = language(page.wiki.site.language)
    places = (own_digits(f"{note.number}{point}{number:0{width}}", spoken) for number in range(note.uses))
    numbered = [f"<sup>{link}{place}</a></sup>" for link, place in zip(links, places, strict=True)]
    between, last = (message(f"cite_references_link_many_{key}", page) for key in ("sep", "and"))
    yield "↑ " + last.join(part for part in (between.join(numbered[:-1]), numbered[-1] if numbered else "") if part)
