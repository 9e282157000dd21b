"""The rules of the page's running text ("in body")."""

from __future__ import annotations

from collections.abc import Callable

from converters.wikitext.tidy.agency import end_formatting, latest_formatting
from converters.wikitext.tidy.builder import TreeBuilder
from converters.wikitext.tidy.names import (
    BLOCKS,
    FORMATTING,
    HEADINGS,
    LIST_SCOPE,
    SELF_CLOSING,
    SPECIAL,
    TABLE_PARTS,
    VOID,
)
from converters.wikitext.tidy.node import SPACES

# Elements that one item does not look beyond when it closes the one before.
TRANSPARENT = frozenset({"address", "div", "p"})


class Body:
    """What text and tags do in the page, in items, cells and everywhere else but in a table's own parts."""

    def text(self, builder: TreeBuilder, text: str) -> None:
        if builder.drops_newline:
            builder.drops_newline = False
            text = text.removeprefix("\n")
        if text:
            builder.reopen_formatting()
            builder.add_text(text)

    def start(self, builder: TreeBuilder, name: str, attributes: str) -> None:
        builder.drops_newline = False
        STARTS.get(name, _start_other)(builder, name, attributes)

    def end(self, builder: TreeBuilder, name: str) -> None:
        builder.drops_newline = False
        ENDS.get(name, _end_other)(builder, name)


def _start_block(builder: TreeBuilder, name: str, attributes: str) -> None:
    builder.close_paragraph()
    builder.add(name, attributes)


def _start_pre(builder: TreeBuilder, name: str, attributes: str) -> None:
    _start_block(builder, name, attributes)
    builder.drops_newline = True


def _start_heading(builder: TreeBuilder, name: str, attributes: str) -> None:
    builder.close_paragraph()
    if builder.current.name in HEADINGS:
        builder.pop()
    builder.add(name, attributes)


def _start_item(builder: TreeBuilder, name: str, attributes: str) -> None:
    alike = ("li",) if name == "li" else ("dd", "dt")
    for node in reversed(builder.open):
        if node.name in alike:
            builder.close_implied(node.name)
            builder.pop_to((node.name,))
            break
        if node.name in SPECIAL and node.name not in TRANSPARENT:
            break
    _start_block(builder, name, attributes)


def _start_formatting(builder: TreeBuilder, name: str, attributes: str) -> None:
    builder.reopen_formatting()
    if builder.is_overformatted():
        builder.is_whole = False
        return
    node = builder.add(name, attributes)
    if node is not None:
        builder.remember(node)


def _start_link(builder: TreeBuilder, name: str, attributes: str) -> None:
    opened = latest_formatting(builder, "a")
    if opened is not None:
        end_formatting(builder, "a")
        if opened in builder.formatting:
            builder.formatting.remove(opened)
        if opened.is_open:
            builder.open.remove(opened)
            opened.is_open = False
    _start_formatting(builder, name, attributes)


def _start_table(builder: TreeBuilder, name: str, attributes: str) -> None:
    builder.close_paragraph()
    if builder.add(name, attributes) is not None:
        builder.mode = "table"


def _start_void(builder: TreeBuilder, name: str, attributes: str) -> None:
    builder.reopen_formatting()
    builder.add_void(name, attributes)


def _start_rule(builder: TreeBuilder, name: str, attributes: str) -> None:
    builder.close_paragraph()
    builder.add_void(name, attributes)


def _start_ruby_part(builder: TreeBuilder, name: str, attributes: str) -> None:
    if builder.has(("ruby",)):
        builder.close_implied("rtc" if name in ("rp", "rt") else "")
    builder.add(name, attributes)


def _start_other(builder: TreeBuilder, name: str, attributes: str) -> None:
    builder.reopen_formatting()
    if attributes.endswith("/") and name in SELF_CLOSING:
        builder.add_void(name, attributes)
    else:
        builder.add(name, attributes)


def _ignore_start(_builder: TreeBuilder, _name: str, _attributes: str) -> None:
    """Parts of tables outside of tables."""


def _end_block(builder: TreeBuilder, name: str) -> None:
    if builder.has((name,)):
        builder.close_implied()
        builder.pop_to((name,))


def _end_paragraph(builder: TreeBuilder, name: str) -> None:
    if not builder.has((name,)) and builder.add(name) is None:
        return
    builder.close_implied(name)
    builder.pop_to((name,))


def _end_item(builder: TreeBuilder, name: str) -> None:
    if builder.has((name,), LIST_SCOPE) if name == "li" else builder.has((name,)):
        builder.close_implied(name)
        builder.pop_to((name,))


def _end_heading(builder: TreeBuilder, _name: str) -> None:
    if builder.has(HEADINGS):
        builder.close_implied()
        builder.pop_to(HEADINGS)


def _end_formatting(builder: TreeBuilder, name: str) -> None:
    if not end_formatting(builder, name):
        _end_other(builder, name)


def _end_break(builder: TreeBuilder, name: str) -> None:
    _start_void(builder, name, "")


def _end_other(builder: TreeBuilder, name: str) -> None:
    for node in reversed(builder.open):
        if node.name == name and node is not builder.root:
            builder.close_implied(name)
            while builder.pop() is not node:
                pass
            return
        if node.name in SPECIAL:
            return


def is_blank(text: str) -> bool:
    return not text.strip(SPACES)


Start = Callable[[TreeBuilder, str, str], None]
End = Callable[[TreeBuilder, str], None]
STARTS: dict[str, Start] = {
    **dict.fromkeys(TABLE_PARTS, _ignore_start),
    **dict.fromkeys((*BLOCKS, "p"), _start_block),
    **dict.fromkeys(HEADINGS, _start_heading),
    **dict.fromkeys(FORMATTING, _start_formatting),
    **dict.fromkeys(VOID - {"col"}, _start_void),
    **dict.fromkeys(("rb", "rp", "rt", "rtc"), _start_ruby_part),
    **dict.fromkeys(("li", "dd", "dt"), _start_item),
    "pre": _start_pre,
    "a": _start_link,
    "table": _start_table,
    "hr": _start_rule,
    "html": _ignore_start,
}
ENDS: dict[str, End] = {
    **dict.fromkeys(BLOCKS, _end_block),
    **dict.fromkeys(HEADINGS, _end_heading),
    **dict.fromkeys(FORMATTING, _end_formatting),
    **dict.fromkeys(("li", "dd", "dt"), _end_item),
    "p": _end_paragraph,
    "br": _end_break,
}
