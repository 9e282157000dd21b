"""Template calls: transclusion with parameters, or a box that shows what could not be expanded."""

from __future__ import annotations

from collections.abc import Iterator

from converters.document.tree import escape
from converters.wikitext.braces import Call, Content, read_braces
from converters.wikitext.state import Frame, Page, Parser
from converters.wikitext.strip import Stripper
from converters.wikitext.variables import is_magic, variable
from scraper.model import Title
from scraper.titles import IllegalTitle

TEMPLATE = 10
# Together of templates and of calls within calls. MediaWiki: $wgMaxTemplateDepth, $wgMaxPPExpandDepth = 100.
DEPTH_LIMIT = 60
TEMPLATE_DEPTH_LIMIT = 20
# $wgMaxArticleSize, to which MediaWiki also holds the text after expansion.
SIZE_LIMIT = 2_097_152
# A template that begins like this begins a new line (Parser::braceSubstitution).
LINE_STARTS = ("{|", "*", "#", ":", ";")
ARGUMENT_MODIFIERS = ("subst:", "safesubst:", "msgnw:", "msg:", "raw:")


class Templates:
    """Expands the calls of one page."""

    def __init__(self, page: Page, parser: Parser, stripper: Stripper) -> None:
        self.page, self.parser, self.stripper = page, parser, stripper

    def expand(self, text: str, frame: Frame) -> str:
        """The text with its template calls, parameters and variables replaced."""
        if "{{" not in text:
            return text
        return self._content(read_braces(text), frame)

    def _content(self, content: Content, frame: Frame) -> str:
        pieces: list[str] = []
        for piece in content:
            if isinstance(piece, str):
                pieces.append(piece)
            elif frame.depth > DEPTH_LIMIT:
                self.page.report("calls are nested too deeply")
                pieces.append(self._as_written(piece, frame))
            elif piece.braces == 3:
                pieces.append(self._parameter(piece, frame.deeper()))
            else:
                expanded = self._call(piece, frame.deeper())
                is_line_start = not any(pieces) or next(p for p in reversed(pieces) if p).endswith("\n")
                pieces.append("\n" + expanded if expanded.startswith(LINE_STARTS) and not is_line_start else expanded)
        return "".join(pieces)

    def _parameter(self, call: Call, frame: Frame) -> str:
        name = self._content(call.parts[0], frame).strip()
        if frame.arguments is not None and name in frame.arguments:
            return frame.arguments[name]
        if len(call.parts) > 1:
            return self._content(call.parts[1], frame)
        return "{{{" + name + "}}}"

    def _call(self, call: Call, frame: Frame) -> str:
        name = self._content(call.parts[0], frame).strip()
        for modifier in ARGUMENT_MODIFIERS:
            if name.lower().startswith(modifier):
                name = name[len(modifier) :].strip()
        value = variable(name, self.page)
        if value is not None:
            return value
        if is_magic(name, self.page):
            return self._unexpanded_function(name, call, frame)
        try:
            title = self._title(name)
        except IllegalTitle:
            return self._as_written(call, frame)
        arguments = dict(self._arguments(call, frame))
        source = self._source(title, frame)
        if source is None:
            return self._unexpanded(title.full, arguments, frame)
        return self._transclude(title, source, Frame(arguments, (*frame.open_titles, title.full), frame.depth))

    def _title(self, name: str) -> Title:
        if name.startswith("/"):
            return self.page.wiki.titles.parse(self.page.title.full + name.rstrip("/"))
        return self.page.wiki.titles.parse(name, 0 if name.startswith(":") else TEMPLATE)

    def _source(self, title: Title, frame: Frame) -> str | None:
        if title.full in frame.open_titles:
            self.page.report(f"{title.full} includes itself")
            return None
        if len(frame.open_titles) >= TEMPLATE_DEPTH_LIMIT:
            self.page.report("templates are nested too deeply")
            return None
        if self.page.expanded_size > SIZE_LIMIT:
            self.page.report("the text becomes too large when its templates are expanded")
            return None
        source = self.page.lookups.template(title)
        self.page.expanded_size += len(source or "")
        return source

    def _transclude(self, title: Title, source: str, frame: Frame) -> str:
        stripped = self.stripper.strip(source, self.parser.hook(frame), is_included=True)
        expanded = self.expand(stripped, frame)
        self.page.expanded_size += len(expanded)
        return expanded

    def _arguments(self, call: Call, frame: Frame) -> Iterator[tuple[str, str]]:
        position = 0
        for part in call.parts[1:]:
            name, value = _split_name(part)
            if name is None:
                position += 1
                yield str(position), self._content(value, frame)
            else:
                yield self._content(name, frame).strip(), self._content(value, frame).strip()

    def _as_written(self, call: Call, frame: Frame) -> str:
        opening, closing = "{" * call.braces, "}" * call.braces
        if frame.depth > DEPTH_LIMIT:
            return f"{opening}…{closing}"
        return opening + "|".join(self._content(part, frame) for part in call.parts) + closing

    def _unexpanded_function(self, name: str, call: Call, frame: Frame) -> str:
        if not self.page.lookups.shows_boxes:
            return self._as_written(call, frame)
        function, _, first = name.partition(":")
        self.page.report(f"the parser function {function} is not understood")
        arguments = {"1": first.strip()} if first.strip() else {}
        for number, part in enumerate(call.parts[1:], 2):
            arguments[str(number)] = self._content(part, frame).strip()
        return self._unexpanded(function, arguments, frame)

    def _unexpanded(self, name: str, arguments: dict[str, str], frame: Frame) -> str:
        if not self.page.lookups.shows_boxes:
            return f"[[:{name}]]"
        box = self._box(name, arguments, frame)
        return self.page.markers.put_block(box) if box.startswith("<div") else self.page.markers.put(box)

    def _box(self, name: str, arguments: dict[str, str], frame: Frame) -> str:
        """``div`` with a table of the parameters where a value has several lines, else ``span`` in the running text."""
        shown = {key: value for key, value in arguments.items() if value.strip()}
        if any("\n" in value.strip() for value in shown.values()) or len(shown) > 4:
            rows = (
                f"<tr><th>{escape(key)}</th><td>{self.parser.flow(value, frame)}</td></tr>"
                for key, value in shown.items()
            )
            heading = f"<caption>{escape(name)}</caption>"
            table = f"<table>{heading}{''.join(rows)}</table>"
            return f'<div class="template" data-template="{escape(name)}">{table}</div>'
        values = (
            self.parser.inline(value.strip(), frame)
            if key.isdecimal()
            else f"{escape(key)}={self.parser.inline(value, frame)}"
            for key, value in shown.items()
        )
        label = " | ".join((escape(name), *values))
        return f'<span class="template" data-template="{escape(name)}">{label}</span>'


def _split_name(part: Content) -> tuple[Content | None, Content]:
    """A parameter at its first ``=`` outside inner calls: name and value; no name when there is none."""
    for number, piece in enumerate(part):
        if isinstance(piece, str) and "=" in piece:
            before, _, after = piece.partition("=")
            return [*part[:number], before], [after, *part[number + 1 :]]
    return None, part
