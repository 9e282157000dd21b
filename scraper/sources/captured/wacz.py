"""Web archive collections (WACZ): zip files with WARC files in ``archive/``.

The format: https://specs.webrecorder.net/wacz/1.1.1/.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

from scraper.problems import Problem
from scraper.sources.captured.frames import DAMAGES
from scraper.sources.captured.item import Item
from scraper.sources.captured.warc import Opener, Warc

WARC_NAMES = (".warc", ".warc.gz", ".warc.zst")


class Wacz:
    """One WACZ file."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._path = path

    def items(self) -> Iterator[Item | Problem]:
        """WARC file by WARC file, by their names."""
        try:
            with zipfile.ZipFile(self._path) as archive:
                names = sorted(name for name in archive.namelist() if name.lower().endswith(WARC_NAMES))
                for name in names:
                    yield from Warc(f"{self.name}/{name}", _opener(archive, name)).items()
        except DAMAGES as error:
            yield Problem("capture-damaged", self.name, f"the file is cut or damaged: {error}")


def _opener(archive: zipfile.ZipFile, name: str) -> Opener:
    def opened() -> AbstractContextManager[IO[bytes]]:
        return archive.open(name)

    return opened
