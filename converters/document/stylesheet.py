"""A style sheet that a page brings along, reduced to what can only change how that page's own words look.

The extension TemplateStyles of MediaWiki allows such sheets (https://www.mediawiki.org/wiki/Help:TemplateStyles).
"""

from __future__ import annotations

import re

from converters.document.style import safe_style

COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
# Braces and quoted texts: a brace in quotes is none.
SIGN = re.compile(r"""[{}]|"[^"\n]*"|'[^'\n]*'""")
# No quotes, no backslash, nothing that could end the element; put below the scope, it must not begin with a sign that
# leads to the scope's own neighbours.
SELECTOR = re.compile(r"[\w.#:*\[][\w .#>+~*:()\[\]=^$|-]*")
MEDIA = re.compile(r"@media [\w ():,./-]+", re.I)
# $wgTemplateStylesMaxStylesheetSize.
SIZE_LIMIT = 102_400
DEPTH_LIMIT = 3


def safe_stylesheet(css: str, scope: str) -> str:
    """The rules that are safe, a line each, for what stands below the selector ``scope`` only.

    Kept are rules of selectors and those within ``@media``; all other at-rules go, as do declarations that
    :func:`safe_style` leaves out. Of a sheet that is too large, or never closes a brace, the rest goes.
    """
    return "\n".join(_rules(COMMENT.sub(" ", css[:SIZE_LIMIT]), scope))


def _rules(css: str, scope: str, depth: int = 0) -> list[str]:
    rules: list[str] = []
    for prelude, block in _blocks(css):
        if prelude.startswith("@"):
            inside = _rules(block, scope, depth + 1) if MEDIA.fullmatch(prelude) and depth < DEPTH_LIMIT else []
            rules += [f"{prelude} {{", *inside, "}"] if inside else []
            continue
        style = safe_style(block.strip())
        selectors = [part.strip() for part in prelude.split(",")]
        if style and all(map(SELECTOR.fullmatch, selectors)):
            rules.append(f"{', '.join(f'{scope} {selector}' for selector in selectors)} {{ {style} }}")
    return rules


def _blocks(css: str) -> list[tuple[str, str]]:
    """What stands before and between the outermost braces."""
    blocks: list[tuple[str, str]] = []
    depth = start = opened = 0
    for sign in SIGN.finditer(css):
        if sign[0] == "{":
            depth += 1
            opened = sign.end() if depth == 1 else opened
        elif sign[0] == "}" and depth:
            depth -= 1
            if not depth:
                # A rule without braces, like @import, ends at its semicolon.
                prelude = " ".join(css[start : opened - 1].rpartition(";")[2].split())
                blocks.append((prelude, css[opened : sign.start()]))
                start = sign.end()
    return blocks
