"""From values to the HTML of a page: templates, words, and links as seen from where the page stands."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, MutableMapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from ipaddress import IPv6Address
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from converters.entries import USER, RevisionEntry, WikiEntry
from converters.exporters.site import summaries
from converters.exporters.site.disk import with_files
from converters.exporters.site.options import History, SiteOptions
from converters.exporters.site.words import Words
from converters.links import ABOUT, INDEX, SEARCH, Addresses, relative
from scraper.model import Hidden, Title
from scraper.titles import IllegalTitle, TitleParser

STYLE = f"{ABOUT}/site.css"
# For a wiki that told no address (RFC 2606 keeps the name free).
NOWHERE = "https://archive.invalid/"
USER_TALK = USER + 1
# Lists that every page leads to; a message of MediaWiki's is called like each.
LISTS = ("Allpages", "Categories", "Listfiles", "Recentchanges")
# Kinds of links: to the page itself, and to one that the archive does not have.
HERE, NEW = "here", "new"
# No page has this address, so its way to all others is that of any page beside it.
ANY = "."
WORDS = re.compile(r'\{\{ words\("([\w-]+)"\) \}\}')


class Link(NamedTuple):
    """Words, where they lead (``None``: nowhere), and what kind of link it is: a CSS class, or :data:`HERE`.

    In a template it is safe HTML, whatever the words are.
    """

    text: str
    href: str | None
    kind: str = ""
    title: str = ""

    def __html__(self) -> str:
        mark = ' aria-current="page"' if self.kind == HERE else f' class="{escape(self.kind)}"' if self.kind else ""
        mark += f' title="{escape(self.title)}"' if self.title else ""
        if self.href is not None:
            return f'<a href="{escape(self.href)}"{mark}>{escape(self.text)}</a>'
        if not mark:
            return str(escape(self.text))
        element = "a" if self.kind == NEW else "span"
        return f"<{element}{mark}>{escape(self.text)}</{element}>"

    @property
    def html(self) -> Markup:
        """The same where no template asks for it."""
        return escape(self)


@dataclass(frozen=True, slots=True)
class Around:
    """What neighbours in a folder have in common: the ways from there to what every page leads to, and the mast."""

    style: str
    script: str
    navigation: list[Link]
    masthead: str


class SpokenTemplates(PackageLoader):
    """The templates in one language: words without values are put in once, not in each page that is printed."""

    def __init__(self, words: Words) -> None:
        super().__init__(__package__)
        self._words = words

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool] | None]:
        source, path, is_fresh = super().get_source(environment, template)
        return WORDS.sub(self._spoken, source), path, is_fresh

    def _spoken(self, asked: re.Match[str]) -> str:
        words = str(escape(self._words(asked[1])))
        return asked[0] if "{" in words else words


class Templates(Environment):
    """Jinja with globals in a plain dictionary: it goes through them for each page that it prints."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


class Press:
    """Prints pages. What a template gets besides its own values: ``words``, ``wiki``, ``site``, ``options``,
    ``around``, and ``href``, which gives the way to a path below the site."""

    def __init__(self, wiki: WikiEntry, titles: TitleParser, addresses: Addresses, options: SiteOptions) -> None:
        self.wiki = wiki
        self.titles = titles
        self.addresses = addresses
        self.words = Words(wiki.site.language, wiki.messages, wiki.site.name)
        self.options = options
        self.main_page = self._main_page()
        self._places = self._main_places()
        self._alone = {"", SEARCH, *(address for _, address in self._places)}
        self._around = lru_cache(maxsize=1000)(self._seen_around)
        self._harvest_starts = sorted(harvest.started_at for harvest in wiki.harvests)
        self._templates = Templates(
            loader=SpokenTemplates(self.words),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # Each page asks for several, by name.
        self._templates.get_template = lru_cache(self._templates.get_template)  # type: ignore[method-assign]
        self._templates.globals |= {"words": self.words, "wiki": wiki, "site": wiki.site, "options": options}
        self._templates.globals["licence"] = self._licence()
        self._defaults = {"language": wiki.site.language, "direction": direction(wiki, self.words), "page_language": ""}

    def print(self, template: str, here: str, values: Mapping[str, Any]) -> bytes:
        """The page that stands at the address ``here``."""

        def href(target: str, fragment: str = "") -> str:
            return relative(here, target, fragment)

        folder, slash, _ = here.rpartition("/")
        around = self._around(here if here in self._alone else f"{folder}{slash}{ANY}")
        text = self._templates.get_template(template).render(
            self._defaults, href=href, here=here, around=around, **values
        )
        return (with_files(text) if self.options.is_portable else text).encode("utf-8", "replace")

    def absolute(self, path: str) -> str | None:
        """The whole address of a path below the site, ``None`` where nobody knows where the site will stand."""
        return None if self.base_url == NOWHERE else self.base_url + relative("", path).removeprefix("./")

    def passage(self, here: str, target: str, title: str) -> tuple[str, bytes]:
        """Path and content of a page that does nothing but lead on to another address."""
        return self._leading_on(here, relative(here, target + "/"), title)

    def passage_to_file(self, here: str, path: str, title: str) -> tuple[str, bytes]:
        """The same, to a file below the site."""
        return self._leading_on(here, relative(here, path), title)

    def _leading_on(self, here: str, target: str, title: str) -> tuple[str, bytes]:
        return f"{here}/{INDEX}", self.print("elsewhere.html", here, {"title": title, "target": target})

    def link(self, here: str, title: Title, text: str | None = None, fragment: str = "") -> Link:
        """A link to a page, marked when the archive has no such page."""
        address = self.addresses.of_title(title.full)
        shown = text or title.full
        if address is None:
            return Link(shown, None, NEW, self.words("red-link-title", shown))
        return Link(shown, relative(here, address + "/", fragment))

    def user(self, here: str, revision: RevisionEntry) -> Link:
        """Who made a version; of some that is hidden, or not told."""
        if revision.user is None:
            is_hidden = Hidden.USER in revision.hidden
            words = self.words("rev-deleted-user" if is_hidden else "wikicompost-unknown")
            return Link(words, None, "hidden" if is_hidden else "")
        return self.writer(here, revision.user)

    def writer(self, here: str, name: str) -> Link:
        """Somebody who saved a version, leading to the user's page, or to the list of what that user wrote."""
        named = self.user_named(here, name)
        return named if named.href else Link(named.text, self.contributions(here, name))

    def version(self, here: str, revision: RevisionEntry) -> str | None:
        """The way to a version's own page, where the site has one."""
        if self.options.history is not History.FULL or not revision.can_be_shown:
            return None
        return relative(here, self.addresses.of_revision(revision.rev_id) + "/")

    @property
    def base_url(self) -> str:
        """Where the site will stand: where the owner says, else at the wiki's old address. It ends with a slash."""
        place = self.options.base_url or self.wiki.site.server
        place = f"https:{place}" if place.startswith("//") else place
        return f"{place.rstrip('/')}/" if place.startswith(("http://", "https://")) else NOWHERE

    def contributions(self, here: str, name: str) -> str:
        """The way to everything that somebody wrote."""
        return relative(here, self.addresses.contributions_of(name) + "/")

    def user_with_tools(self, here: str, name: str) -> Markup:
        """A user's name with the ways to the user's talk page and contributions, as MediaWiki writes it."""
        namespace = self.titles.namespaces.get(USER_TALK)
        talk = Title(USER_TALK, name, namespace.name if namespace else "User talk")
        tools = [
            self.link(here, talk, self.words("talkpagelinktext")).html,
            Link(self.words("contribslink"), self.contributions(here, name)).html,
        ]
        beside = self.words.html("parentheses", escape(self.words("pipe-separator")).join(tools))
        return Markup("{} {}").format(self.user_named(here, name).html, beside)

    def user_named(self, here: str, name: str) -> Link:
        """A user's name, leading to the user's page where there is one."""
        namespace = self.titles.namespaces.get(USER)
        address = self.addresses.of_title(f"{namespace.name if namespace else 'User'}:{name}")
        return Link(shown_name(name), relative(here, address + "/") if address else None)

    def summary(self, here: str, page: str | None, comment: str | None, hidden: Collection[Hidden]) -> Markup:
        """An edit summary as safe HTML."""
        return Markup("").join(self.runs(here, page, comment, hidden))

    def runs(self, here: str, page: str | None, comment: str | None, hidden: Collection[Hidden]) -> list[Link]:
        """An edit summary in runs, none for one that nobody told; ``page`` is the address of the edited page."""
        if comment is None:
            return [Link(self.words("rev-deleted-comment"), None, "hidden")] if Hidden.COMMENT in hidden else []
        return [self._run(here, page, piece) for piece in summaries.pieces(comment)]

    def fingerprint(self) -> str:
        """Changes whenever every page may look different: other templates, words, namespaces, owner's wishes."""
        loader = PackageLoader(__package__)
        sources = [loader.get_source(self._templates, name)[0] for name in loader.list_templates()]
        site = dataclasses.replace(self.wiki.site, siteinfo={})
        namespaces = sorted(self.titles.namespaces.items())
        parts = (*sources, site, self.wiki.messages, namespaces, self.options, version("wikicompost"))
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    def archived_on(self, timestamp: str | None) -> str | None:
        """When the version of that time came into the archive: the first harvest that began after it.

        Unlike the date of the last harvest, it stays the same as long as the page does.
        """
        starts = self._harvest_starts
        place = bisect_left(starts, timestamp or "")
        return starts[min(place, len(starts) - 1)] if starts else None

    def _run(self, here: str, page: str | None, piece: summaries.Piece) -> Link:
        if piece.title is None:
            return Link(piece.text, None)
        if not piece.title:
            # Arrows have no mirror image of their own (Language::getArrow).
            text = piece.text.replace("→", "←", 1) if self.words.is_rtl else piece.text
            return Link(text, relative(here, page + "/", piece.fragment) if page else None, "section")
        try:
            return self.link(here, self.titles.parse(piece.title), piece.text, piece.fragment)
        except IllegalTitle:
            return Link(piece.text, None)

    def _seen_around(self, here: str) -> Around:
        places = [
            Link(words, relative(here, address + "/"), HERE if address == here else "")
            for words, address in self._places
        ]
        search = relative(here, f"{SEARCH}/{INDEX}") if here != SEARCH else ""
        mast = self._templates.get_template("masthead.html").render(places=places, search=search)
        return Around(relative(here, STYLE), relative(here, f"{ABOUT}/site.js"), places, mast)

    def _licence(self) -> str:
        name = self.wiki.site.license_name
        return self.words("wikicompost-licence", name) if name else self.words("wikicompost-licence-unknown")

    def _main_places(self) -> list[tuple[str, str]]:
        """What every page leads to: words and address."""
        lists = [(self.words(name.lower()), self.addresses.of_special(name)) for name in LISTS]
        return [(self.words("mainpage-description"), self.main_page), *lists, (self.words("wikicompost-about"), ABOUT)]

    def _main_page(self) -> str:
        """The address of the main page, of the list of all pages where there is none."""
        try:
            title = self.titles.parse(self.wiki.site.main_page).full
        except IllegalTitle:
            title = ""
        return self.addresses.of_title(title) or self.addresses.of_special("Allpages")


@lru_cache(maxsize=10_000)
def shown_name(user: str) -> str:
    """A user's name as MediaWiki shows it: an address of IPv6 in its short form (IPUtils::prettifyIP)."""
    address, slash, range_ = user.partition("/")
    try:
        return f"{IPv6Address(address).compressed}{slash}{range_}" if "%" not in address else user
    except ValueError:
        return user


def direction(wiki: WikiEntry, words: Words) -> str:
    """``rtl`` or ``ltr``: what the wiki says, else what its language is known for."""
    general = wiki.site.siteinfo.get("general") or {}
    is_rtl = general["rtl"] is not False if "rtl" in general else words.is_rtl
    return "rtl" if is_rtl else "ltr"
