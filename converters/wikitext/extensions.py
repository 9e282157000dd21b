"""Extension tags: which ones we know, and what each becomes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from converters.document.tree import escape
from converters.wikitext.attributes import clean_attributes, write_attributes
from converters.wikitext.media import render_gallery
from converters.wikitext.references import render_ref, render_references
from converters.wikitext.state import Frame, Page, Parser

Hook = Callable[[Page, Parser, dict[str, str], str, Frame], str]
ENTITY = re.compile(r"&(?!(?:#\w+|\w+);)")


def _verbatim(content: str) -> str:
    return ENTITY.sub("&amp;", content).replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _nowiki(page: Page, _parser: Parser, _attributes: dict[str, str], content: str, _frame: Frame) -> str:
    return page.markers.put(_verbatim(content))


def _pre(page: Page, _parser: Parser, attributes: dict[str, str], content: str, _frame: Frame) -> str:
    inner = content.removeprefix("\n").replace("<nowiki>", "").replace("</nowiki>", "")
    return f"<pre{write_attributes('pre', attributes)}>{page.markers.put(_verbatim(inner))}</pre>"


def _code(page: Page, _parser: Parser, attributes: dict[str, str], content: str, _frame: Frame) -> str:
    language = attributes.get("lang", "")
    classes = f"mw-highlight mw-highlight-lang-{language}" if language else "mw-highlight"
    code = page.markers.put(escape(html.unescape(content) if "&" in content else content).strip("\n"))
    if "inline" in attributes or attributes.get("enclose") == "none":
        return f'<code class="{escape(classes)}">{code}</code>'
    return f'<pre class="{escape(classes)}">{code}</pre>'


def _math(page: Page, _parser: Parser, attributes: dict[str, str], content: str, _frame: Frame) -> str:
    """TeX stays TeX: readable, searchable, and typeset by whoever can."""
    return page.markers.put(f'<code class="mwe-math-element">{escape(content.strip())}</code>')


def _poem(page: Page, parser: Parser, attributes: dict[str, str], content: str, frame: Frame) -> str:
    lines = (re.sub("^ +", lambda spaces: "&#160;" * len(spaces[0]), line) for line in content.strip("\n").split("\n"))
    stanzas = "<br>\n".join(lines).replace("<br>\n<br>\n", "\n\n")
    classes = f"poem {attributes.get('class', '')}".strip()
    opening = f'<div class="{escape(classes)}"{clean_attributes("div", attributes.get("", ""))}>'
    return page.markers.put_block(f"{opening}{parser.flow(stanzas, frame)}</div>")


def _silent(_page: Page, _parser: Parser, _attributes: dict[str, str], _content: str, _frame: Frame) -> str:
    return ""


def unknown_tag(name: str, content: str, page: Page) -> str:
    """A tag of an extension that we do not know: its source, visible, and a problem."""
    page.report(f"the extension tag <{name}> is not understood")
    return page.markers.put(f'<code class="extension-{name}">{escape(content.strip())}</code>')


# Tag → what renders it. Tags that only talk to MediaWiki are silent.
HOOKS: dict[str, Hook] = {
    "nowiki": _nowiki,
    "pre": _pre,
    "gallery": render_gallery,
    "ref": render_ref,
    "references": render_references,
    "math": _math,
    "chem": _math,
    "ce": _math,
    "syntaxhighlight": _code,
    "source": _code,
    "poem": _poem,
    "templatestyles": _silent,
    "templatedata": _silent,
    "section": _silent,
    "indicator": _silent,
}
# Tags of extensions in wide use (Special:Version of Wikimedia's and WikiTeam's wikis) that we show as source.
SHOWN_AS_SOURCE = frozenset({
    "graph", "mapframe", "maplink", "hiero", "score", "timeline", "imagemap", "inputbox", "categorytree",
    "dynamicpagelist", "charinsert", "quiz", "choose", "googlemap", "html5video", "youtube", "widget", "csv", "tabber",
})  # fmt: skip
