"""Footnotes: ``<ref>`` and ``<references>`` (extension Cite; ids as its HTML has them since 1.27)."""

from __future__ import annotations

import re

from converters.document.tree import escape
from converters.wikitext.blocks import render_blocks
from converters.wikitext.messages import Messages, messages_of
from converters.wikitext.state import Frame, Note, Page, Parser

SPACES = re.compile(r"[\s_]+")


def render_ref(page: Page, _parser: Parser, attributes: dict[str, str], content: str, frame: Frame) -> str:
    """One mark in the text; its note is read when the list of its group is written. Gives a marker."""
    group, name, follow = (attributes.get(key, "") for key in ("group", "name", "follow"))
    note = _note(page, group, name or follow, frame)
    if content.strip():
        note.text = f"{note.text} {content}" if follow else note.text or content
    if follow:
        return ""
    note.uses += 1
    return page.markers.put(_mark(note, group))


def render_references(page: Page, parser: Parser, attributes: dict[str, str], content: str, frame: Frame) -> str:
    """The list of a group's notes so far, after reading the notes defined inside the tag itself."""
    if "<" in content:
        _define(page, parser, content, frame)
    return page.markers.put_block(_list(page, parser, attributes.get("group", "")))


def render_left_over(page: Page, parser: Parser) -> str:
    """The notes that no list has shown: MediaWiki puts them at the page's end."""
    lists: list[str] = []
    while page.notes:
        lists.append(_list(page, parser, next(iter(page.notes))))
    return "".join(lists)


def _define(page: Page, parser: Parser, content: str, frame: Frame) -> None:
    before = {id(note): note.uses for notes in page.notes.values() for note in notes}
    parser.inline(content, frame)
    for notes in page.notes.values():
        for note in notes:
            note.uses = before.get(id(note), 0)


def _note(page: Page, group: str, name: str, frame: Frame) -> Note:
    known = page.named_notes.get((group, name)) if name else None
    if known:
        return known
    notes = page.notes.setdefault(group, [])
    page.note_count += 1
    note = Note(len(notes) + 1, page.note_count, name, frame)
    notes.append(note)
    if name:
        page.named_notes[group, name] = note
    return note


def _key(note: Note) -> str:
    return f"{SPACES.sub('_', note.name)}-{note.key}" if note.name else str(note.key)


def _use(note: Note, use: int) -> str:
    return f"{SPACES.sub('_', note.name)}_{note.key}-{use}" if note.name else str(note.key)


def _mark(note: Note, group: str) -> str:
    label = f"{group} {note.number}" if group else str(note.number)
    use = escape(_use(note, note.uses - 1))
    link = f'<a data-link="anchor" href="#cite_note-{escape(_key(note))}">[{escape(label)}]</a>'
    return f'<sup class="reference" data-ref-group="{escape(group)}" id="cite_ref-{use}">{link}</sup>'


def _list(page: Page, parser: Parser, group: str) -> str:
    notes = page.notes.pop(group, [])
    for note in notes:
        page.named_notes.pop((group, note.name), None)
    messages = messages_of(page.wiki)
    texts = (parser.inline(note.text, note.frame).rstrip() for note in notes)
    items = "".join(
        f'<li id="cite_note-{escape(_key(note))}">{_item(note, text, messages)}</li>\n'
        for note, text in zip(notes, texts, strict=True)
    )
    return f'<ol class="references" data-ref-group="{escape(group)}">{items}</ol>' if notes else ""


def _item(note: Note, text: str, messages: Messages) -> str:
    item = (
        f'<span class="mw-cite-backlink">{_backlinks(note, messages)}</span> <span class="reference-text">{text}</span>'
    )
    return render_blocks(item) if "\n" in text else item


def _backlinks(note: Note, messages: Messages) -> str:
    uses = [f'<a data-link="anchor" href="#cite_ref-{escape(_use(note, use))}">' for use in range(note.uses)]
    if len(uses) == 1:
        return f"{uses[0]}↑</a>"
    numbered = (f"<sup>{link}{note.number}{messages.decimal}{number}</a></sup>" for number, link in enumerate(uses))
    *first, last = [*numbered] or [""]
    return "↑ " + (f"{' '.join(first)}{messages.last}{last}" if first else last)
