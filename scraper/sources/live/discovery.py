"""Finding a wiki's API from any of its addresses, and saying clearly why not."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit, urlunsplit

from scrapy import Request

from scraper.model import Capture, Site, Via
from scraper.queries import api, index
from scraper.readers.discovery import (
    Clues,
    api_urls_of_address,
    index_beside,
    is_api_address,
    is_special_page,
    read_clues,
)
from scraper.readers.login_form import is_same_origin
from scraper.sources.live.asking import BUSY, Asked, Asker
from scraper.sources.live.bounds import is_web_address
from scraper.sources.live.explaining import explained
from scraper.sources.live.failures import (
    UNREACHABLE,
    Fault,
    ForbiddenByRobots,
    LoginNeeded,
    Refused,
    Unanswered,
)
from scraper.sources.live.form_login import log_in_by_form
from scraper.sources.live.login import log_in
from scraper.sources.source import Credentials, UnusableSource

TRIES = 4
TRIES_OF_A_GUESS = 2
ADVICE: dict[Fault, str] = {
    Fault.NAME: "Check the address for a slip, and that this machine is on line.",
    Fault.REFUSED: "Nothing listens there now. Check the address and the port, or try later.",
    Fault.TLS: "Try the address with http:// instead of https://.",
    Fault.TIMEOUT: "It may be overloaded: try later, or with a longer --timeout.",
    Fault.BUSY: "Come back when it has more room.",
    Fault.REDIRECTS: "Open it in a browser and give the address where you arrive.",
}


async def find_wiki(asker: Asker, given: str, credentials: Credentials) -> None:
    """Set ``asker.api_url`` to where the wiki's API answers, and log in where that is wanted.

    Where no API does, ``asker.index_url`` is set to its index.php. Raises Frozen where only pages are there,
    ForbiddenByRobots where robots.txt forbids whatever is there, and UnusableSource where there is no wiki.
    """
    direct = [_bare(url) for url in addresses(given) if is_api_address(url)]
    if await _try(asker, direct, TRIES, credentials) is None:
        return
    page, url = await _first_page(asker, given)
    clues = read_clues(page)
    told = _on_its_host(clues.api_urls, page.url)
    is_told = any(urlsplit(found).netloc == urlsplit(page.url).netloc for found in clues.api_urls)
    guessed = [] if is_told else [*api_urls_of_address(page.url), *api_urls_of_address(url)]
    forbidden: list[ForbiddenByRobots] = []
    for candidates, tries in ((told, TRIES), (guessed, TRIES_OF_A_GUESS)):
        refusals = await _try(asker, candidates, tries, credentials)
        if refusals is None:
            return
        forbidden += refusals
    if not await _try_pages(asker, page, clues, credentials):
        raise forbidden[0] if forbidden else explained(given, page, clues)


async def find_again(asker: Asker, given: str, site: Site, credentials: Credentials) -> None:
    """A wiki that was harvested before, at the doors that were open then. Raises as :func:`find_wiki`.

    What the archive knows may come from captures that anybody made: doors on another host than the given one's are
    looked for anew.
    """
    door = site.api_url or site.index_url or ""
    if not is_web_address(door) or not any(is_same_origin(door, address) for address in addresses(given)):
        await find_wiki(asker, given, credentials)
        return
    asker.api_url, asker.index_url = site.api_url or "", site.index_url or ""
    await (log_in(asker, credentials) if asker.api_url else log_in_by_form(asker, asker.index_url, credentials))


def addresses(given: str) -> list[str]:
    """The full addresses that a person may have meant: https first where the scheme was left out.

    Raises UnusableSource for what nobody can ask, and for addresses that hold a password.
    """
    given = given.strip()
    is_whole = given.lower().startswith(("http://", "https://"))
    found = [given] if is_whole else [f"https://{given}", f"http://{given}"]
    if not is_web_address(found[0]):
        raise UnusableSource(f"{given} is no address of a web page. Write it like https://wiki.example.org.")
    if "@" in urlsplit(found[0]).netloc:
        raise UnusableSource(
            "Addresses are written into the archive: leave name and password out of this one, and give them with "
            "--http-auth."
        )
    return found


async def _try(
    asker: Asker, candidates: Iterable[str], tries: int, credentials: Credentials
) -> list[ForbiddenByRobots] | None:
    """``None`` when an API answers at one of these addresses: ``asker.api_url`` is the first that does.

    Else the refusals of robots.txt, which may keep us from the API alone.
    """
    forbidden = []
    for candidate in dict.fromkeys(candidates):
        asker.api_url = candidate
        try:
            asked = await _recognised(asker, tries, credentials)
        except ForbiddenByRobots as refusal:
            forbidden.append(refusal)
            continue
        except (Unanswered, Refused):
            continue
        if "general" in asked.answer.query:
            asker.api_url = _bare(asked.capture.url)
            return None
    asker.api_url = ""
    return forbidden


async def _try_pages(asker: Asker, page: Capture, clues: Clues, credentials: Credentials) -> bool:
    """Whether its index.php shows pages, after the login where one is wanted."""
    if clues.challenge:
        return False
    told = _on_its_host(clues.index_urls, page.url)
    beside = [_aligned(index_beside(found), page.url) for found in clues.api_urls]
    guessed = [] if clues.is_mediawiki else map(index_beside, api_urls_of_address(page.url))
    for candidate in dict.fromkeys([*told, *beside, *guessed]):
        if await _shows_pages(asker, candidate):
            asker.index_url = candidate
            await log_in_by_form(asker, candidate, credentials)
            return True
    return False


async def _shows_pages(asker: Asker, index_url: str) -> bool:
    """Whether it shows what it is asked for. Files of a frozen copy may have its name, and are always the same page."""
    try:
        capture = await asker.fetch(Request(index.special(index_url, "Version")), Via.HTML)
    except (Unanswered, Refused, ForbiddenByRobots):
        return False
    return capture.status < 500 and is_special_page(capture)


async def _recognised(asker: Asker, tries: int, credentials: Credentials) -> Asked:
    """A private wiki answers nothing before the login."""
    try:
        asked = await asker.ask(api.recognise(), tries)
    except LoginNeeded:
        if not credentials.password:
            raise
        await log_in(asker, credentials)
        return await asker.ask(api.recognise(), tries)
    if credentials.password:
        _settle(asker, _bare(asked.capture.url))
    await log_in(asker, credentials)
    return asked


def _settle(asker: Asker, reached: str) -> None:
    """A password goes where the API answered, if that is on the host that was asked. Raises LoginNeeded."""
    if not is_same_origin(reached, asker.api_url):
        raise LoginNeeded(
            f"{asker.api_url} leads to another place, {reached}: the password was not sent there. "
            "If that is the wiki, give its address."
        )
    asker.api_url = reached


async def _first_page(asker: Asker, given: str) -> tuple[Capture, str]:
    """The page at the given address, whatever its status; where that is api.php's, the wiki's main page."""
    failures: list[Unanswered] = []
    for url in map(_entrance, addresses(given)):
        for _ in range(TRIES):
            try:
                capture = await asker.look(url, TRIES)
            except Refused as refusal:
                raise UnusableSource(f"{given} cannot be read: {refusal.text}.") from refusal
            except Unanswered as failure:
                failures.append(failure)
                if failure.fault in UNREACHABLE:
                    break
                continue
            is_busy = capture.status in BUSY
            if (capture.status < 500 and not is_busy) or read_clues(capture).challenge:
                return capture, url
            failures.append(Unanswered(Fault.BUSY if is_busy else Fault.SERVER, f"HTTP status {capture.status}"))
            if is_busy:
                break
    last = failures[-1]
    raise UnusableSource(f"{given} cannot be read: {last}. {ADVICE.get(last.fault, 'Try later.')}")


def _entrance(url: str) -> str:
    """Where a person would enter."""
    return index_beside(_bare(url)) if is_api_address(url) else url


def _on_its_host(found: Iterable[str], page_url: str) -> list[str]:
    """Where a page says its wiki is, as far as that is on its own host: a page can name any host, a stranger's too."""
    urls = list(found)
    own = [url for url in urls if is_same_origin(url, page_url)]
    return [*own, *(_aligned(url, page_url) for url in urls)]


def _aligned(found: str, page_url: str) -> str:
    """A wiki may believe in a wrong scheme or host: the same path where the page itself came from."""
    page = urlsplit(page_url)
    return urlunsplit((page.scheme, page.netloc, urlsplit(found).path, "", ""))


def _bare(url: str) -> str:
    return urljoin(url, urlsplit(url).path)
