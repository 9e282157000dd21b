"""Variables that the page itself answers: its title, its wiki, and the functions that set something on the page.

https://www.mediawiki.org/wiki/Help:Magic_words
"""

from __future__ import annotations

import re
from collections.abc import Callable

from converters.language import language, own_digits
from converters.wikitext.armour import escape_wikitext
from converters.wikitext.clock import time_variable
from converters.wikitext.entities import decode
from converters.wikitext.functions.speech import LEFT_TO_RIGHT, RIGHT_TO_LEFT
from converters.wikitext.functions.texts import encode_title
from converters.wikitext.models import language_of
from converters.wikitext.state import Page
from converters.wikitext.targets import has_subpages
from scraper.model import Title
from scraper.titles import IllegalTitle

TALK = 1
GROUP = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")


def variable(name: str, page: Page) -> str | None:
    """The value of ``{{name}}`` or ``{{name:argument}}``, ``None`` when it is none of ours."""
    if name in CHARACTERS:
        return CHARACTERS[name]
    word, colon, argument = name.partition(":")
    key = _word(word, page) if colon else page.words.name(name)
    if key is None:
        return None
    if colon and key in SETTERS:
        SETTERS[key](page, argument.strip())
        return ""
    if key in TITLES:
        return _title_part(key, argument if colon else None, page)
    if key in COUNTS:
        return _count(COUNTS[key], argument, page)
    return _of_another(key, argument, page) if colon else _plain(key, page)


def _word(spelling: str, page: Page) -> str | None:
    """MediaWiki's name of a word before a colon; first one whose case counts."""
    return page.words.names.get(spelling) or page.words.name(spelling + ":") or page.words.name(spelling)


def _of_another(key: str, argument: str, page: Page) -> str | None:
    """Something of the revision of a page that is named: nothing where there is no such page, else nobody tells it."""
    if key not in OF_A_REVISION:
        return None
    try:
        title = page.wiki.titles.parse(decode(argument))
    except IllegalTitle:
        return ""
    if title == page.title:
        return _plain(key, page)
    is_page = title.namespace_id >= 0 and page.lookups.exists(title)
    return None if is_page else "0" if key == "pageid" else ""


def _plain(key: str, page: Page) -> str | None:
    if key == "revisionsize":
        return str(page.size)
    if key == "revisionid" and page.lookups.rev_id is not None:
        return str(page.lookups.rev_id)
    page.lacks_revision |= key == "revisionid"
    if key in UNTOLD:
        page.report(f"the value of {{{{{key.upper()}}}}} is not known")
        return ""
    return SITE[key](page) if key in SITE else time_variable(key, page)


def is_magic(name: str, page: Page) -> bool:
    """Whether MediaWiki itself would answer ``{{name}}``: a parser function, or a variable that we cannot answer."""
    word, colon, _ = name.partition(":")
    if name.startswith("#"):
        return bool(colon)
    key = page.words.name(word + ":" if colon else word) or page.words.name(word)
    # A function is one only with its colon: {{plural|x}} is a template, and so is {{SITENAME:x}}.
    is_function = key in page.words.functions.values() or key in FUNCTIONS_ONLY
    answers = is_function or key in ASKED if colon else not is_function
    return key in page.words.called and answers


def _title_part(key: str, argument: str | None, page: Page) -> str:
    """Something of a title: the page's own without an argument, nothing of one that is none."""
    try:
        title = page.title if argument is None else page.wiki.titles.parse(decode(argument))
    except IllegalTitle:
        return ""
    if argument is not None and title.namespace_id < 0 and key in ("fullpagename", "fullpagenamee"):
        # Only of titles that can be talked about.
        return ""
    part = TITLES[key](title, page)
    return part if key in PLAIN else escape_wikitext(part)


def _count(name: str, argument: str, page: Page) -> str | None:
    """How many pages, users and so on the wiki says it has."""
    told = (page.wiki.siteinfo.get("statistics") or {}).get(name)
    if told is None:
        return None
    spoken = language(page.wiki.site.language)
    if page.words.name(argument.strip()) == "rawsuffix":
        return str(told)
    return own_digits(GROUP.sub(spoken.separators.get(",", ","), str(told)), spoken)


def _space(title: Title, page: Page, parity: int) -> str:
    """The name of the talk namespace, or with ``parity`` 0 of the one that is talked about."""
    number = title.namespace_id
    namespace = page.wiki.titles.namespaces.get(number - number % 2 + parity if number >= 0 else number)
    return namespace.name if namespace else ""


def _talk_space(title: Title, page: Page) -> str:
    return _space(title, page, TALK) if title.namespace_id >= 0 else ""


def _talk(title: Title, page: Page) -> str:
    space = _talk_space(title, page)
    return f"{space}:{title.name}" if space else ""


def _subject(title: Title, page: Page) -> str:
    space = _space(title, page, 0)
    return f"{space}:{title.name}" if space else title.name


def _cut(title: Title, page: Page, start: int, end: int | None) -> str:
    """Some of a title's parts between slashes; all of it where there are no subpages."""
    parts = title.name.split("/")
    return "/".join(parts[start:end]) if has_subpages(page, title.namespace_id) else title.name


def _set_display_title(page: Page, title: str) -> None:
    page.display_title = title


# Since MediaWiki 1.39 {{=}} is built in, {{!}} since 1.24.
CHARACTERS = {"!": "|", "=": "="}
SETTERS: dict[str, Callable[[Page, str], None]] = {
    "displaytitle": _set_display_title,
}
SITE: dict[str, Callable[[Page], str]] = {
    "sitename": lambda page: page.wiki.site.name,
    "server": lambda page: page.wiki.site.server,
    "servername": lambda page: page.wiki.site.server.rpartition("//")[2].partition(":")[0],
    "scriptpath": lambda page: page.wiki.site.script_path,
    "stylepath": lambda page: f"{page.wiki.site.script_path}/skins",
    "articlepath": lambda page: page.wiki.site.article_path,
    "contentlanguage": lambda page: page.wiki.site.language,
    # Of a visitor who has chosen none (since MediaWiki 1.43).
    "userlanguage": lambda page: page.wiki.site.language,
    "directionmark": lambda page: RIGHT_TO_LEFT if language(page.wiki.site.language).is_rtl else LEFT_TO_RIGHT,
    "pagelanguage": lambda page: language_of(page.title, page.wiki.site.language),
    "currentversion": lambda page: page.wiki.site.generator.removeprefix("MediaWiki").strip(),
}
# What MediaWiki knows of saved pages only, and gives nothing for others.
UNTOLD = frozenset({"pageid", "revisionid", "revisionuser", "cascadingsources"})
# Those that may be asked of another page (CoreParserFunctions).
OF_A_REVISION = frozenset({
    "pageid", "revisionid", "revisionuser", "revisiontimestamp", "revisionday", "revisionday2", "revisionmonth",
    "revisionmonth1", "revisionyear", "cascadingsources",
})  # fmt: skip
# Variable → siteinfo's name of the figure, in its ``statistics``.
COUNTS = {
    "numberofarticles": "articles",
    "numberoffiles": "images",
    "numberofusers": "users",
    "numberofactiveusers": "activeusers",
    "numberofpages": "pages",
    "numberofadmins": "admins",
    "numberofedits": "edits",
}
PARTS: dict[str, Callable[[Title, Page], str]] = {
    "pagename": lambda title, page: title.name,
    "fullpagename": lambda title, page: title.full,
    "namespace": lambda title, page: title.prefix,
    "subpagename": lambda title, page: _cut(title, page, -1, None),
    "basepagename": lambda title, page: _cut(title, page, 0, -1) or title.name,
    "rootpagename": lambda title, page: _cut(title, page, 0, 1),
    "talkspace": _talk_space,
    "subjectspace": lambda title, page: _space(title, page, 0),
    "talkpagename": _talk,
    "subjectpagename": _subject,
}


def _encoded(part: Callable[[Title, Page], str]) -> Callable[[Title, Page], str]:
    return lambda title, page: encode_title(part(title, page))


TITLES: dict[str, Callable[[Title, Page], str]] = {
    **PARTS,
    **{f"{name}e": _encoded(part) for name, part in PARTS.items()},
    "namespacenumber": lambda title, page: str(title.namespace_id),
}
# Names of namespaces are given as they are.
PLAIN = frozenset({"namespace", "namespacee", "namespacenumber", "talkspace", "talkspacee", "subjectspace"})
FUNCTIONS_ONLY = frozenset({"numberingroup", "pagesinnamespace"})
# Variables that are functions too.
ASKED = TITLES.keys() | COUNTS.keys() | SETTERS.keys() | OF_A_REVISION
