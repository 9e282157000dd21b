"""What stands on the page of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any

from converters.document import LanguageLink, PageDocument
from converters.entries import USER, PageEntry, RevisionEntry
from converters.exporters.site.content import Targets, contents, heading_html, to_html
from converters.exporters.site.copies import dated
from converters.exporters.site.lines import Line, line
from converters.exporters.site.options import History
from converters.exporters.site.parts import parts
from converters.exporters.site.press import HERE, Link, Press
from converters.links import relative
from scraper.model import Hidden, Title

# The name of each kind of page is a message of MediaWiki's (Title::getNamespaceKey).
TAB_NAMES = {
    2: "nstab-user", 4: "nstab-project", 6: "nstab-image", 8: "nstab-mediawiki", 10: "nstab-template",
    12: "nstab-help", 14: "nstab-category",
}  # fmt: skip

ITSELF = relative("", "")


class PageView:
    """The values that ``page.html`` and ``history.html`` show."""

    def __init__(
        self, press: Press, targets: Targets, is_redirect: Callable[[str], bool], has_written: Callable[[str], bool]
    ) -> None:
        """``is_redirect`` is asked with full titles, ``has_written`` with names of users."""
        self._press = press
        self._is_redirect = is_redirect
        self._has_written = has_written
        self._targets = targets
        self._words = press.words
        self._made = lru_cache(self._said_to_be_made)

    def values(self, entry: PageEntry, here: str) -> dict[str, Any]:
        """Everything about the page itself."""
        document = entry.document
        leads_to = self._leads_to(document, here) if document else None
        return {
            "entry": entry,
            "heading": self._heading(entry),
            "content": self._content(entry, document, here),
            "styles": document.styles if document else (),
            "contents": contents(document.root) if document else [],
            "notices": list(self._notices(entry)),
            "leads_to": leads_to,
            "refresh": leads_to.href if leads_to and document and self._goes_on(entry, document) else None,
            "categories": self._categories(document, here) if document else [],
            "languages": [_language(link) for link in document.language_links] if document else [],
            "last_edit": self.last_edit(entry),
            "page_language": entry.language or self._press.wiki.site.language,
        } | self.frame(entry.title, here, entry.page_id, entry.latest)

    def frame(self, title: Title, here: str, page_id: int | None, latest: RevisionEntry | None) -> dict[str, Any]:
        """What surrounds a page and its history alike. ``page_id`` is ``None`` for what nobody wrote a page for."""
        original = self.original(title)
        return {
            "title": title.full,
            "tabs": list(self._tabs(title, here, page_id)),
            "original": original,
            "canonical": self._elsewhere(title) or original,
            "permanent": latest.rev_id if latest else None,
            "made": self._made(self._press.archived_on(latest.timestamp if latest else None)),
        }

    def pageless(self, title: Title, here: str) -> dict[str, Any]:
        """Everything about a category or file that nobody wrote a page for."""
        return {
            "entry": None,
            "heading": "",
            "content": None,
            "contents": [],
            "notices": [self._words("wikicompost-no-page")],
            "leads_to": None,
            "refresh": None,
            "categories": [],
            "languages": [],
            "last_edit": None,
            "styles": (),
        } | self.frame(title, here, None, None)

    def history(self, entry: PageEntry, revisions: Iterator[RevisionEntry]) -> Iterator[bytes]:
        """Each part of the list of versions."""
        address = self._press.addresses.of_page(entry.page_id)
        here = self._press.addresses.history_of(address)
        rows = (
            self._line(revision, here, address, earlier)
            for revision, earlier in pairwise(chain(revisions, (None,)))
            if revision is not None
        )
        for part in parts(rows):
            frame = self.frame(entry.title, here, entry.page_id, entry.latest)
            values = frame | {"part": part, "rows": part.items, "is_cut": entry.is_history_cut}
            yield self._press.print("history.html", here, values)

    def _line(self, revision: RevisionEntry, here: str, page: str, earlier: RevisionEntry | None) -> Line:
        """With ways to the version itself and to what it changed, where the site has something to show."""
        shown = line(self._press, here, page, revision)
        shown.href = self._press.version(here, revision)
        is_comparable = earlier is not None and earlier.can_be_compared and revision.can_be_compared
        if is_comparable and self._press.options.history is History.FULL:
            shown.difference = relative(here, self._press.addresses.of_difference(revision.rev_id) + "/")
        return shown

    def last_edit(self, entry: PageEntry) -> str | None:
        """When and by whom it was edited last, in words."""
        latest = entry.latest
        if latest is None or latest.timestamp is None:
            return None
        day, hour = self._words.date(latest.timestamp), self._words.time(latest.timestamp)
        if latest.user is None:
            return self._words("lastmodifiedat", day, hour)
        return self._words("lastmodifiedatby", day, hour, latest.user)

    def original(self, title: Title) -> str | None:
        """The page's address at the wiki, where the wiki had one."""
        site = self._press.wiki.site
        if not site.server.startswith(("http://", "https://", "//")):
            return None
        path = relative("", title.dbkey).removeprefix("./")
        server = site.server if "://" in site.server else f"https:{site.server}"
        return server + site.article_path.replace("$1", path)

    def _content(self, entry: PageEntry, document: PageDocument | None, here: str) -> str | None:
        """HTML, sanitised; copies of what it links to are from the time of its last edit."""
        if document is None:
            return None
        return dated(to_html(document.root, here, self._targets), entry.latest.timestamp if entry.latest else None)

    def _elsewhere(self, title: Title) -> str | None:
        """Where the page is to be found in future, when the owner says that it is not at the wiki's own address."""
        address = self._press.addresses.of_title(title.full) if self._press.options.base_url else None
        return None if address is None else self._press.absolute(f"{address}/")

    def _said_to_be_made(self, moment: str | None) -> str:
        """From which wiki the page is, and when it came into the archive."""
        name = self._press.wiki.site.name
        if moment is None:
            return self._words("wikicompost-made-by", name)
        return self._words("wikicompost-made-by-on", name, self._words.date(moment))

    def _heading(self, entry: PageEntry) -> str:
        """HTML, sanitised: the title as the page wants to have it shown."""
        shown = entry.document.display_title if entry.document else None
        return heading_html(shown) if shown else ""

    def _notices(self, entry: PageEntry) -> Iterator[str]:
        if entry.gone_at:
            yield self._words("wikicompost-gone", self._words.date(entry.gone_at))
        if entry.document is None and entry.source is None:
            is_hidden = entry.latest is not None and Hidden.TEXT in entry.latest.hidden
            yield self._words("wikicompost-text-hidden" if is_hidden else "wikicompost-text-missing")
        elif entry.source == "":
            yield self._words("wikicompost-empty")
        elif entry.shows_older:
            yield self._words("wikicompost-shows-older")

    def _leads_to(self, document: PageDocument, here: str) -> Link | None:
        target = document.redirect_to
        return self._press.link(here, target.title, fragment=target.fragment) if target else None

    def _goes_on(self, entry: PageEntry, document: PageDocument) -> bool:
        """A redirect takes the reader along, but not to another redirect, as in MediaWiki: they could go round."""
        target = document.redirect_to
        return target is not None and entry.gone_at is None and not self._is_redirect(target.title.full)

    def _categories(self, document: PageDocument, here: str) -> list[Link]:
        shown = [category for category in document.categories if not category.is_hidden]
        return [self._press.link(here, category.title, category.title.name) for category in shown]

    def _tabs(self, title: Title, here: str, page_id: int | None) -> Iterator[Link]:
        """Subject, talk, history; one that the archive does not have leads nowhere."""
        subject, talk = title.namespace_id & ~1, title.namespace_id | 1
        yield from self._tab(here, title, subject, self._words(TAB_NAMES.get(subject, "nstab-main")))
        yield from self._tab(here, title, talk, self._words("talk"))
        user = title.name.partition("/")[0]
        if subject == USER and self._has_written(user):
            yield Link(self._words("contributions"), self._press.contributions(here, user))
        if page_id is None:
            return
        addresses = self._press.addresses
        address = addresses.of_page(page_id)
        if self._press.options.history is not History.NONE:
            yield self._view_tab(here, addresses.history_of(address), "history_short")
        yield self._view_tab(here, addresses.info_of(address), "pageinfo-toolboxlink")

    def _view_tab(self, here: str, address: str, words: str) -> Link:
        return Link(self._words(words), relative(here, address + "/"), HERE if address == here else "")

    def _tab(self, here: str, title: Title, namespace_id: int, text: str) -> Iterator[Link]:
        namespace = self._press.titles.namespaces.get(namespace_id)
        if namespace is None or namespace_id < 0:
            return
        link = self._press.link(here, Title(namespace_id, title.name, namespace.name), text)
        yield link._replace(kind=HERE) if link.href == ITSELF else link


def _language(link: LanguageLink) -> Mapping[str, str]:
    is_web = link.url.startswith(("http://", "https://", "//"))
    return {"prefix": link.prefix, "title": link.title, "url": link.url if is_web else ""}
