"""Text that no later pass takes for wikitext (wfEscapeWikiText)."""

from __future__ import annotations

import re

SIGNS = {
    '"': "&#34;", "&": "&#38;", "'": "&#39;", "<": "&#60;", "=": "&#61;", ">": "&#62;", "[": "&#91;", "]": "&#93;",
    "{": "&#123;", "|": "&#124;", "}": "&#125;", ";": "&#59;", "!!": "&#33;!", "://": "&#58;//", "__": "_&#95;",
}  # fmt: skip
ARMOURED = re.compile(r"""!!|://|__|["&'<=>\[\]{|};]|(?:^|(?<=\n))[-#*: \n\t]|(?:RFC|PMID|ISBN)(?=\s)|~~~""")


def escape_wikitext(text: str) -> str:
    """The text with its signs as character references."""
    return ARMOURED.sub(_reference, text)


def _reference(found: re.Match[str]) -> str:
    sign = found[0]
    if sign in SIGNS:
        return SIGNS[sign]
    return f"&#{ord(sign[0])};{sign[1:]}"
