"""What every exporter is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from converters.entries import PageEntry


class Exporter(ABC):
    """Turns entries of an archive into something else. Only :meth:`page` must be written.

    ``name`` is the word for the command line, ``about`` one sentence for its help.
    """

    name: ClassVar[str]
    about: ClassVar[str]

    @abstractmethod
    def page(self, entry: PageEntry) -> None:
        """One page, with its document and its last revision."""

    def end(self) -> None:  # noqa: B027 - most exporters have nothing left to do
        """After the last page."""
