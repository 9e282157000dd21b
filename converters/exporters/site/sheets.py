"""The style sheet of the site: our own, and what the wiki's ``MediaWiki:Common.css`` does to the text of pages."""

from __future__ import annotations

import re
from importlib.resources import files

from converters.document.stylesheet import safe_stylesheet

# What holds a page's text, here and in MediaWiki's skins.
SCOPE = ".text"
HOLDERS = "|".join((
    "html", "body", "#content", "#bodyContent", "#mw-content-text", ".mw-body", ".mw-body-content", ".mw-parser-output",
)).replace(".", r"\.")  # fmt: skip
HELD = re.compile(rf"(^|[,{{}};]|\*/)[ \t]*+(?:(?:{HOLDERS})(?:\s*>\s*|\s+))+(?=[\w.#:*\[])", re.M)
# A wiki's sheet thinks of dark words on light paper: in the dark its colours would hide the words.
COLOURS = re.compile(
    r"(?<![\w-])(?:background(?:-color|-image)?|color|[a-z-]+-color|box-shadow|text-shadow)\s*:[^;{}]*;?"
)


def style_sheet(common_css: str | None) -> bytes:
    """Ours, then the wiki's, made safe and kept to the text of pages; ``None`` when the wiki has none."""
    ours = files(__package__).joinpath("style", "site.css").read_text("utf-8")
    theirs = safe_stylesheet(HELD.sub(r"\1", common_css or ""), SCOPE)
    if not theirs:
        return ours.encode()
    in_the_dark = COLOURS.sub("", theirs)
    parts = (
        ours,
        "/* The wiki's own */",
        f"@media not (prefers-color-scheme: dark) {{\n{theirs}\n}}",
        f"@media (prefers-color-scheme: dark) {{\n{in_the_dark}\n}}\n",
    )
    return "\n".join(parts).encode("utf-8", "replace")
