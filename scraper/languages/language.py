"""A language of MediaWiki's interface, read from its table when it is first asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property

from scraper.languages.dates import Dates, FoundDate, plain
from scraper.languages.tables import chain, joined, known, older_wordings, parts, several, table_of
from scraper.languages.wordings import pattern_of
from scraper.model import Namespace

CANONICAL = {
    -2: "Media", -1: "Special", 0: "", 1: "Talk", 2: "User", 3: "User talk", 4: "Project", 5: "Project talk", 6: "File",
    7: "File talk", 8: "MediaWiki", 9: "MediaWiki talk", 10: "Template", 11: "Template talk", 12: "Help",
    13: "Help talk", 14: "Category", 15: "Category talk",
}  # fmt: skip
PROJECT = 4
# MediaWiki's own, where a language has none (Language::getDateFormatString).
DEFAULT_FORMATS = {"both": "H:i, j F Y", "date": "j F Y", "time": "H:i"}


class Language:
    """What MediaWiki says in one language; what the language does not say comes from those it falls back on."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._dates = Dates(code)

    def parse_date(self, text: str) -> tuple[str, ...]:
        """The local times (``2018-01-05T16:54``) that the whole text may mean, the likeliest first; most often one.

        Empty for what no format of the language writes.
        """
        return self._dates.parse(text)

    def find_dates(self, text: str) -> tuple[FoundDate, ...]:
        """The times that stand anywhere in a text; places count in :func:`scraper.languages.dates.plain` text."""
        return self._dates.find(text)

    def find_moment(self, text: str) -> str | None:
        """The first time in a sentence that may say day and hour apart: ``last edited on $1, at $2``."""
        return self._dates.find_apart(text)

    def date_format(self, part: str) -> str:
        """How MediaWiki writes a moment (``both``), its ``date`` or ``time``, in the codes of Language::sprintfDate."""
        formats = joined(self.code, "dateFormats")
        named = (several(formats[name])[0] for style in self._dates.styles if (name := f"{style} {part}") in formats)
        return next(named, DEFAULT_FORMATS[part])

    def wordings(self, key: str) -> tuple[str, ...]:
        """All that a message may say, newest first: by versions, then by older ones, then by fallback languages."""
        return tuple(dict.fromkeys(self._wordings(key)))

    def match(self, key: str, text: str) -> Mapping[str, str] | None:
        """The parameters (``p1``, ``p2``…) of a text that is that message's; ``None`` where it is not."""
        for wording in self.wordings(key):
            found = pattern_of(wording).fullmatch(text)
            if found:
                return {name: value.strip() for name, value in found.groupdict().items() if value is not None}
        return None

    def says(self, key: str, text: str) -> bool:
        """Whether the text is that message."""
        return self.match(key, text) is not None

    @cached_property
    def namespace_names(self) -> Mapping[int, tuple[str, ...]]:
        """By number: the name, then the forms for men and women, aliases, and the canonical name. With spaces.

        The project's own namespace (4) has its canonical name alone, and talk about it (5) holds ``$1`` for the
        project's name.
        """
        found: dict[int, list[str]] = {number: [] for number in CANONICAL}
        for number, name in self._names():
            found.setdefault(number, []).append(name.replace("_", " "))
        return {number: tuple(dict.fromkeys([*names, CANONICAL.get(number, "")])) for number, names in found.items()}

    def namespaces(self, project: str = "Project") -> tuple[Namespace, ...]:
        """The namespaces of a wiki of that name in this language, extensions aside."""
        return tuple(self._namespace(number, project) for number in sorted(CANONICAL))

    def special(self, name: str) -> str | None:
        """The canonical name of a special page, given by any of its names; ``None`` for one that is not MediaWiki's."""
        return self._specials.get(_key(name))

    @cached_property
    def _specials(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for aliases in parts(self.code, "specialPageAliases"):
            for canonical, names in aliases.items():
                for name in (*names, canonical):
                    found.setdefault(_key(name), canonical)
        return found

    def _wordings(self, key: str) -> Iterator[str]:
        older = older_wordings()
        for code, messages in zip(chain(self.code), self._messages, strict=True):
            yield from several(messages[key]) if key in messages else ()
            yield from older.get(code, {}).get(key, ())

    @cached_property
    def _messages(self) -> tuple[Mapping[str, str | list[str]], ...]:
        return tuple(table_of(code).get("messages") or {} for code in chain(self.code))

    def _names(self) -> Iterator[tuple[int, str]]:
        for part in ("namespaceNames", "namespaceGenderAliases", "namespaceAliases"):
            for own in parts(self.code, part):
                yield from _numbered(part, own)

    def _namespace(self, number: int, project: str) -> Namespace:
        names = [name.replace("$1", project) for name in self.namespace_names[number]]
        if number == PROJECT:
            names.insert(0, project)
        return Namespace(number, names[0], CANONICAL[number], aliases=tuple(dict.fromkeys(names[1:])))


@cache
def of(code: str) -> Language:
    """The language of that code, or the nearest one that MediaWiki knows; English for none."""
    return Language(known(code))


def _numbered(part: str, own: Mapping[str, object]) -> Iterator[tuple[int, str]]:
    for key, value in own.items():
        if part == "namespaceAliases":
            yield int(str(value)), key
            continue
        for name in several(value):
            yield from ((int(key), text) for text in (name.values() if isinstance(name, dict) else [name]) if text)


def _key(name: str) -> str:
    return plain(name.replace("_", " ")).casefold()
