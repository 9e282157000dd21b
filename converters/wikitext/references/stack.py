"""The footnotes of a page while it is read (Cite's ReferenceStack)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mark:
    """What one ``<ref>`` says; ``text`` is ``None`` where it has no content of its own.

    ``attributes`` are all that were written.
    """

    text: str | None
    group: str
    name: str = ""
    follow: str = ""
    direction: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Note:
    """One footnote. ``number`` counts in its group, ``key`` in the page; ``uses`` are its marks so far.

    ``name`` is empty for a note that is used once only. ``follows`` names a note that never came.
    """

    key: int
    name: str = ""
    number: int = 0
    uses: int = 0
    text: str | None = None
    direction: str = ""
    follows: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One ``<ref>`` that was counted, and what it changed, so that it can be taken back."""

    mark: Mark
    note: Note
    action: str


@dataclass(slots=True)
class NoteStack:
    """All notes that no list has shown yet, by group and in the order of their first mark.

    ``inside`` is the group of the ``<references>`` that is being read, ``None`` outside; ``faults`` what is wrong
    in it, as HTML; ``lists`` has the markers of all lists so far, ``complaints`` those of
    Cite's messages.
    """

    groups: dict[str, dict[str | int, Note]] = field(default_factory=dict)
    calls: list[Call | None] = field(default_factory=list)
    inside: str | None = None
    is_busy: bool = False
    faults: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    complaints: dict[tuple[str, ...], str] = field(default_factory=dict)
    _sequence: int = 0
    _numbers: dict[str, int] = field(default_factory=dict)

    def group(self, name: str) -> dict[str | int, Note]:
        """The notes of a group, by their name or, without one, by their key."""
        return self.groups.get(name, {})

    def open_groups(self) -> Iterator[str]:
        """The groups that have notes to show."""
        return (name for name, notes in list(self.groups.items()) if notes)

    def push(self, mark: Mark) -> Note | None:
        """Count one mark; gives its note, ``None`` for one that only continues another. Empty text is none."""
        notes = self.groups.setdefault(mark.group, {})
        if mark.follow:
            self._follow(mark, notes)
            return None
        note = notes.get(mark.name) if mark.name else None
        if note is None:
            note = self._add(mark, notes)
            action = "new"
        else:
            note.uses += 1
            action = "reuse"
            if note.text is None and mark.text is not None:
                note.text, note.direction, action = mark.text, mark.direction, "define"
        self.calls.append(Call(mark, note, action))
        return note

    def push_invalid(self) -> None:
        """Count a mark with a fault, which has no note."""
        self.calls.append(None)

    def append(self, group: str, name: str, text: str) -> None:
        """More text for a note."""
        note = self.group(group).get(name)
        if note is not None:
            note.text = (note.text or "") + text

    def take_back(self, count: int) -> list[Mark]:
        """Undo the last marks: they stand in the list of notes; gives them in their order."""
        marks = [call for call in self.calls[len(self.calls) - count :] if call] if count else []
        for call in reversed(marks):
            self._undo(call)
        self.calls.clear()
        return [call.mark for call in marks]

    def pop(self, group: str) -> list[Note]:
        """The notes of a group, which is then begun anew."""
        self._numbers.pop(group, None)
        return list(self.groups.pop(group, {}).values())

    def _add(self, mark: Mark, notes: dict[str | int, Note]) -> Note:
        self._sequence += 1
        number = self._numbers[mark.group] = self._numbers.get(mark.group, 0) + 1
        note = Note(self._sequence, mark.name, number, 1, mark.text, mark.direction)
        notes[mark.name or self._sequence] = note
        return note

    def _follow(self, mark: Mark, notes: dict[str | int, Note]) -> None:
        if mark.follow in notes:
            self.append(mark.group, mark.follow, f" {mark.text or ''}" if mark.text is not None else "")
            return
        self._sequence += 1
        notes[self._sequence] = note = Note(self._sequence, text=mark.text, follows=mark.follow)
        self.calls.append(Call(mark, note, "new"))

    def _undo(self, call: Call) -> None:
        notes, note = self.group(call.mark.group), call.note
        if call.action == "new":
            notes.pop(note.name or note.key, None)
            self._numbers[call.mark.group] = max(0, self._numbers.get(call.mark.group, 0) - 1)
            if not notes:
                self.pop(call.mark.group)
            return
        note.uses -= 1
        if call.action == "define":
            note.text = None
