"""What written HTML may hold, told once more and apart from the sanitiser, by another parser: Python's own."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

HERE = Path(__file__).parent
ELEMENTS = frozenset((HERE / "elements.txt").read_text("utf-8").split())
# Where an address stands: everywhere else a value is only shown.
ADDRESSES = frozenset({"href", "src", "cite", "poster", "longdesc"})
NEVER = re.compile(
    r"on\w+|srcset|srcdoc|formaction|action|background|ping|target|xlink:.*|name|xmlns.*|contenteditable"
)
SCHEME = re.compile(r"\s*([a-z][a-z0-9+.\s-]*):", re.I)
SCHEMES = frozenset((HERE / "schemes.txt").read_text("utf-8").split())
# A word that only begins with "url" fetches nothing.
STYLE = re.compile(r"url(?![\w-])|expression|binding|behavio|\\|/\*|fixed|absolute|sticky|javascript|var\(|@", re.I)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            self._attribute(tag, name, re.sub(r"[\x00-\x20\x7f-\x9f]", "", value or ""), value or "")

    def _attribute(self, tag: str, name: str, packed: str, value: str) -> None:
        if NEVER.fullmatch(name) or not re.fullmatch(r"[a-z][a-z0-9-]*", name):
            self.faults.append(f"<{tag} {name}={value[:80]!r}>")
        found = SCHEME.match(packed) if name in ADDRESSES else None
        if found and found[1].lower() not in SCHEMES:
            self.faults.append(f"<{tag} {name}={value[:80]!r}>")
        if name == "style" and STYLE.search(value):
            self.faults.append(f"style {value[:80]!r}")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data[:40]}-->")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl[:40]}>")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data[:40]}>")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"<![{data[:40]}]>")


def faults(html: str) -> list[str]:
    """Everything in a fragment that could run, fetch, or leave its place."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.faults
