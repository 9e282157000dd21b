"""``<poem>``: lines stay lines, and spaces before them stay spaces (extension Poem)."""

from __future__ import annotations

import re

from converters.wikitext.attributes import write_attributes
from converters.wikitext.spaces import trim
from converters.wikitext.state import Frame, Page, Parser, Tag

INDENTED = re.compile(r"^(:+)([^:\n].*)$", re.M)
# After a rule the line ends by itself; four dashes make one.
RULE = re.compile(r"^-----+$", re.M)
LINE_END = re.compile(r"(?<!^----)\n", re.M)
SPACES = re.compile(r"^ +", re.M)


def render_poem(page: Page, parser: Parser, tag: Tag, frame: Frame) -> str:
    """The lines in ``div.poem``. Gives a marker."""
    break_mark = page.markers.put_general("<br>")
    text = INDENTED.sub(_indented, tag.content or "").removeprefix("\n").removesuffix("\n")
    text = LINE_END.sub(f"{break_mark}\n", RULE.sub("----", text))
    text = SPACES.sub(lambda spaces: "&#160;" * len(spaces[0]), text)
    half = trim(parser.half(text, frame))
    classes = f"poem {tag.attributes.get('class', '')}".strip()
    opening = write_attributes("div", {**tag.attributes, "class": classes})
    newline = "" if "compact" in tag.attributes else "\n"
    return page.markers.put_general(f"<div{opening}>{newline}{half}{newline}</div>")


def _indented(found: re.Match[str]) -> str:
    style = f"display: inline-block; margin-inline-start: {len(found[1])}em;"
    return f'<span class="mw-poem-indented" style="{style}">{found[2]}</span>'
