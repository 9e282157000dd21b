"""Lua 5.1 within limits: no files, no network, no Python, bounded memory and time. Needs lupa."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

# $wgScribuntoEngineConf of luasandbox: 50 MB and 7 seconds; ours is for all calls of a page.
MEMORY_LIMIT = 50 * 1024 * 1024
SECONDS = 2.0
LIBRARIES = ("html", "language", "message", "site", "text", "title", "uri", "ustring", "util")

Run = Callable[[str, str, int, int | None], str | None]
"""Runs a function of a module with the number of its frame and of the frame around it; ``None``: no such function."""


class LuaFailed(Exception):
    """A module failed, or used up what it may use; the message is Lua's own."""


class Machine:
    """One Lua for one page. Raises ImportError where lupa is not installed."""

    def __init__(self, seconds: float = SECONDS) -> None:
        from lupa import lua51

        self.runtime = lua51.LuaRuntime(
            encoding="utf-8",
            unpack_returned_tuples=True,
            register_eval=False,
            register_builtins=False,
            attribute_filter=_no_attributes,
            max_memory=MEMORY_LIMIT,
        )
        self._seconds = seconds

    def start(self, host: Mapping[str, Callable[..., Any]]) -> Run:
        """Make the function that runs modules; ``host`` is what they may ask for."""
        load = self.runtime.globals().loadstring
        load(_source("patterns"), "=patterns")()
        sandbox, library, *parts = (_source(name) for name in ("sandbox", "mw", *LIBRARIES))
        made = {name: load(part, f"=mw.{name}")() for name, part in zip(LIBRARIES, parts, strict=True)}
        libraries = load(library, "=mw")(self.table(made))
        run = load(sandbox, "=sandbox")(self.table(host), self._seconds, libraries)
        return self._guarded(run)

    def table(self, values: Mapping[Any, Any]) -> Any:
        """A Lua table of a mapping, and of those in it."""
        return self.runtime.table_from(
            {key: self.table(value) if isinstance(value, dict) else value for key, value in values.items()}
        )

    def _guarded(self, run: Any) -> Run:
        def guarded(module: str, function: str, frame: int, parent: int | None) -> str | None:
            try:
                result = run(module, function, frame, parent)
            except MemoryError as error:
                raise LuaFailed("not enough memory") from error
            # A module may give the library anything: that is its own failure, not the page's.
            except Exception as error:
                raise LuaFailed(str(error).partition("\n")[0].rstrip(".") or "not enough memory") from error
            return None if result is None else str(result)

        return guarded


def _no_attributes(_object: object, _name: object, _is_setting: bool) -> str:
    raise AttributeError("modules see nothing of Python")


def _source(name: str) -> str:
    return files(__package__).joinpath("library", f"{name}.lua").read_text("utf-8")
