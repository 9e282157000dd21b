"""Problems: what was expected and did not come, or came damaged. They are rows that can be queried, never a crash."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """``SHORT`` makes the archive incomplete and the exit status 1; ``NOTE`` is a defect of the wiki kept as it is."""

    SHORT = "short"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of problem: what it means, and what the reader of it can do."""

    meaning: str
    advice: str
    severity: Severity = Severity.SHORT


CODES: dict[str, Code] = {
    "text-missing": Code("The wiki did not give this revision's text", "Run `wikicompost retry`."),
    "text-damaged": Code("The text's SHA-1 or size is not what the wiki said", "Run `wikicompost retry`."),
    "text-lost": Code("The wiki itself no longer has this revision's text", "Nothing can be fetched.", Severity.NOTE),
    "revision-missing": Code("The wiki named this revision but did not give it", "Run `wikicompost retry`."),
    "page-missing": Code("The wiki lists this page but gave no revision of it", "Run `wikicompost retry`."),
    "page-unreadable": Code(
        "The wiki fails when asked for this page's details", "Ask its keepers, then run `wikicompost archive` again."
    ),
    "sources-disagree": Code(
        "Two sources tell this differently", "The better one counts; `mentions` has them all.", Severity.NOTE
    ),
    "revision-twice": Code(
        "Two revisions of one source bear the same id, with other texts",
        "The last counts: look for another dump or copy that has the other.",
    ),
    "history-cut": Code(
        "Only a part of this page's history was captured", "Look for other captures of the wiki.", Severity.NOTE
    ),
    "text-uncaptured": Code(
        "What was captured holds no source of these revisions",
        "Look for other captures, or for a dump of the wiki.",
        Severity.NOTE,
    ),
    "zone-unknown": Code(
        "Times are as the wiki displayed them, in a zone that nothing tells",
        "A dump or a feed of the wiki, merged in, settles it.",
        Severity.NOTE,
    ),
    "rendering-missing": Code("The wiki did not render this page", "Run `wikicompost retry`."),
    "file-missing": Code("This file version could not be fetched", "Run `wikicompost retry`."),
    "file-damaged": Code("The file's SHA-1 or size is not what the wiki said", "Run `wikicompost retry`."),
    "list-broken": Code("A list of the wiki stopped before its end", "Run `wikicompost retry`."),
    "answer-unreadable": Code("An answer of the wiki could not be read", "Run `wikicompost retry`."),
    "encoding-untrue": Code(
        "The server says of plain answers that they are compressed", "They were taken as they are.", Severity.NOTE
    ),
    "robots-forbid": Code(
        "The server's robots.txt forbids robots to read this",
        "Ask those who keep it; if that is you, harvest again with --ignore-robots.",
    ),
    "road-closed": Code("A door of the wiki is closed", "Facts that only it gives are missing.", Severity.NOTE),
    "road-changed": Code(
        "A road to the wiki's facts failed and another was taken",
        "Nothing is missing but what only it gives.",
        Severity.NOTE,
    ),
    "capture-damaged": Code("A captured thing, or the file that holds it, is damaged here", "Look for another copy."),
    "capture-unreadable": Code(
        "A captured page of the wiki could not be understood", "Report it: a page may be strange, but never unreadable."
    ),
    "capture-too-large": Code(
        "A captured thing is larger than any page of a wiki", "It was passed over.", Severity.NOTE
    ),
    "capture-foreign": Code(
        "A host that is not known to be the wiki's tells of pages or files",
        "Nothing of it was believed. If the wiki stood there once, harvest again with --force.",
        Severity.NOTE,
    ),
    "link-outside": Code("A symbolic link or a redirect leads out of the copy", "It was not followed.", Severity.NOTE),
    "archive-damaged": Code(
        "The archive's own file is damaged", "Restore it from a copy, or harvest into a new folder."
    ),
    "dump-damaged": Code("The dump is damaged at this place", "Look for another copy of the dump."),
    "siteinfo-missing": Code(
        "The dump does not describe its wiki", "Namespaces are told from titles by their English names.", Severity.NOTE
    ),
    "title-illegal": Code("This title cannot be read by the wiki's own rules", "Kept as it is.", Severity.NOTE),
    "markup-hostile": Code(
        "The wikitext could not be parsed in time: its records come from plain text only",
        "Read the page's source with `wikicompost revision`.",
        Severity.NOTE,
    ),
    "markup-broken": Code("A part of the page could not be understood", "Kept as plain text.", Severity.NOTE),
    "page-unwritten": Code(
        "The page could not be written into the site", "Make room or mend the disk, then export again."
    ),
    "address-taken": Code(
        "Two pages want the same file of the site", "The second one is written under its page id.", Severity.NOTE
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect. ``where`` names the thing for a person ("revision 123 of Accueil"); ids where they are known.

    ``code`` must be one of :data:`CODES`.
    """

    code: str
    where: str
    detail: str
    page_id: int | None = None
    rev_id: int | None = None

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unknown problem code {self.code!r}")

    @property
    def severity(self) -> Severity:
        return CODES[self.code].severity

    @property
    def advice(self) -> str:
        return CODES[self.code].advice
