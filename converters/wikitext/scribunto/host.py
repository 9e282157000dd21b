"""What modules ask of the page and the wiki they run for."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

from converters.wikitext.functions.call import FunctionCall, decode
from converters.wikitext.functions.texts import encode_title
from converters.wikitext.markers import MARKER
from converters.wikitext.messages import message_text
from converters.wikitext.scribunto.machine import Machine
from converters.wikitext.scribunto.ustrings import USTRINGS
from converters.wikitext.state import Frame
from scraper.model import Title
from scraper.titles import IllegalTitle, TitleParser

MODULE = 828
# mw.text.nowiki: what would be wikitext is written as its number.
NOWIKI = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\"&'<=>[]{|}"})
JSON_DEPTH = 40


@dataclass(slots=True)
class Host:
    """The answers to one page's modules. ``frames`` are those that modules hold, by number."""

    call: FunctionCall
    machine: Machine
    frames: list[tuple[Frame, str]] = field(default_factory=list)

    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """All that Lua may call, by name."""
        own = (
            self.module, self.arguments, self.frame_title, self.preprocess, self.expand_template, self.call_function,
            self.extension_tag, self.child, self.title, self.make_title, self.current_title, self.exists, self.content,
            self.namespace, self.relative, self.now, self.site, self.encode, self.decode, self.nowiki,
            self.json_decode, self.json_encode, self.unstrip, self.kill_markers, self.url_decode, self.encode_title,
            self.language_name, self.message,
        )  # fmt: skip
        return {**USTRINGS, **{function.__name__: function for function in own}}

    def add(self, arguments: Mapping[str, str] | None, title: str) -> int:
        """A frame for modules; gives its number."""
        frame = self.call.frame
        self.frames.append((Frame(dict(arguments or {}), frame.open_titles, frame.depth), title))
        return len(self.frames) - 1

    # Frames

    def module(self, name: str) -> str | None:
        title = self._parse(str(name))
        return None if title is None else self.call.page.lookups.template(title)

    def arguments(self, number: int) -> Any:
        found = self.frames[int(number)][0].arguments or {}
        return self.machine.table({int(key) if _is_number(key) else key: value for key, value in found.items()})

    def frame_title(self, number: int) -> str:
        return self.frames[int(number)][1]

    def preprocess(self, number: int, text: str) -> str:
        return self.call.parser.preprocess(text, self.frames[int(number)][0])

    def expand_template(self, number: int, name: str, arguments: Any) -> str:
        expanded = self.call.parser.transclude(name, _texts(arguments), self.frames[int(number)][0])
        if expanded is None:
            raise ValueError(f'frame:expandTemplate: template "{name}" does not exist.')
        return expanded

    def call_function(self, number: int, name: str, arguments: Any) -> str:
        listed = [str(arguments[place]) for place in range(1, len(arguments) + 1)]
        word, colon, first = name.partition(":")
        if colon:
            listed.insert(0, first)
        result = self.call.parser.call_function(word, listed, self.frames[int(number)][0])
        if result is None:
            raise ValueError(f'callParserFunction: function "{name}" was not found.')
        return result

    def extension_tag(self, number: int, name: str, content: str, arguments: Any) -> str:
        return self.call.parser.hook(self.frames[int(number)][0])(name, _texts(arguments), content)

    def child(self, number: int, title: str | None, arguments: Any) -> int:
        return self.add(_texts(arguments), title or self.frames[int(number)][1])

    # Titles

    def title(self, text: str, namespace: Any = None) -> Any:
        title = self._parse(text, self.namespace(namespace) or 0)
        return None if title is None else self._fields(title, text.partition("#")[2])

    def make_title(self, namespace: Any, text: str, fragment: str | None = None) -> Any:
        number = self.namespace(namespace)
        try:
            return None if number is None else self._fields(self._titles.make(number, text), fragment or "")
        except IllegalTitle:
            return None

    def current_title(self) -> str:
        return self.call.page.title.full

    def exists(self, full: str) -> bool:
        title = self._parse(full)
        return title is not None and self.call.page.lookups.exists(title)

    def content(self, full: str) -> str | None:
        title = self._parse(full)
        return None if title is None else self.call.page.lookups.template(title)

    def namespace(self, wanted: Any) -> int | None:
        """The number of a namespace, given by number or name."""
        if wanted is None or isinstance(wanted, int | float):
            return None if wanted is None else int(wanted)
        title = self._parse(f"{wanted}:x")
        return None if title is None else title.namespace_id

    def relative(self, full: str, kind: str) -> str:
        title = self._parse(full)
        if title is None:
            return full
        if kind in ("talk", "subject"):
            number = title.namespace_id | 1 if kind == "talk" else title.namespace_id & ~1
            return self._titles.make(number, title.name).full
        name = title.name.partition("/")[0] if kind == "root" else title.name.rpartition("/")[0] or title.name
        return self._titles.make(title.namespace_id, name).full

    @property
    def _titles(self) -> TitleParser:
        return self.call.page.wiki.titles

    def _parse(self, text: str, namespace: int = 0) -> Title | None:
        try:
            return self._titles.parse(decode(text).partition("#")[0], namespace)
        except IllegalTitle:
            return None

    def _fields(self, title: Title, fragment: str) -> Any:
        base, _, last = title.name.rpartition("/")
        return self.machine.table({
            "namespace": title.namespace_id, "nsText": title.prefix, "text": title.name, "prefixedText": title.full,
            "fragment": fragment, "fullText": f"{title.full}#{fragment}" if fragment else title.full, "id": 0,
            "rootText": title.name.partition("/")[0], "baseText": base or title.name, "subpageText": last,
            "isSubpage": bool(base), "isContentPage": title.namespace_id == 0,
            "isTalkPage": title.namespace_id % 2 == 1,
            "interwiki": "", "isExternal": False, "isLocal": True, "isSpecialPage": title.namespace_id == -1,
            "isRedirect": False, "contentModel": "Scribunto" if title.namespace_id == MODULE else "wikitext",
            "canTalk": title.namespace_id >= 0, "thePartialUrl": encode_title(title.name),
        })  # fmt: skip

    # The wiki

    def now(self) -> float:
        moment = self.call.page.lookups.now
        self.call.page.lacks_revision |= moment is None
        return moment.timestamp() if moment else 0.0

    def site(self) -> Any:
        site = self.call.page.wiki.site
        general = self.call.page.wiki.siteinfo.get("general") or {}
        namespaces = {
            number: {"id": number, "name": entry.name, "canonicalName": entry.canonical}
            for number, entry in self._titles.namespaces.items()
        }
        return self.machine.table({
            "siteName": site.name, "server": site.server, "scriptPath": site.script_path, "namespaces": namespaces,
            "language": site.language, "rtl": bool(general.get("rtl")),
            "currentVersion": site.generator.partition(" ")[2],
        })  # fmt: skip

    def language_name(self, code: str) -> str:
        languages = self.call.page.wiki.siteinfo.get("languages") or ()
        return next((str(entry.get("name") or entry.get("*")) for entry in languages if entry["code"] == code), "")

    def message(self, name: str) -> str | None:
        return message_text(str(name), self.call.page)

    # Texts

    def encode(self, text: str, _set: str | None = None) -> str:
        return html.escape(text, quote=False).replace('"', "&quot;").replace("'", "&#039;").replace("\u00a0", "&nbsp;")

    def decode(self, text: str, _all: bool | None = None) -> str:
        return decode(text)

    def nowiki(self, text: str) -> str:
        return text.translate(NOWIKI)

    def url_decode(self, text: str) -> str:
        return unquote_plus(text)

    def encode_title(self, text: str) -> str:
        return encode_title(text)

    def unstrip(self, text: str) -> str:
        return self.call.page.markers.restore(text)

    def kill_markers(self, text: str) -> str:
        return MARKER.sub("", text)

    def json_decode(self, text: str, _flags: int | None = None) -> Any:
        return self._to_lua(json.loads(text))

    def json_encode(self, value: Any, _flags: int | None = None) -> str:
        return json.dumps(_from_lua(value), ensure_ascii=False, separators=(",", ":"))

    def _to_lua(self, value: Any) -> Any:
        if isinstance(value, list):
            return self.machine.table({place: self._to_lua(entry) for place, entry in enumerate(value, 1)})
        if isinstance(value, dict):
            return self.machine.table({key: self._to_lua(entry) for key, entry in value.items()})
        return value


def _from_lua(value: Any, depth: int = 0) -> Any:
    if not hasattr(value, "items") or depth > JSON_DEPTH:
        return value
    entries = dict(value.items())
    if entries and all(place in entries for place in range(1, len(entries) + 1)):
        return [_from_lua(entries[place], depth + 1) for place in range(1, len(entries) + 1)]
    return {str(key): _from_lua(entry, depth + 1) for key, entry in entries.items()}


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdecimal() and str(int(key)) == key and len(key) < 10


def _texts(table: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in table.items()} if table is not None else {}
