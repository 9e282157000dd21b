"""Asking a wiki for pages as people see them, where its API is closed."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.model import Capture, Fact, Page, RevisionMention, Title, Via
from scraper.problems import Problem
from scraper.readers.html import Kind, Known, PageContext, read_page
from scraper.readers.html.addresses import AddressRules
from scraper.readers.html.page import parse_page
from scraper.readers.reading import Reading
from scraper.sources.live.crew import Crew
from scraper.sources.live.failures import Fault, Refused, Unanswered

TRIES = 4
OFFSET = "minutes ahead of UTC"  # the archive's cursor


@dataclass(frozen=True, slots=True)
class Shown:
    """What the wiki showed, read."""

    capture: Capture
    what: PageContext
    reading: Reading

    @property
    def links(self) -> list[str]:
        """The addresses of all links in the page, as they stand there."""
        page = parse_page(self.capture)
        return [] if page is None else [link.get("href") or "" for link in page.body.iter("a")]

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self.reading.facts

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.reading.problems


class Shower:
    """Asks for pages of one wiki and reads them with what the archive, or ``with_known``, knows of it."""

    def __init__(self, crew: Crew, with_known: Known | None = None) -> None:
        self._asker = crew.asker
        self._known = with_known or known(crew)

    async def show(self, url: str, tries: int = TRIES) -> Shown:
        """The page at an address. Raises Unanswered, Refused, ForbiddenByRobots.

        An answer that is no page of the wiki is as bad as none: closed doors often answer with status 200. Where a
        session ran out, it is renewed once.
        """
        shown = self._read(await self._asker.get(url, tries, via=Via.HTML))
        renew = self._asker.renew_login
        if renew is not None and not shown.what.user_name and shown.what.kind not in NAMELESS:
            self._asker.renew_login = None
            await renew()
            shown = self._read(await self._asker.get(url, tries, via=Via.HTML))
        if shown.what.kind is Kind.ERROR:
            raise Refused("permission", f"{url} shows an error of the wiki instead of what was asked")
        return shown

    def _read(self, capture: Capture) -> Shown:
        try:
            page = read_page(capture, self._known)
        except Exception as error:  # whatever somebody wrote into a page may not cost the others
            raise Unanswered(Fault.UNREADABLE, f"{capture.url}: {type(error).__name__}: {error}") from error
        if page.what.kind in (Kind.OTHER, Kind.REDIRECT):
            raise Unanswered(Fault.UNREADABLE, f"{capture.url} is no page of this wiki")
        return Shown(capture, page.what, page.reading)


def page_as_shown(shown: Shown, title: Title, is_redirect: bool) -> tuple[Page, ...]:
    """The page as it stands, where what was shown tells its number and its current revision."""
    what = shown.what
    if not what.page_id or not what.current_rev_id or what.title != title.full:  # another one after a redirect
        return ()
    sizes = (
        fact.size for fact in shown.facts if isinstance(fact, RevisionMention) and fact.rev_id == what.current_rev_id
    )
    return (
        Page(
            page_id=what.page_id,
            title=title,
            latest_rev_id=what.current_rev_id,
            size=next(sizes, None),
            content_model=None,
            language=None,
            is_redirect=is_redirect,
            touched_at=None,
            protection=(),
            properties={},
            via=Via.HTML,
        ),
    )


NAMELESS = (Kind.RAW, Kind.FEED, Kind.API, Kind.EXPORT)  # do not tell for whom they were made


def known(crew: Crew) -> Known:
    """What the archive knows of the wiki, for reading its pages."""
    site = crew.archive.site()
    if site is None:
        return Known()
    rules = AddressRules((site.article_path,) if site.article_path else ())
    offset = (crew.archive.cursor(OFFSET) or {}).get("minutes")
    return Known(crew.archive.titles(), site.language, site.name, offset, rules)
