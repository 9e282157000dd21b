"""``{{#invoke:module|function|…}}``."""

from __future__ import annotations

import re

from converters.document.tree import escape
from converters.wikitext.braces import split_name
from converters.wikitext.functions.call import Function, FunctionCall, NotUnderstood
from converters.wikitext.messages import messages_of
from converters.wikitext.scribunto.host import MODULE, Host
from converters.wikitext.scribunto.machine import LuaFailed, Machine, Run
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
    try:
        title = page.wiki.titles.make(MODULE, call.first)
    except IllegalTitle as error:
        raise NotUnderstood(call.first) from error
    if page.lookups.template(title) is None or scripts.depth >= DEPTH_LIMIT:
        # The archive has not this module: the call stays visible.
        raise NotUnderstood(call.first)
    host, run = scripts.start(call)
    return _run(call, scripts, host, run, title.full)


def _run(call: FunctionCall, scripts: Scripts, host: Host, run: Run, module: str) -> str:
    before, known = host.call, len(host.frames)
    host.call = call
    scripts.depth += 1
    try:
        parent = host.add(call.frame.arguments, call.frame.open_titles[-1] if call.frame.open_titles else "")
        frame = host.add(_arguments(call), module)
        result = run(module, call.argument(1), frame, parent)
    except LuaFailed as failure:
        return _failed(_explained(str(failure), call.page), call.page, scripts)
    finally:
        scripts.depth -= 1
        host.call = before
        del host.frames[known:]
    if result is None:
        return _failed(messages_of(call.page.wiki).no_such_function.format(call.argument(1)), call.page, scripts)
    return result


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
    messages, found = messages_of(page.wiki), PLACE.match(trouble)
    return messages.lua_error_at.format(*found.groups()) if found else messages.lua_error.format(trouble)


def _failed(message: str, page: Page, scripts: Scripts) -> str:
    page.report(f"a Lua module failed: {message}")
    number, scripts.failures = scripts.failures, scripts.failures + 1
    shown = escape(message)
    return (
        f'<strong class="error"><span class="scribunto-error" id="mw-scribunto-error-{number}">{shown}</span></strong>'
    )


SCRIPTS: dict[str, Function] = {"#invoke": _invoke}
