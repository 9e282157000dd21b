"""Tags whose content is no wikitext: ``<nowiki>``, ``<pre>``, and program source (extension SyntaxHighlight)."""

from __future__ import annotations

import re

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from converters.document.tree import escape
from converters.wikitext.attributes import write_attributes
from converters.wikitext.state import Frame, Page, Parser, Tag

BRACKETS = str.maketrans({"<": "&lt;", ">": "&gt;"})
NOWIKI = re.compile(r"<(/?)nowiki>", re.I)
# SyntaxHighlight::HIGHLIGHT_MAX_BYTES: longer source stays plain.
HIGHLIGHT_LIMIT = 102_400
# Pygments takes the square of the length of a line.
LINE_LIMIT = 2000
# SyntaxHighlight::HIGHLIGHT_MAX_LINES.
MARKED_LINES_LIMIT = 1000
WRAPPED = re.compile(r'<div class="mw-highlight">(.*)</div>', re.S)
# Numbers of lines are drawn by the style sheet, so that nobody copies them.
LINE_NUMBER = re.compile(r'<span class="linenos">\s*([^<]*?)\s*</span>')
LINKED_NUMBER = re.compile(r'<span class="linenos" data-line="(\d+)"></span>')
RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
# Names of GeSHi, which drew source before 2015, that Pygments calls otherwise (SyntaxHighlight.compat.php).
OLD_NAMES = {
    "html4strict": "html", "html5": "html", "java5": "java", "c_mac": "c", "gnuplot": "gnuplot", "mysql": "mysql",
    "oracle8": "plpgsql", "asm": "nasm", "actionscript3": "as3", "bibtex": "tex", "cmake": "cmake", "dos": "bat",
    "ini": "cfg", "jquery": "javascript", "latex": "tex", "pascal": "delphi", "plsql": "plpgsql", "robots": "text",
    "winbatch": "bat", "xpp": "java", "z80": "nasm", "6502acme": "nasm", "68000devpac": "nasm", "vb": "vbnet",
}  # fmt: skip


def render_nowiki(page: Page, _parser: Parser, tag: Tag, _frame: Frame) -> str:
    """The content as it is written; character references still mean their characters. Gives a marker."""
    return page.markers.put((tag.content or "").translate(BRACKETS))


def render_pre(page: Page, _parser: Parser, tag: Tag, _frame: Frame) -> str:
    """The same in a box that keeps spaces and lines. Gives a marker."""
    content = tag.content or ""
    if "<" in content:
        content = _without_nowiki(content)
    # Its lines take part in the search for lists and paragraphs, as in MediaWiki.
    inner = content.translate(BRACKETS)
    return page.markers.put_general(f"<pre{write_attributes('pre', tag.attributes)}>{inner}</pre>")


def _without_nowiki(content: str) -> str:
    """The content without the tags around what they enclose; a tag without its other one is text."""
    pieces: list[str] = []
    opening: re.Match[str] | None = None
    position = 0
    for found in NOWIKI.finditer(content):
        if not found[1]:
            opening = opening or found
        elif opening is not None:
            pieces += [content[position : opening.start()], content[opening.end() : found.start()]]
            position, opening = found.end(), None
    return "".join([*pieces, content[position:]])


def render_source(page: Page, _parser: Parser, tag: Tag, _frame: Frame) -> str:
    """Program source with the classes that Pygments gives its words. Gives a marker."""
    attributes = tag.attributes
    code = page.markers.restore(tag.content or "") if tag.content else ""
    code = code.rstrip().lstrip("\n")
    is_inline = "inline" in attributes or attributes.get("enclose") == "none"
    lexer = _lexer(attributes.get("lang", ""), code)
    written = _highlighted(code, lexer, attributes, is_inline)
    if "linelinks" in attributes:
        written = _linked(written, attributes["linelinks"])
    direction = "rtl" if attributes.get("dir") == "rtl" else "ltr"
    language = f"mw-highlight-lang-{attributes['lang'].lower()}" if lexer else ""
    lines = "mw-highlight-lines" if "line" in attributes else ""
    words = (attributes.get("class", ""), "mw-highlight", language, f"mw-content-{direction}", lines)
    kept = {name: value for name, value in attributes.items() if name in ("style", "id")}
    element = "code" if is_inline else "div"
    opening = write_attributes(element, {**kept, "class": " ".join(filter(None, words)), "dir": direction})
    if is_inline:
        return page.markers.put(f"<code{opening}>{written.strip().replace(chr(10), ' ')}</code>")
    return page.markers.put_general(f"<div{opening}>{page.markers.put(written)}</div>")


def render_script(text: str, language: str) -> str:
    """A page that is a script or a style sheet, as the extension shows it: each line with a number that links to it."""
    code = text.rstrip().lstrip("\n")
    written = _highlighted(code, _lexer(language), {"line": "", "linelinks": "L"}, is_inline=False)
    written = _linked(written, "L")
    words = f"mw-highlight mw-highlight-lang-{language} mw-content-ltr mw-highlight-lines"
    return f'<div class="{words}" dir="ltr">{written}</div>'


def _linked(written: str, prefix: str) -> str:
    """Each number of a line leads to its line."""
    link = f'<a data-link="anchor" href="#{escape(prefix)}-'
    return LINKED_NUMBER.sub(lambda found: f'{link}{found[1]}">{found[0]}</a>', written)


def _lexer(language: str, code: str = "") -> Lexer | None:
    name = language.lower()
    # PHP counts as such without its opening tag too.
    options = {"startinline": True} if name == "php" and "<?php" not in code else {}
    try:
        return get_lexer_by_name(OLD_NAMES.get(name, name), **options) if name else None
    except ClassNotFound:
        return None


def _highlighted(code: str, lexer: Lexer | None, attributes: dict[str, str], is_inline: bool) -> str:
    if not code:
        return ""
    if lexer is None or len(code) > HIGHLIGHT_LIMIT or max(map(len, code.split("\n"))) > LINE_LIMIT:
        return escape(code) if is_inline else f"<pre>{escape(code)}</pre>"
    start = attributes.get("start", "")
    formatter = HtmlFormatter(
        cssclass="mw-highlight",
        nowrap=is_inline,
        linenos="inline" if "line" in attributes else False,
        linespans=attributes.get("linelinks", ""),
        linenostart=int(start) if start.isdecimal() and len(start) < 7 else 1,
        hl_lines=_marked_lines(attributes.get("highlight", "")),
    )
    written: str = highlight(code.strip() if is_inline else code, lexer, formatter)
    found = WRAPPED.fullmatch(written.strip())
    return LINE_NUMBER.sub(r'<span class="linenos" data-line="\1"></span>', found[1].strip() if found else written)


def _marked_lines(text: str) -> list[int]:
    """``3,5-7`` as numbers of lines."""
    lines: list[int] = []
    for part in text.split(","):
        found = RANGE.fullmatch(part.strip())
        if found:
            first, last = int(found[1]), int(found[2] or found[1])
            lines += range(first, min(last, first + MARKED_LINES_LIMIT) + 1)
    return lines[:MARKED_LINES_LIMIT]
