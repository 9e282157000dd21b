"""Titles: from a wiki's text, link or address to a :class:`Title`, by the wiki's own namespaces and case rule.

Rules: https://www.mediawiki.org/wiki/Manual:Page_title and MediaWikiTitleCodec.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from scraper.model import Namespace, Title

MAX_BYTES = 255
# Where no page stands that talks of a page in another namespace: Talk:File:x.
TALK = 1
# Languages whose i keeps its dot in upper case (LanguageTr::ucfirst, and LanguageAz, LanguageKaa, LanguageKk; some fall
# back on one of these). Kazakh in Cyrillic letters writes foreign words as everybody does.
DOTTED = frozenset({"az", "gag", "kaa", "kiu", "kk-latn", "kk-tr", "lez", "lzz", "tr"})
DOTTED_I, DOTLESS_I = "\u0130", "\u0131"
SPACES = re.compile("[ _\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e]")
# What MediaWiki refuses in any title ($wgLegalTitleChars, MediaWikiTitleCodec::getTitleInvalidRegex).
ILLEGAL = re.compile(
    r"[\x00-\x1f\x7f<>\[\]{}|#\ufffd]|%[0-9A-Fa-f]{2}|&[A-Za-z0-9\x80-\uffff]+;"
    r"|^:|^\.{1,2}$|^\.{1,2}/|/\.{1,2}/|/\.{1,2}$|~~~"
)


class IllegalTitle(ValueError):
    """The text cannot be the title of a page in this wiki."""


class TitleParser:
    """Knows one wiki's namespaces: names, canonical names and aliases, in any case, with spaces or underscores.

    ``language`` is the code of the wiki's language, which may have capitals of its own.
    """

    def __init__(self, namespaces: Iterable[Namespace], language: str = "") -> None:
        self._keeps_dot = language in DOTTED
        self.namespaces: Mapping[int, Namespace] = {ns.namespace_id: ns for ns in namespaces}
        self._ids: dict[str, int] = {}
        for namespace in self.namespaces.values():
            for name in (namespace.canonical, *namespace.aliases, namespace.name):
                if name:
                    self._ids[_key(name)] = namespace.namespace_id

    def parse(self, text: str, default_namespace: int = 0) -> Title:
        """The title that a link target or an address names, without fragment.

        Raises IllegalTitle when MediaWiki would refuse it.
        """
        name = _clean(text.partition("#")[0])
        if name.startswith(":"):
            name, default_namespace = name[1:].lstrip(), 0
        prefix, colon, rest = name.partition(":")
        namespace_id = self._ids.get(_key(prefix)) if colon else None
        if namespace_id == TALK and _key(rest.partition(":")[0]) in self._ids and ":" in rest:
            raise IllegalTitle(f"not a talk page: {name!r}")
        if namespace_id is not None:
            return self.make(namespace_id, rest.strip())
        return self.make(default_namespace, name)

    def make(self, namespace_id: int, name: str) -> Title:
        """The title of that name in that namespace, in the wiki's own case."""
        name = _clean(name)
        if not name or ILLEGAL.search(name) or len(name.encode("utf-8", "surrogatepass")) > MAX_BYTES:
            raise IllegalTitle(f"not a legal title: {name!r}")
        namespace = self.namespaces.get(namespace_id)
        if namespace is None:
            return Title(namespace_id, name)
        if namespace.case == "first-letter":
            name = DOTTED_I + name[1:] if self._keeps_dot and name[0] == "i" else _upper_first(name)
        return Title(namespace_id, name, namespace.name)

    def split(self, full: str, namespace_id: int) -> Title:
        """The title whose displayed text and namespace the wiki itself gave: nothing is corrected."""
        if namespace_id == 0:
            return Title(0, full)
        namespace = self.namespaces.get(namespace_id)
        if namespace and full.startswith(namespace.name + ":"):
            return Title(namespace_id, full[len(namespace.name) + 1 :], namespace.name)
        prefix, colon, name = full.partition(":")
        return Title(namespace_id, name, prefix) if colon else Title(namespace_id, full)


def _clean(text: str) -> str:
    return SPACES.sub(" ", DIRECTION_MARKS.sub("", text)).strip(" ")


def _key(name: str) -> str:
    return _clean(name).casefold()


def _upper_first(name: str) -> str:
    # Title case as in MediaWiki 1.43 (Language::ucfirst). Up to PHP 7.2 the only other letters were digraphs (ǆ); with
    # later ones wikis before 1.43 also wrote Georgian large, which nobody does. What would become longer (ß) is kept.
    large = name[0].title()
    return large + name[1:] if len(large) == 1 else name
