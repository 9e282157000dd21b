"""Why an address cannot be harvested as a living wiki, for the person who gave it, and what to do."""

from __future__ import annotations

from scraper.model import Capture
from scraper.readers.discovery import Clues, is_special_page
from scraper.readers.engines import engine_of
from scraper.sources.live.failures import Frozen
from scraper.sources.source import UnusableSource

OK, WANTS_PASSWORD, FORBIDDEN = 200, 401, 403


def explained(given: str, page: Capture, clues: Clues) -> UnusableSource:
    """``page`` is what was found at the address. Frozen where it is a page of a wiki that no longer runs."""
    if clues.challenge:
        return UnusableSource(
            f"{given} shows {clues.challenge} to programs instead of the wiki. Open it in a browser, save its cookies "
            "to a file and give that with --cookies, or ask those who keep the wiki to let this program in."
        )
    return _as_wiki(given, page, clues) if clues.is_mediawiki else _as_stranger(given, page)


def _as_wiki(given: str, page: Capture, clues: Clues) -> UnusableSource:
    named = f"a MediaWiki{f' ({clues.generator})' if clues.generator else ''}"
    if page.status == OK and not is_special_page(page):  # as demands to log in are
        return Frozen(f"{given} is a page of {named}, but neither its API nor its index.php answers.", page)
    is_private = clues.wants_login or page.status in {WANTS_PASSWORD, FORBIDDEN}
    return UnusableSource(
        f"{given} is {named}, but it {'needs a login' if is_private else 'answers nothing through its API'}. If you "
        "have an account, use --user and --password (a bot password from Special:BotPasswords) or --cookies; an XML "
        "dump of it can be read too."
    )


def _as_stranger(given: str, page: Capture) -> UnusableSource:
    if page.status == WANTS_PASSWORD:
        return UnusableSource(
            f"{given} answers with status {page.status}: the server wants a name and a password before the wiki "
            "does. Give them with --http-auth."
        )
    if page.status == FORBIDDEN:
        return UnusableSource(
            f"{given} answers with status {page.status}: it lets nobody in, or not this program. Ask those who keep "
            "it; the cookies of a browser that it lets in can be given with --cookies."
        )
    engine = engine_of(page.body)
    if engine:
        return UnusableSource(f"{given} is made by {engine}, not by MediaWiki. wikicompost reads MediaWiki only.")
    return UnusableSource(
        f"{given} is not a MediaWiki, or hides it well: neither the page (HTTP status {page.status}) nor the usual "
        "places of api.php tell of one. Give the address of one of its articles, or of api.php."
    )
