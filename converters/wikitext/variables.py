"""Variables that the page itself answers: its title, its wiki, and the functions that set something on the page.

https://www.mediawiki.org/wiki/Help:Magic_words
"""

from __future__ import annotations

from collections.abc import Callable

from converters.wikitext.state import Page
from scraper.model import Title
from scraper.titles import IllegalTitle

TALK = 1


def variable(name: str, page: Page) -> str | None:
    """The value of ``{{name}}`` or ``{{name:argument}}``, ``None`` when it is none of ours."""
    if name in CHARACTERS:
        return CHARACTERS[name]
    word, colon, argument = name.partition(":")
    key = page.words.name(word + ":") or page.words.name(word) if colon else page.words.name(name)
    if key is None:
        return None
    if colon and key in SETTERS:
        SETTERS[key](page, argument.strip())
        return ""
    if key in SITE:
        return SITE[key](page)
    if key in TITLES:
        return _title_part(key, argument, page)
    return None


def is_magic(name: str, page: Page) -> bool:
    """Whether MediaWiki itself would answer ``{{name}}``: a parser function, or a variable that we cannot answer."""
    word, colon, _ = name.partition(":")
    if name.startswith("#"):
        return bool(colon)
    key = page.words.name(word + ":" if colon else word) or page.words.name(word)
    # A function is one only with its colon: {{plural|x}} is a template.
    return key in page.words.called and (bool(colon) or key not in page.words.functions.values())


def _title_part(key: str, argument: str, page: Page) -> str:
    try:
        title = page.wiki.titles.parse(argument) if argument else page.title
    except IllegalTitle:
        return ""
    return TITLES[key](title, page)


def _talk(title: Title, page: Page) -> str:
    namespace = page.wiki.titles.namespaces.get(title.namespace_id | TALK)
    return f"{namespace.name}:{title.name}" if namespace else title.full


def _set_sort_key(page: Page, key: str) -> None:
    page.default_sort_key = key.partition("|")[0]


def _set_display_title(page: Page, title: str) -> None:
    page.display_title = title


# Since MediaWiki 1.39 {{=}} is built in, {{!}} since 1.24.
CHARACTERS = {"!": "|", "=": "="}
SETTERS: dict[str, Callable[[Page, str], None]] = {
    "defaultsort": _set_sort_key,
    "displaytitle": _set_display_title,
}
SITE: dict[str, Callable[[Page], str]] = {
    "sitename": lambda page: page.wiki.site.name,
    "server": lambda page: page.wiki.site.server,
    "scriptpath": lambda page: page.wiki.site.script_path,
    "articlepath": lambda page: page.wiki.site.article_path,
    "contentlanguage": lambda page: page.wiki.site.language,
}
TITLES: dict[str, Callable[[Title, Page], str]] = {
    "pagename": lambda title, page: title.name,
    "fullpagename": lambda title, page: title.full,
    "namespace": lambda title, page: title.prefix,
    "namespacenumber": lambda title, page: str(title.namespace_id),
    "subpagename": lambda title, page: title.name.rpartition("/")[2],
    "basepagename": lambda title, page: title.name.rpartition("/")[0] or title.name,
    "rootpagename": lambda title, page: title.name.partition("/")[0],
    "talkpagename": _talk,
    "pagenamee": lambda title, page: title.name.replace(" ", "_"),
    "fullpagenamee": lambda title, page: title.dbkey,
}
