"""What the lines of a page are read by: its addresses, its language's dates, its wiki's namespaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urljoin

from scraper import languages
from scraper.languages import Language
from scraper.model import Exactness, Timestamp, Title
from scraper.readers.html.addresses import AddressRules, WikiAddress, decoded, read_address, tidy
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.page import Element, ParsedPage
from scraper.titles import IllegalTitle, TitleParser

NOT_TITLED = frozenset({"new", "image", "internal", "external", "extiw"})


@dataclass(frozen=True, slots=True)
class Frame:
    """``language`` is the interface's, ``content`` the wiki's own, in which its titles are.

    ``offset`` is how many minutes displayed times are ahead of UTC, ``None`` when nobody knows.
    """

    url: str
    rules: AddressRules
    titles: TitleParser
    language: Language
    content: Language
    offset: int | None = None
    address_titles: Mapping[str, str] = field(default_factory=dict)

    def address(self, href: str) -> WikiAddress | None:
        """What a link asks of the wiki."""
        return read_address(href, self.rules) if href else None

    def link(self, element: Element) -> WikiAddress | None:
        """What a link asks of the wiki; in copies made of files its title tells which page a file holds."""
        href = element.get("href") or ""
        address = self.address(href)
        is_elsewhere = address is None and "://" in href
        if not self.rules.is_mirror or is_elsewhere or (address is not None and _asks_more(address)):
            return address
        file, _, fragment = href.partition("#")
        title = self.address_titles.get(self.absolute(file)) or _title_told(element)
        return replace(address or WikiAddress(fragment=decoded(fragment)), title=tidy(title)) if title else address

    def absolute(self, href: str) -> str:
        """The link's whole address."""
        try:
            return urljoin(self.url, href)
        except ValueError:  # "http://[": browsers show such links all the same
            return href

    def title(self, text: str) -> Title | None:
        """The title that the wiki wrote, with prefix; ``None`` for what cannot be one.

        Its first letter stays as it is: a wiki keeps small ones from times when its titles could begin with them.
        """
        try:
            title = self.titles.parse(text)
        except IllegalTitle:
            return None
        written = text.strip()[-len(title.name) :]
        return replace(title, name=written) if written[1:] == title.name[1:] else title

    def title_in(self, text: str, namespace_id: int | None) -> Title | None:
        """The same where the page tells the namespace's number."""
        return self.title(text) if namespace_id is None else self.titles.split(text, namespace_id)

    def special(self, title: Title) -> str:
        """The canonical name of the special page that a title names, without what follows its slash."""
        name = title.name.partition("/")[0]
        return self.content.special(name) or name

    def time(self, text: str) -> Timestamp | None:
        """A date and time as the wiki displays it; ``None`` for what is none in its language."""
        found = self.language.parse_date(text)
        return self._moment(found[0]) if found else None

    def time_within(self, text: str) -> Timestamp | None:
        """The first date and time in a sentence of the interface."""
        found = self.language.find_moment(text)
        return self._moment(found) if found else None

    def _moment(self, local: str) -> Timestamp:
        moment = datetime.fromisoformat(local) - timedelta(minutes=self.offset or 0)
        exactness = Exactness.UNKNOWN_ZONE if self.offset is None else Exactness.MINUTE
        return Timestamp(moment.strftime("%Y-%m-%dT%H:%M:%SZ"), exactness)


def _asks_more(address: WikiAddress) -> bool:
    """Whether it asks for anything but a page as it stands: then its title attribute may be any words."""
    return bool(address.action != "view" or address.rev_id or address.parameters)


def _title_told(element: Element) -> str:
    """The title that MediaWiki gives to links to pages; those to missing pages and files have other ones."""
    names = frozenset((element.get("class") or "").split())
    return "" if NOT_TITLED & names else element.get("title") or ""


def frame_of(page: ParsedPage, what: PageContext, known: Known) -> Frame:
    """The frame of one page: dates are in the interface's language, titles in the wiki's."""
    own = what.language or known.language or what.user_language
    titles = known.titles or TitleParser(languages.of(own).namespaces(what.site_name or "Project"))
    path = (what.article_path,) if what.article_path else ()
    rules = replace(known.rules, article_paths=(*path, *known.rules.article_paths))
    return Frame(
        page.capture.url, rules, titles, languages.of(what.user_language or own), languages.of(own), known.offset
    )
