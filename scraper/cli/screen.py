"""What a person sees while something runs: a live line on a terminal, plain lines elsewhere, JSON on request."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.live import Live

EVERY = 5.0  # seconds between plain lines of one stage
EVERY_LIVE = 0.2


@dataclass(slots=True)
class Stage:
    """One kind of thing being done: when it began, with how much already there."""

    name: str
    began: float
    first: int
    shown: float = 0.0

    def rate(self, done: int, moment: float) -> float:
        """Things per second since it began."""
        elapsed = moment - self.began
        return (done - self.first) / elapsed if elapsed > 0 else 0.0


@dataclass(slots=True)
class Screen:
    """Progress for a person. ``count_problems`` is asked for the number of problems so far."""

    is_quiet: bool = False
    is_json: bool = False
    count_problems: Callable[[], int] = lambda: 0
    _stage: Stage | None = None
    _live: Live | None = None

    def show(self, stage: str, done: int, total: int | None) -> None:
        """``done`` of ``total`` things of this stage are finished."""
        if self.is_quiet:
            return
        moment = time.monotonic()
        if self._stage is None or self._stage.name != stage:
            self._stage = Stage(stage, moment, done)
        every = EVERY_LIVE if self._is_live else EVERY
        if moment - self._stage.shown >= every or done == total:
            self._stage.shown = moment
            self._write(self._stage, done, total, moment)

    def note(self, text: str) -> None:
        """Something a person should read once, even when quiet is not wanted."""
        if self.is_json:
            self._json({"note": text})
        elif not self.is_quiet:
            self._say(text)

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    @property
    def _is_live(self) -> bool:
        return sys.stderr.isatty() and not self.is_json

    def _write(self, stage: Stage, done: int, total: int | None, moment: float) -> None:
        rate = stage.rate(done, moment)
        if self.is_json:
            self._json({"stage": stage.name, "done": done, "total": total, "rate": round(rate, 1)})
            return
        line = progress_line(stage.name, done, total, rate, self.count_problems())
        if self._is_live:
            self._draw(line)
        else:
            click.echo(line, err=True)

    def _say(self, text: str) -> None:
        """Above the live line, where there is one."""
        if self._live is None:
            click.echo(text, err=True)
        else:
            self._live.console.out(text, highlight=False)

    def _draw(self, line: str) -> None:
        # What is shown on no terminal does not need rich, which takes a tenth of a short run to import.
        from rich.console import Console
        from rich.live import Live
        from rich.text import Text

        if self._live is None:
            self._live = Live(console=Console(stderr=True), auto_refresh=False, transient=True)
            self._live.start()
        self._live.update(Text(line), refresh=True)

    def _json(self, values: dict[str, object]) -> None:
        moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        click.echo(json.dumps({"time": moment, **values, "problems": self.count_problems()}), err=True)


def progress_line(stage: str, done: int, total: int | None, rate: float, problems: int) -> str:
    """``revisions: 1,200 of 8,162 (15 %), 160/s, 43 s left, 2 problems``."""
    if total is None or total < done:
        parts = [f"{stage}: {done:,}"]
    else:
        parts = [f"{stage}: {done:,} of {total:,} ({100 * done // total if total else 100} %)"]
    if rate >= 0.05:
        parts.append(f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s")
        if total is not None and total > done:
            parts.append(f"{duration((total - done) / rate)} left")
    if problems:
        parts.append(f"{problems:,} problem{'s' if problems > 1 else ''}")
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """In the unit a person would use: ``43 s``, ``12 min``, ``3 h 20 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02} min"


def with_screen(command: click.Command) -> click.Command:
    """Give a command ``--quiet`` and ``--json-log``; it finds the Screen as its context's object."""
    if isinstance(command, click.Group):
        for name, sub in command.commands.items():
            command.commands[name] = with_screen(sub)
        return command
    command.params += [
        click.Option(["--quiet"], is_flag=True, expose_value=False, callback=_set("is_quiet"), help="Say nothing."),
        click.Option(
            ["--json-log"],
            is_flag=True,
            expose_value=False,
            callback=_set("is_json"),
            help="Progress as JSON lines on standard error.",
        ),
    ]
    return command


def _set(name: str) -> Callable[[click.Context, click.Parameter, bool], None]:
    def callback(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
        screen = context.ensure_object(Screen)
        if value:
            setattr(screen, name, True)
        context.call_on_close(screen.close)

    return callback
