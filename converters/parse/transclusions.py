"""What pages transclude: the texts that the wikitext door needs beside a page's own, known before it is opened.

A template or module whose name is itself put together is not foreseen; its call stays in the document.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from dataclasses import dataclass
from functools import lru_cache

from converters.wikitext.templates import TEMPLATE
from scraper.archive import Archive
from scraper.model import Title
from scraper.titles import IllegalTitle

CALL = re.compile(r"\{\{\s*([^\s{}|<>\[\]#][^{}|<>\[\]#\n]*)")
MODULE_CALL = re.compile(r"\{\{\s*#invoke\s*:\s*([^|{}\[\]<>#\n]+)", re.I)
# What modules name in their own text: other modules, and templates.
MODULE_NAME = re.compile(r"(?:require|loadData)\s*+(?:\(\s*+)?[\"']([^\"'\n]+)[\"']")
TEMPLATE_NAME = re.compile(r"\btitle\s*=\s*[\"']([^\"'\n{}|\[\]<>#]+)[\"']")
# The English name of the namespace, which every wiki understands.
MODULE = "Module"
STYLES = re.compile(r"<templatestyles\b[^<>]*?\bsrc\s*=\s*[\"']?([^\"'<>|\[\]{}\n]+)", re.I)
LINK = re.compile(r"\[\[:?([^\[\]|#\n]+)")
# Templates of one page, and their characters together; MediaWiki stops at 2 MB ($wgMaxArticleSize).
MAX_TEMPLATES = 500
MAX_CHARACTERS = 2_097_152
REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Template:
    """A page that others transclude: its text, the text's SHA-1, and the calls in it."""

    text: str
    sha1: str
    names: tuple[str, ...]


class Transclusions:
    """Reads templates of one archive; remembers those that many pages use."""

    def __init__(self, archive: Archive) -> None:
        self._database = archive.connection
        self._titles = archive.titles()
        self._template = lru_cache(REMEMBERED)(self._read)
        self._full_title = lru_cache(10 * REMEMBERED)(self._parse)

    def of(self, text: str, title: Title) -> dict[str, Template]:
        """All templates that a text calls, directly or through others, by full title; ``title`` is the page's own."""
        found: dict[str, Template] = {}
        waiting = deque(calls(text))
        characters = 0
        while waiting and len(found) < MAX_TEMPLATES and characters < MAX_CHARACTERS:
            name = waiting.popleft()
            full = self._full_title(title.full + name if name.startswith("/") else name)
            template = self._template(full) if full and full not in found else None
            if full and template:
                found[full] = template
                characters += len(template.text)
                waiting.extend(template.names)
        return found

    def _parse(self, name: str) -> str | None:
        try:
            return self._titles.parse(name, TEMPLATE).full
        except IllegalTitle:
            return None

    def _read(self, full: str) -> Template | None:
        text, is_redirect = self._text(full)
        target = LINK.search(text) if text and is_redirect else None
        if target:
            text, _ = self._text(self._full_title(":" + target[1]) or "")
        if text is None:
            return None
        sha1 = hashlib.sha1(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
        return Template(text, sha1, calls(text))

    def _text(self, full: str) -> tuple[str | None, bool]:
        query = (
            "SELECT c.text, p.is_redirect FROM pages p JOIN current_texts c USING (page_id)"
            " WHERE p.title = ? AND p.gone_at IS NULL ORDER BY p.is_listed DESC, p.page_id DESC LIMIT 1"
        )
        row = self._database.execute(query, (full,)).fetchone()
        return (row[0], bool(row[1])) if row else (None, False)


def calls(text: str) -> tuple[str, ...]:
    """What may be names of templates and modules in a text, each once."""
    names = [name.strip() for name in CALL.findall(text)] if "{{" in text else []
    if "#invoke" in text.lower():
        names += (f"{MODULE}:{name.strip()}" for name in MODULE_CALL.findall(text))
    if "require" in text or "loadData" in text:
        names += (name for name in MODULE_NAME.findall(text) if ":" in name)
    if "expandTemplate" in text:
        names += TEMPLATE_NAME.findall(text)
    if "templatestyles" in text:
        names += (name.removesuffix("/").strip() for name in STYLES.findall(text))
    return tuple(dict.fromkeys(names))
