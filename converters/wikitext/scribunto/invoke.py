"""``{{#invoke:module|function|…}}``."""

from __future__ import annotations

import re

from converters.document.tree import escape
from converters.wikitext.braces import split_name
from converters.wikitext.functions.call import Function, FunctionCall, NotUnderstood
from converters.wikitext.scribunto.host import MODULE, Host
from converters.wikitext.scribunto.machine import LuaFailed, Machine, Run
from converters.wikitext.scribunto.messages import message
from converters.wikitext.state import Page
from scraper.titles import IllegalTitle

PLACE = re.compile(r"([^:]+:[^:]+):(\d+): (.*)", re.S)
# Modules that call templates that call modules.
DEPTH_LIMIT = 20


class Scripts:
    """The Lua of one page: started at its first call, used by all."""

    def __init__(self) -> None:
        self.machine: Machine | None = None
        self.host: Host | None = None
        self.run: Run | None = None
        self.depth = self.failures = 0

    def start(self, call: FunctionCall) -> tuple[Host, Run]:
        """Raises NotUnderstood where Lua is not installed."""
        if self.host is None or self.run is None:
            try:
                self.machine = Machine()
            except ImportError as error:
                call.page.report("Lua modules need lupa: pip install 'wikicompost[lua]'")
                raise NotUnderstood("invoke") from error
            self.host = Host(call, self.machine)
            self.run = self.machine.start(self.host.functions())
        return self.host, self.run


def _invoke(call: FunctionCall) -> str:
    page = call.page
    if not isinstance(page.scripts, Scripts):
        page.scripts = Scripts()
    scripts = page.scripts
    if scripts.depth >= DEPTH_LIMIT:
        raise NotUnderstood(call.first)
    if not call.rest:
        return _failed(_told("scribunto-common-nofunction", page), page, scripts)
    try:
        title = page.wiki.titles.make(MODULE, call.first)
    except IllegalTitle:
        return _missing(call, scripts)
    if page.lookups.template(title) is None:
        return _missing(call, scripts)
    host, run = scripts.start(call)
    return _run(call, scripts, host, run, title.full)


def _run(call: FunctionCall, scripts: Scripts, host: Host, run: Run, module: str) -> str:
    before, known = host.call, len(host.frames)
    host.call = call
    scripts.depth += 1
    try:
        parent = host.add(
            call.frame.arguments, call.frame.open_titles[-1] if call.frame.open_titles else call.page.title.full
        )
        frame = host.add(_arguments(call), module)
        result = run(module, call.argument(1), frame, parent)
    except LuaFailed as failure:
        return _failed(_explained(str(failure), call.page), call.page, scripts)
    finally:
        scripts.depth -= 1
        host.call = before
        del host.frames[known:]
    if result is None:
        return _failed(_told("scribunto-common-nosuchfunction", call.page, call.argument(1)), call.page, scripts)
    return result


def _missing(call: FunctionCall, scripts: Scripts) -> str:
    """What MediaWiki says of a module that it has not; where boxes are shown, or no modules are, the call stays."""
    page = call.page
    if page.lookups.shows_boxes or MODULE not in page.wiki.titles.namespaces:
        raise NotUnderstood(call.first)
    return _failed(_told("scribunto-common-nosuchmodule", page, call.first), page, scripts)


def _arguments(call: FunctionCall) -> dict[str, str]:
    """As of a template: those with a name are trimmed, the others are not."""
    arguments: dict[str, str] = {}
    position = 0
    for part in call.rest[1:]:
        name, value = split_name(part)
        if name is None:
            position += 1
            arguments[str(position)] = call.expand(value)
        else:
            arguments[call.expand(name).strip()] = call.expand(value).strip()
    return arguments


def _explained(trouble: str, page: Page) -> str:
    """Lua's message in the wiki's language, with the place where it happened."""
    found = PLACE.match(trouble)
    if found is None:
        return _told("scribunto-lua-error", page, trouble)
    module, line, reason = found.groups()
    return _told("scribunto-lua-error-location", page, reason, _told("scribunto-module-line", page, line, module))


def _told(key: str, page: Page, detail: str = "", place: str = "") -> str:
    """One of Scribunto's messages in the wiki's language, in English where it has none."""
    words = message(key, page.wiki.site.language)
    return words.replace("$1", place).replace("$2", detail)


def _failed(message: str, page: Page, scripts: Scripts) -> str:
    page.report(f"a Lua module failed: {message}")
    number, scripts.failures = scripts.failures, scripts.failures + 1
    shown = escape(message)
    return (
        f'<strong class="error"><span class="scribunto-error" id="mw-scribunto-error-{number}">{shown}</span></strong>'
    )


SCRIPTS: dict[str, Function] = {"#invoke": _invoke}
