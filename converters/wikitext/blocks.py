"""Paragraphs, lists and preformatted lines (MediaWiki's BlockLevelPass)."""

from __future__ import annotations

import re

from converters.wikitext.markers import BLOCK_MARK
from converters.wikitext.spaces import trim

# Which tags end or suppress paragraphs: BlockLevelPass::execute.
BLOCKS = "table|h1|h2|h3|h4|h5|h6|pre|p|ul|ol|dl"
OPENING = re.compile(rf"<(?:{BLOCKS})\b|</(?:td|th)\b|</?(?:tr|caption|dt|dd|li)\b")
CLOSING = re.compile(rf"</(?:{BLOCKS})\b|<(?:td|th)\b|</?(?:center|blockquote|div|hr|figure)\b|{BLOCK_MARK}")
QUOTE = re.compile(r"<(/?)blockquote[\s>]")
# What the search for the colon after a term passes over: tags, comments, language variants.
COLON = re.compile(
    r"(?P<open>-\{)|(?P<close>\}-)|(?P<end></[^>]*>)|<!--.*?-->|<>|(?P<start><[^/!>][^>]*>)|(?P<colon>:)", re.S
)
# Lists within lists: more than the tree holds (converters.wikitext.tidy.builder).
DEEPEST = 300
LIST_MARKS = "*#:;"
LISTS = {"*": "ul", "#": "ol", ":": "dl", ";": "dl"}
ITEMS = {"*": "li", "#": "li", ":": "dd", ";": "dt"}


def render_blocks(text: str) -> str:
    """Half-read text, with inline HTML, tables and headings done, as blocks."""
    writer = _Writer()
    *lines, last = text.split("\n")
    for line in lines:
        writer.take(line)
    writer.take(last, is_last=True)
    return writer.end()


class _Writer:
    def __init__(self) -> None:
        self.output: list[str] = []
        # Marks of the list that is open, with : for ; as both make definition lists.
        self.prefix = ""
        self.is_term_open = False
        self.paragraph = ""
        self.pending = ""
        self.is_in_pre = False
        self.is_in_block = False
        self.is_in_quote = False

    def take(self, line: str, is_last: bool = False) -> None:
        has_tag = "<" in line or BLOCK_MARK in line
        opens_pre, closes_pre = has_tag and "<pre" in line, has_tag and "</pre" in line
        if not self.is_in_pre:
            content = line.lstrip(LIST_MARKS)
            prefix = line[: len(line) - len(content)][:DEEPEST]
            self.is_in_pre = opens_pre
        else:
            content, prefix = line, ""
        if prefix or self.prefix:
            content = self._list(prefix, content)
        if not prefix:
            content = self._paragraph(content, has_tag, (opens_pre, closes_pre))
        if closes_pre:
            self.is_in_pre = False
        if not self.pending:
            ending = "\n" if self.paragraph or not is_last else ""
            self.output.append(trim(content) if prefix else content + ending)

    def end(self) -> str:
        self._close_lists(0)
        if self.paragraph:
            self.output.append(f"</{self.paragraph}>")
        return "".join(self.output)

    # Lists

    def _list(self, prefix: str, content: str) -> str:
        """Open, go on with and close lists for one line; gives what is left of it, after a term its definition."""
        same = prefix.replace(";", ":")
        self.pending = ""
        if prefix and same == self.prefix:
            self.output.append(self._next_item(prefix[-1]))
            return self._term(content) if prefix[-1] == ";" else content
        common = _common_length(prefix, self.prefix)
        was_open = bool(self.prefix)
        self._close_lists(common)
        if 0 < len(prefix) <= common:
            self.output.append(self._next_item(prefix[common - 1]))
        if self.is_term_open and common and prefix[common - 1] == ":":
            self.output.append(self._next_item(":"))
        if was_open and len(prefix) > common:
            self.output.append("\n")
        for mark in prefix[common:]:
            self.output.append(self._open_list(mark))
            if mark == ";":
                content = self._term(content)
        if not prefix:
            self.output.append("\n")
        self.prefix = same
        return content

    def _open_list(self, mark: str) -> str:
        self._close_paragraph()
        if mark == ";":
            self.is_term_open = True
        return f"<{LISTS[mark]}><{ITEMS[mark]}>"

    def _next_item(self, mark: str) -> str:
        if mark in "*#":
            return "</li>\n<li>"
        closing = "</dt>\n" if self.is_term_open else "</dd>\n"
        self.is_term_open = mark == ";"
        return f"{closing}<{ITEMS[mark]}>"

    def _close_lists(self, depth: int) -> None:
        for mark in reversed(self.prefix[depth:]):
            item = "li" if mark in "*#" else "dt" if self.is_term_open else "dd"
            if mark not in "*#":
                self.is_term_open = False
            self.output.append(f"</{item}></{LISTS[mark]}>")
        self.prefix = self.prefix[:depth]

    def _term(self, content: str) -> str:
        """``; term : definition`` on one line."""
        colon = _colon(content)
        if colon < 0:
            return content
        self.output.append(trim(content[:colon]) + self._next_item(":"))
        return content[colon + 1 :]

    # Paragraphs

    def _paragraph(self, line: str, has_tag: bool, pre: tuple[bool, bool]) -> str:
        opens_pre, closes_pre = pre
        opening = has_tag and OPENING.search(line) is not None
        closing = has_tag and CLOSING.search(line) is not None
        if opening or closing:
            self.pending = ""
            if not self.is_in_pre or opens_pre:
                self._close_paragraph()
            self.is_in_pre = self.is_in_pre or (opens_pre and not closes_pre)
            self._track_quotes(line)
            self.is_in_block = not closing
        elif not self.is_in_block and not self.is_in_pre:
            return self._plain_line(line)
        return line

    def _track_quotes(self, line: str) -> None:
        for found in QUOTE.finditer(line):
            self.is_in_quote = not found[1]

    def _plain_line(self, line: str) -> str:
        is_empty = not trim(line)
        if line.startswith(" ") and (self.paragraph == "pre" or not is_empty) and not self.is_in_quote:
            if self.paragraph != "pre":
                self.pending = ""
                self._close_paragraph()
                self.output.append("<pre>")
                self.paragraph = "pre"
            return line[1:]
        if is_empty:
            self._empty_line()
        elif self.pending:
            self._settle_pending("")
        elif self.paragraph != "p":
            self._close_paragraph()
            self.output.append("<p>")
            self.paragraph = "p"
        return line

    def _empty_line(self) -> None:
        if self.pending:
            self._settle_pending("<br>")
        elif self.paragraph != "p":
            self._close_paragraph()
            self.pending = "<p>"
        else:
            self.pending = "</p><p>"

    def _settle_pending(self, after: str) -> None:
        self.output.append(self.pending + after)
        self.pending, self.paragraph = "", "p"

    def _close_paragraph(self) -> None:
        if self.paragraph:
            self.output.append(f"</{self.paragraph}>\n")
        self.paragraph, self.is_in_pre = "", False


def _common_length(one: str, other: str) -> int:
    length = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        length += 1
    return length


def _colon(text: str) -> int:
    """Where the definition begins after a term: the first colon outside tags and what they hold; -1 when none."""
    if ":" not in text or ("<" not in text and "-{" not in text):
        return text.find(":")
    depth = variants = 0
    for found in COLON.finditer(text):
        if found["open"] or found["close"]:
            variants = max(variants + (1 if found["open"] else -1), 0)
        elif variants:
            continue
        elif found["colon"]:
            if not depth:
                return found.start()
        elif found["end"]:
            depth = max(depth - 1, 0)
        elif found["start"] and not found["start"].endswith("/>"):
            depth += 1
    return -1
