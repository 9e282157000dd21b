"""Inline style as MediaWiki lets it through (Sanitizer::checkCss). What is safe to show is the sanitiser's to say."""

from __future__ import annotations

import re

ESCAPE = re.compile(r"\\(?:(\r\n|[\n\r\f])|([0-9A-Fa-f]{1,6})[ \t\r\n\f]?|(.)|$)", re.S)
LONE_COMMENT = re.compile(r"\s*/\*[^*\\/]*\*/\s*")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd]")
INSECURE = re.compile(
    r"expression|filter\s*:|accelerator\s*:|-o-link\s*:|-o-link-source\s*:|-o-replace\s*:|url\s*\(|image\s*\("
    r"|image-set\s*\(|attr\s*\([^)]+[\s,]+url",
    re.I,
)
# Nobody writes longer ones, and the search for functions takes the square of the length.
LONGEST = 4000
BACKSLASH = "\\"
HIGHEST = 0x10FFFF


def checked_style(value: str) -> str:
    """The style with its escapes decoded and comments gone, or a comment that tells what was wrong with it."""
    if len(value) > LONGEST:
        return "/* too long */"
    if BACKSLASH in value:
        value = ESCAPE.sub(_unescaped, value)
    if "/*" in value and not LONE_COMMENT.fullmatch(value):
        value = COMMENT.sub(" ", value).partition("/*")[0]
    if CONTROL.search(value):
        return "/* invalid control char */"
    return "/* insecure input */" if INSECURE.search(value) else value


def _unescaped(found: re.Match[str]) -> str:
    newline, number, character = found.groups()
    if newline:
        return ""
    if number:
        code = int(number, 16)
        character = chr(code) if 0 < code <= HIGHEST and not 0xD800 <= code < 0xE000 else "\ufffd"
    # An escaped character that means something in CSS stays escaped; at the end the backslash itself does.
    if character is None or character in "\n\"'\\":
        return BACKSLASH + (f"{ord(character):x} " if character else BACKSLASH)
    return str(character)
