"""Writing the index: words to pages in shards by how words begin, and the pages' titles and texts in small files.

A reader's browser loads the list of shards, one shard or a few for each word, and the files of the ten pages it shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import sub

from converters.entries import PageText
from converters.exporters.site.folder import SiteFolder
from converters.exporters.site.search.places import Places, Rank
from converters.exporters.site.search.words import counted, words
from converters.links import INDEX, SEARCH, Addresses, relative

PAGES_IN_A_FILE = 8  # numbers of pages; `script/search.js` counts the same
LARGEST_SHARD = 10_000  # characters
TEXT_KEPT = 800  # characters of a page among which the browser looks for what to show
FEW_WORDS = 3  # in a title
OFTEN = 4  # times on a page
# A word of more pages is one that tells little: only the best are kept, and it leaves no other page out.
MOST_PAGES = 5_000
# Going through an enumeration is slow, and there are many words.
RANKS = tuple(Rank)
TEXT_ALONE = {Rank.TEXT}
# Made once: ``json.dumps`` makes one anew for each word.
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class IndexWriter:
    """Writes everything below :data:`SEARCH`."""

    def __init__(self, addresses: Addresses, folder: SiteFolder) -> None:
        self._addresses = addresses
        self._folder = folder
        self._places = Places()
        self._namespaces: dict[int, list[int]] = {}

    def write(self, texts: Iterable[PageText]) -> None:
        """All of it; what an earlier index had more is taken away. ``texts`` come in the order of their numbers."""
        by_file = groupby(texts, key=lambda page: page.page_id // PAGES_IN_A_FILE)
        kept = {self._write_pages(number, pages) for number, pages in by_file}
        shards = list(self._write_shards())
        kept.update(map(file_of, shards))
        kept.add(self._write("index.js", "wikicompostIndex", "shards", " ".join(shards)))
        namespaces = {number: differences(pages) for number, pages in sorted(self._namespaces.items())}
        kept.add(self._write("namespaces.js", "wikicompostIndex", "namespaces", namespaces))
        self._folder.keep_only(SEARCH, {*kept, INDEX})

    def _write_pages(self, number: int, pages: Iterable[PageText]) -> str:
        shown = {}
        for page in pages:
            href = relative(SEARCH, self._addresses.of_page(page.page_id) + "/")
            shown[page.page_id] = [page.title, href, _beginning(page.text)]
            self._namespaces.setdefault(page.namespace_id, []).append(page.page_id)
            self._places.add(page.page_id, _ranks(page))
        return self._write(f"pages-{number}.js", "wikicompostPages", number, shown)

    def _write_shards(self) -> Iterator[str]:
        entries = ((word, _entry(word, ranked)) for word, ranked in self._places.sorted())
        for letter, of_letter in groupby(entries, key=lambda entry: entry[0][0]):
            for shard, content in split(letter, dict(of_letter)):
                written = "{" + ",\n".join(content.values()) + "}"
                self._folder.write(f"{SEARCH}/{file_of(shard)}", _script("wikicompostWords", shard, written))
                yield shard

    def _write(self, name: str, function: str, key: str | int, content: object) -> str:
        self._folder.write(f"{SEARCH}/{name}", _script(function, key, _json(content)))
        return name


def split(shard: str, entries: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Entries by the letters with which their words begin: as few letters as keep a file small.

    Only groups that are too much for their shard leave it, the largest first.
    """
    rest, size = dict(entries), sum(map(len, entries.values()))
    longer = sorted((word for word in entries if word != shard), key=lambda word: word[: len(shard) + 1])
    groups = [list(words) for _, words in groupby(longer, key=lambda word: word[: len(shard) + 1])]
    groups.sort(key=lambda words: sum(len(entries[word]) for word in words))
    while size > LARGEST_SHARD and groups:
        leaving = {word: rest.pop(word) for word in groups.pop()}
        size -= sum(map(len, leaving.values()))
        yield from split(next(iter(leaving))[: len(shard) + 1], leaving)
    if rest:
        yield shard, rest


def differences(numbers: Sequence[int]) -> list[int]:
    """Each number as what it is more than the one before: shorter to write."""
    return list(map(sub, numbers, chain((0,), numbers)))


def file_of(shard: str) -> str:
    """The name of a shard's file: the numbers of its letters, which every disk can write."""
    return "words-" + "-".join(f"{ord(letter):x}" for letter in shard) + ".js"


def _ranks(page: PageText) -> dict[str, Rank]:
    ranks = {word: Rank.OFTEN if times >= OFTEN else Rank.TEXT for word, times in counted(page.text).items()}
    title = set(words(page.title))
    in_title = Rank.TITLE if len(title) == 1 else Rank.SHORT_TITLE if len(title) <= FEW_WORDS else Rank.LONG_TITLE
    return ranks | dict.fromkeys(title, in_title)


def _entry(word: str, ranked: Mapping[int, Sequence[int]]) -> str:
    """A word with its pages: a list for each rank, or the last alone; a number more where pages were left out.

    It is JSON; words have no signs that would have to be escaped.
    """
    if sum(map(len, ranked.values())) > MOST_PAGES:
        return f'"{word}":[{",".join(map(_numbers, _best(ranked)))},1]'
    if ranked.keys() == TEXT_ALONE:
        return f'"{word}":{_numbers(ranked[Rank.TEXT])}'
    return f'"{word}":[{",".join(_numbers(ranked.get(rank, ())) for rank in RANKS)}]'


def _best(ranked: Mapping[int, Sequence[int]]) -> Iterator[Sequence[int]]:
    room = MOST_PAGES
    for rank in RANKS:
        pages = ranked.get(rank, ())
        yield pages[:room]
        room -= min(room, len(pages))


def _numbers(pages: Sequence[int]) -> str:
    return f"[{','.join(map(str, differences(pages) if len(pages) > 1 else pages))}]"


def _beginning(text: str) -> str:
    shown = " ".join(text[: 2 * TEXT_KEPT].split())
    return shown if len(shown) <= TEXT_KEPT else shown[:TEXT_KEPT].rpartition(" ")[0] + " …"


def _script(function: str, key: str | int, content: str) -> bytes:
    # Line separators that old scripts take for the end of a line.
    written = content.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"{function}({_json(key)},{written});\n".encode("utf-8", "replace")
