"""Calls in double braces: transclusion with parameters, functions, or a box that shows what could not be expanded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from converters.wikitext.arguments import Arguments
from converters.wikitext.armour import escape_wikitext
from converters.wikitext.boxes import function_box, inline_box, table_box
from converters.wikitext.braces import Call, Content, read_braces, split_name
from converters.wikitext.entities import decode
from converters.wikitext.excess import SIZE_LIMIT
from converters.wikitext.functions import FunctionCall, NotUnderstood, find_function
from converters.wikitext.markers import TAG_MARK, TAG_MARKER
from converters.wikitext.messages import shipped_message, told
from converters.wikitext.redirects import read_redirect
from converters.wikitext.spaces import trim
from converters.wikitext.specialpages import is_includable
from converters.wikitext.state import Frame, Page, Parser
from converters.wikitext.strip import Stripper
from converters.wikitext.targets import find_spelling, interwiki_of, subpage
from converters.wikitext.variables import is_magic, variable
from scraper.model import Title
from scraper.titles import IllegalTitle

TEMPLATE, MEDIAWIKI, SPECIAL = 10, 8, -1
# Together of templates and of calls within calls. MediaWiki: $wgMaxTemplateDepth, $wgMaxPPExpandDepth = 100.
DEPTH_LIMIT = 60
# Of all that waits for each other: a parameter is expanded where it is asked for, deep in another template.
OPEN_LIMIT = 80
# Of all calls and parameters of a page. MediaWiki stops at a million nodes ($wgMaxPPNodeCount), some three a call.
CALLS_LIMIT = 100_000
TEMPLATE_DEPTH_LIMIT = 20
# A template that begins like this begins a new line (Parser::braceSubstitution).
LINE_STARTS = ("{|", "*", "#", ":", ";")
# Parameters that a box in the running text has room for.
INLINE_LIMIT = 4
MODIFIERS = frozenset({"subst", "safesubst", "msgnw", "msg", "raw"})


@dataclass(frozen=True, slots=True)
class _Use:
    """How a template is called: the word before its name, and whether it has lines of its own."""

    modifier: str
    is_alone: bool


class Templates:
    """Expands the calls of one page."""

    def __init__(self, page: Page, parser: Parser, stripper: Stripper) -> None:
        self.page, self.parser, self.stripper = page, parser, stripper
        self.open_calls = 0

    def expand(self, text: str, frame: Frame) -> str:
        """The text with its template calls, parameters and variables replaced, and its extension tags rendered."""
        if "{{" not in text:
            return self._tags(text, frame) if TAG_MARK in text else text
        return self._content(read_braces(text), frame, is_whole=True)

    def transclude(self, name: str, arguments: dict[str, str], frame: Frame) -> str | None:
        """A template with arguments that are read already; ``None`` where there is none of that name."""
        try:
            title = self._title(name)
        except IllegalTitle:
            return None
        source = None if title.full in frame.open_titles else self._source(title, frame)
        if source is None:
            return None
        return self._transclude(title, source, Frame(arguments, (*frame.open_titles, title.full), frame.depth + 1))

    def call_function(self, word: str, arguments: list[str], frame: Frame) -> str | None:
        """A parser function or variable with arguments that are read already; ``None`` where there is none."""
        first = trim(arguments[0]) if arguments else ""
        if not arguments or variable(f"{word}:{first}", self.page) is not None:
            return variable(f"{word}:{first}" if arguments else word, self.page)
        function = find_function(word, self.page.words) or find_function(f"#{word}", self.page.words)
        if function is None:
            return None
        rest: list[Content] = [[argument] for argument in arguments[1:]]
        call = FunctionCall(self.page, self.parser, frame, first, rest, partial(self._content, frame=frame.deeper()))
        try:
            return function(call)
        except NotUnderstood:
            return None

    def _content(self, content: Content, frame: Frame, is_whole: bool = False) -> str:
        """Text and calls in order. ``is_whole`` tells that lines begin and end where the content does."""
        pieces: list[str] = []
        last = ""
        for number, piece in enumerate(content):
            if isinstance(piece, str):
                text = self._tags(piece, frame) if TAG_MARK in piece else piece
            else:
                is_alone = last.endswith("\n") if last else is_whole
                text = self._expanded(piece, frame, is_alone and _ends_line(content, number, is_whole))
                if piece.braces == 2 and text.startswith(LINE_STARTS) and not piece.starts_line:
                    text = "\n" + text
            pieces.append(text)
            last = text or last
        return "".join(pieces)

    def _tags(self, text: str, frame: Frame) -> str:
        """Extension tags are rendered here, so that a branch not taken has no footnotes."""
        return TAG_MARKER.sub(partial(self._tag, frame), text)

    def _tag(self, frame: Frame, found: re.Match[str]) -> str:
        number = int(found[1])
        if number >= len(self.page.tags):
            return ""
        tag = self.page.tags[number]
        return self.parser.hook(frame)(tag.name, tag.attributes, tag.content)

    def _expanded(self, call: Call, frame: Frame, is_alone: bool) -> str:
        self.page.calls += 1
        refusal = self._refusal(frame)
        if refusal:
            self.page.report(refusal)
            return "{" * call.braces + "…" + "}" * call.braces
        self.open_calls += 1
        try:
            if call.braces == 3:
                return self._parameter(call, frame.deeper())
            return self._call(call, frame.deeper(), is_alone)
        finally:
            self.open_calls -= 1

    def _refusal(self, frame: Frame) -> str:
        if frame.depth > DEPTH_LIMIT or self.open_calls > OPEN_LIMIT:
            return "calls are nested too deeply"
        return "the page and its templates hold too many calls" if self.page.calls > CALLS_LIMIT else ""

    def _parameter(self, call: Call, frame: Frame) -> str:
        written = self._content(call.parts[0], frame)
        name = trim(written)
        if frame.arguments is not None and name in frame.arguments:
            return self._argument(frame.arguments[name])
        if len(call.parts) > 1:
            return self._content(call.parts[1], frame)
        return "{{{" + written + "}}}"

    def _argument(self, value: str) -> str:
        """Nothing once arguments were put in for as much as a page may hold (Parser::argSubstitution)."""
        if self.page.arguments_size + len(value) > SIZE_LIMIT:
            self.page.report("the text becomes too large when its parameters are put in")
            return ""
        self.page.arguments_size += len(value)
        return value

    def _call(self, call: Call, frame: Frame, is_alone: bool) -> str:
        written = self._content(call.parts[0], frame)
        modifier, name = self._modifier(trim(written))
        if modifier == "subst":
            # Done on saving; where it is still there it was never meant to be.
            return _as_written([written, *(self._content(part, frame) for part in call.parts[1:])])
        # A variable with parameters is a template, unless it is a function.
        is_template = len(call.parts) > 1 and ":" not in name
        value = None if is_template else variable(name, self.page)
        if value is None and not is_template and is_magic(name, self.page):
            value = self._function(written, name, call, frame)
        if value is not None:
            return value
        try:
            title = self._title(name)
        except IllegalTitle:
            return _as_written([written, *(self._content(part, frame) for part in call.parts[1:])])
        if title.namespace_id == SPECIAL and not is_includable(title, self.page.wiki):
            return f"[[:{title.full}]]"
        return self._template(title, call, frame, _Use(modifier, is_alone))

    def _template(self, title: Title, call: Call, frame: Frame, use: _Use) -> str:
        if title.full in frame.open_titles:
            self.page.report(f"{title.full} includes itself")
            return f'<span class="error">{told("parser-template-loop-warning", self.page.wiki, title.full)}</span>'
        arguments = Arguments(self._arguments(call, frame))
        source = self._source(title, frame)
        if source is None:
            missing = self._unexpanded(title.full, arguments, frame, use.is_alone)
            return escape_wikitext(missing) if use.modifier == "msgnw" else missing
        if use.modifier == "msgnw":
            return escape_wikitext(source)
        return self._transclude(title, source, Frame(arguments, (*frame.open_titles, title.full), frame.depth))

    def _function(self, written: str, name: str, call: Call, frame: Frame) -> str | None:
        word, colon, first = name.partition(":")
        asked = FunctionCall(
            self.page, self.parser, frame, trim(first), call.parts[1:], partial(self._content, frame=frame)
        )
        function = find_function(word, self.page.words) if colon else None
        if function is None or self._is_too_large():
            return self._unexpanded_function(written, name, asked)
        try:
            result = function(asked)
        except NotUnderstood:
            return self._unexpanded_function(written, name, asked)
        self.page.expanded_size += len(result or "")
        return result

    def _modifier(self, name: str) -> tuple[str, str]:
        """MediaWiki's name of a word like ``msgnw:`` that stands first, and the name after it."""
        word, colon, rest = name.partition(":")
        modifier = self.page.words.name(word + ":") if colon else None
        return (modifier, trim(rest)) if modifier in MODIFIERS else ("", name)

    def _title(self, name: str) -> Title:
        decoded = decode(name)
        written, _ = subpage(decoded, None, self.page)
        namespace = 0 if written.startswith(":") or written != decoded else TEMPLATE
        if interwiki_of(written.removeprefix(":"), self.page) is not None:
            raise IllegalTitle(f"a page of another wiki: {written!r}")
        return find_spelling(self.page.wiki.titles.parse(written, namespace), self.page)

    def _source(self, title: Title, frame: Frame) -> str | None:
        if len(frame.open_titles) >= TEMPLATE_DEPTH_LIMIT:
            self.page.report("templates are nested too deeply")
            return None
        if self._is_too_large():
            return None
        source = self._text(title)
        self.page.expanded_size += len(source or "")
        return source

    def _text(self, title: Title) -> str | None:
        """The text of a page; of a redirect that of its target."""
        text = self.page.lookups.template(title)
        if text is None and title.namespace_id == MEDIAWIKI:
            return shipped_message(title.name, self.page.wiki)
        name, _ = read_redirect(text, self.page.words) if text else ("", "")
        if not name:
            return text
        try:
            return self.page.lookups.template(self.page.wiki.titles.parse(decode(name)))
        except IllegalTitle:
            return text

    def _is_too_large(self) -> bool:
        # MediaWiki holds the text to the same size after expansion.
        is_too_large = self.page.expanded_size > SIZE_LIMIT
        if is_too_large:
            self.page.report("the text becomes too large when its templates are expanded")
        return is_too_large

    def _transclude(self, title: Title, source: str, frame: Frame) -> str:
        stripped = self.stripper.strip(source, self.page.put_aside, is_included=True)
        expanded = self.expand(stripped, frame)
        self.page.expanded_size += len(expanded)
        return expanded

    def _arguments(self, call: Call, frame: Frame) -> Iterator[tuple[str, Callable[[], str]]]:
        position = 0
        for part in call.parts[1:]:
            name, value = split_name(part)
            if name is None:
                position += 1
                yield str(position), partial(self._content, value, frame)
            else:
                yield trim(self._content(name, frame)), partial(self._trimmed, value, frame)

    def _trimmed(self, value: Content, frame: Frame) -> str:
        return trim(self._content(value, frame))

    def _unexpanded_function(self, written: str, name: str, call: FunctionCall) -> str:
        if not self.page.lookups.shows_boxes:
            return _as_written([written, *map(call.expand, call.rest)])
        word = name.partition(":")[0]
        self.page.report(f"the parser function {word} is not understood")
        return self.page.markers.put(function_box(word, name, call))

    def _unexpanded(self, name: str, arguments: Mapping[str, str], frame: Frame, is_alone: bool) -> str:
        if not self.page.lookups.shows_boxes:
            return f"[[:{name}]]"
        shown = {key: value for key, value in arguments.items() if value.strip()}
        is_long = any("\n" in value.strip() for value in shown.values()) or len(shown) > INLINE_LIMIT
        if is_alone and is_long:
            return self.page.markers.put_block(table_box(name, shown, partial(self.parser.flow, frame=frame)))
        return self.page.markers.put(inline_box(name, shown, partial(self.parser.inline, frame=frame)))


def _ends_line(content: Content, number: int, is_whole: bool) -> bool:
    """Whether nothing follows the call on its line."""
    after = next((content[place] for place in range(number + 1, len(content)) if content[place]), "")
    return isinstance(after, str) and (after.startswith("\n") if after else is_whole)


def _as_written(parts: list[str]) -> str:
    return "{{" + "|".join(parts) + "}}"
