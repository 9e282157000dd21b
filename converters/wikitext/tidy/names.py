"""Which elements the tree builder treats alike. Source: the HTML standard, as of RemexHtml's HTMLData."""

from __future__ import annotations

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "link", "meta", "source", "track", "wbr"})
FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
# A start tag of these ends an open paragraph, and an end tag needs them in scope.
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset",
    "figcaption", "figure", "footer", "header", "hgroup", "main", "menu", "nav", "ol", "pre", "section", "summary",
    "ul",
})  # fmt: skip
TABLE_PARTS = frozenset({"caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"})
ROW_GROUPS = frozenset({"tbody", "tfoot", "thead"})
CELLS = frozenset({"td", "th"})
SPECIAL = (
    BLOCKS | HEADINGS | TABLE_PARTS | VOID | frozenset({"dd", "dt", "html", "li", "p", "style", "table", "template"})
) - frozenset({"dialog"})
# What ends the search for an open element.
SCOPE = frozenset({"caption", "html", "object", "table", "td", "template", "th"})
LIST_SCOPE = SCOPE | {"ol", "ul"}
TABLE_SCOPE = frozenset({"html", "table", "template"})
# Elements whose end tag may be left out.
IMPLIED = frozenset({"dd", "dt", "li", "option", "p", "rb", "rp", "rt", "rtc"})
# Where loose content moves before the table.
FOSTERING = frozenset({"table", "tbody", "tfoot", "thead", "tr"})
# MathML's elements may close themselves.
SELF_CLOSING = frozenset({"mglyph", "mprescripts", "mspace", "none"})
