"""The parameters of a template call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping


class Arguments(Mapping[str, str]):
    """Name → value. A value is expanded when it is first asked for: what nobody asks for leaves no footnotes.

    Of two with one name the last counts (PPTemplateFrame_Hash).
    """

    def __init__(self, waiting: Iterable[tuple[str, Callable[[], str]]]) -> None:
        self._waiting = dict(waiting)
        self._values: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self._values:
            self._values[name] = self._waiting[name]()
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._waiting

    def __iter__(self) -> Iterator[str]:
        return iter(self._waiting)

    def __len__(self) -> int:
        return len(self._waiting)
