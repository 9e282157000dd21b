"""Cases as text files: wikitext, and the HTML that MediaWiki 1.39 makes of it.

``python -m tests.doors.accept`` writes the HTML; people write the rest:

%% what the case is about
wikitext
%%% html
what action=parse gives
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from converters.document import Element
from converters.document.vocabulary import BLOCKS

FOLDER = Path(__file__).parent / "cases"
SPACE = re.compile(r"[ \t\n]+")
# Marks of MediaWiki's own style sheets, and tooltips.
UNCOMPARED = frozenset({"class", "title", "rel"})


@dataclass(frozen=True)
class Case:
    """One case; ``path`` and ``name`` identify it."""

    path: Path
    name: str
    wikitext: str
    html: str

    @property
    def label(self) -> str:
        return f"{self.path.stem}: {self.name}"


def read_cases(path: Path) -> Iterator[Case]:
    for chunk in re.split(r"^%% ", path.read_text("utf-8"), flags=re.M)[1:]:
        name, _, body = chunk.partition("\n")
        wikitext, _, html = body.partition("\n%%% html\n")
        yield Case(path, name.strip(), wikitext.rstrip("\n"), html.strip("\n"))


def write_cases(path: Path, cases: list[Case]) -> None:
    chunks = (f"%% {case.name}\n{case.wikitext}\n%%% html\n{case.html}\n" for case in cases)
    path.write_text("\n".join(chunks), "utf-8")


def all_cases() -> list[Case]:
    return [case for path in sorted(FOLDER.glob("*.txt")) for case in read_cases(path)]


def language_cases() -> list[Case]:
    """Cases in another language, or a variant of one, which names the file."""
    return [case for path in sorted(FOLDER.glob("languages/*.txt")) for case in read_cases(path)]


def outline(root: Element) -> str:
    """A tree as lines, equal for two trees that show and mean the same: white space as a browser sees it."""
    tokens: list[str] = []
    _add(root, tokens)
    lines: list[str] = []
    for number, token in enumerate(tokens):
        if token.startswith("<"):
            lines.append(token)
            continue
        around = (tokens[number - 1 : number] or ["<"]) + (tokens[number + 1 : number + 2] or ["<"])
        text = SPACE.sub(" ", token)
        text = text.lstrip() if _is_edge(around[0]) else text
        text = text.rstrip() if _is_edge(around[1]) else text
        if text:
            lines.append(repr(text))
    return "\n".join(line for line in lines if line not in ("<tbody>", "</tbody>"))


def _add(element: Element, tokens: list[str]) -> None:
    attributes = "".join(
        f' {name}="{value}"' for name, value in sorted(element.attrib.items()) if name not in UNCOMPARED
    )
    tokens.append(f"<{element.tag}{attributes}>")
    for text, child in [(element.text, None), *((child.tail, child) for child in element)]:
        if child is not None and not _is_old_anchor(child):
            _add(child, tokens)
        if text:
            tokens.append(text)
    tokens.append(f"</{element.tag}>")


def _is_old_anchor(element: Element) -> bool:
    """An empty span with a heading's anchor in its spelling before MediaWiki 1.30."""
    return element.tag == "span" and list(element.attrib) == ["id"] and not len(element) and not element.text


def _is_edge(token: str) -> bool:
    found = re.match(r"</?(\w+)", token)
    return found is not None and (found[1] in BLOCKS or found[1] == "br")
