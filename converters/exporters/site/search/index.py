"""Writing the index: words to pages in shards by the words' first letters, and the pages' titles and first words."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter

from converters.entries import PageText
from converters.exporters.site.folder import SiteFolder
from converters.exporters.site.search.words import words
from converters.links import ABOUT, INDEX, Addresses, relative

SEARCH = f"{ABOUT}/search"
IN_TITLE = 20  # a word of the title counts so many times
MOST_COUNTED = 9  # times that a word of one page counts
PAGES_IN_A_FILE = 500
FIRST_WORDS = 180  # characters shown under a found title
MANY_PAGES = 20_000  # from here on shards are by three letters instead of two


class IndexWriter:
    """Writes everything below :data:`SEARCH`. Kept on disk while it grows: a big wiki has more words than memory.

    ``depth`` is the number of letters by which words are sharded.
    """

    def __init__(self, addresses: Addresses, folder: SiteFolder, count: int) -> None:
        self.depth = 2 if count < MANY_PAGES else 3
        self._addresses = addresses
        self._folder = folder
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("CREATE TABLE found (shard TEXT, word TEXT, page INTEGER, weight INTEGER)")

    def write(self, texts: Iterable[PageText]) -> None:
        """All of it; what an earlier index had more is taken away."""
        self._database.execute("BEGIN")
        kept = {self._write_pages(number, part) for number, part in _parts(texts)}
        kept.update(self._write_shards())
        self._database.close()
        self._folder.keep_only(SEARCH, {*kept, INDEX})

    def _write_pages(self, number: int, part: list[PageText]) -> str:
        shown = []
        for place, page in enumerate(part, number * PAGES_IN_A_FILE):
            href = relative(SEARCH, self._addresses.of_page(page.page_id) + "/")
            shown.append([page.title, href, _beginning(page.text)])
            rows = ((word[: self.depth], word, place, weight) for word, weight in _weights(page).items())
            self._database.executemany("INSERT INTO found VALUES (?, ?, ?, ?)", rows)
        name = f"pages-{number}.js"
        self._folder.write(f"{SEARCH}/{name}", _script("wikicompostPages", number, shown))
        return name

    def _write_shards(self) -> Iterator[str]:
        rows = self._database.execute("SELECT shard, word, page, weight FROM found ORDER BY shard, word, page")
        for shard, of_shard in groupby(rows, key=itemgetter(0)):
            content = {
                word: [number for _, _, page, weight in of_word for number in (page, weight)]
                for word, of_word in groupby(of_shard, key=itemgetter(1))
            }
            name = file_of(shard)
            self._folder.write(f"{SEARCH}/{name}", _script("wikicompostWords", shard, content))
            yield name


def _parts(texts: Iterable[PageText]) -> Iterator[tuple[int, list[PageText]]]:
    remaining, number = iter(texts), 0
    while part := list(islice(remaining, PAGES_IN_A_FILE)):
        yield number, part
        number += 1


def _weights(page: PageText) -> Counter[str]:
    weights = Counter({word: min(times, MOST_COUNTED) for word, times in Counter(words(page.text)).items()})
    weights.update(dict.fromkeys(words(page.title), IN_TITLE))
    return weights


def file_of(shard: str) -> str:
    """The name of a shard's file: the numbers of its letters, which every disk can write."""
    return "words-" + "-".join(f"{ord(letter):x}" for letter in shard) + ".js"


def _beginning(text: str) -> str:
    shown = " ".join(text[: 2 * FIRST_WORDS].split())
    return shown if len(shown) <= FIRST_WORDS else shown[:FIRST_WORDS].rpartition(" ")[0] + " …"


def _script(function: str, name: str | int, content: object) -> bytes:
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Line separators that old scripts take for the end of a line.
    written = written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"{function}({json.dumps(name)},{written});\n".encode("utf-8", "replace")
