"""Addresses below ``index.php``: the older doors of a wiki, where the API has none, fails, or is closed.

The title stands first and something else than a title last: MediaWiki before 1.24 refuses addresses that end like a
file's name (``IEUrlExtension``). ``uselang=en`` asks for dates and words in English, which MediaWiki gives to
strangers too; special pages are called by their English names, from which a wiki redirects to its own.
Parameters: https://www.mediawiki.org/wiki/Manual:Parameters_to_index.php
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scraper.model import Timestamp, Title
from scraper.queries.query import LONGEST_ADDRESS

TITLES_OF_AN_EXPORT = 35
ROWS = "500"  # of a list or history, the most that strangers get
REVISIONS_OF_A_PART = 100  # of a history too large for one answer
ENGLISH = {"uselang": "en"}


def raw_text(index_url: str, title: Title, rev_id: int) -> str:
    """The bare text of one revision."""
    return _address(index_url, title.dbkey, oldid=str(rev_id), action="raw")


def current_text(index_url: str, title: Title) -> str:
    """The bare text of a page as it stands."""
    return _address(index_url, title.dbkey, action="raw")


def export(index_url: str, title: Title) -> str:
    """Special:Export of a page's current revision, to see whether that door is open."""
    return _address(index_url, "Special:Export", pages=title.full, curonly="1")


def export_histories(index_url: str, titles: Iterable[str], name: str = "Special:Export") -> str:
    """Special:Export of these pages with all their revisions; asked by GET there is no limit to them.

    Under the ``name`` that the wiki itself gives to the special page, it need not redirect there.
    """
    return _address(index_url, name, pages="\n".join(titles), history="1")


def export_batches(index_url: str, titles: Iterable[str], most: int = TITLES_OF_AN_EXPORT) -> Iterator[list[str]]:
    """The titles in lots that fit into one address each."""
    batch: list[str] = []
    for title in titles:
        if batch and (len(batch) >= most or len(export_histories(index_url, [*batch, title])) > LONGEST_ADDRESS):
            yield batch
            batch = []
        batch.append(title)
    if batch:
        yield batch


def export_of_second(index_url: str, title: Title, timestamp: Timestamp) -> tuple[str, dict[str, str]]:
    """Special:Export of a page's revisions saved in one second (and a few after it): address and form, for POST."""
    return _export_part(index_url, title.full, timestamp, "5")


def export_part(index_url: str, title: str, since: Timestamp) -> tuple[str, dict[str, str]]:
    """Special:Export of a part of a page's history, from a second on: address and form, for POST."""
    return _export_part(index_url, title, since, str(REVISIONS_OF_A_PART))


def view(index_url: str, title: Title) -> str:
    """A page as readers see it; a redirect itself and not its target."""
    return _address(index_url, title.dbkey, redirect="no")


def view_by_id(index_url: str, page_id: int) -> str:
    """The page of that number, whatever it is called now."""
    mark = "&" if urlsplit(index_url).query else "?"
    return f"{index_url}{mark}{urlencode({'curid': page_id, 'redirect': 'no'})}"


def file_page(index_url: str, title: Title) -> str:
    """A file's page with all versions of the file."""
    return _address(index_url, title.dbkey, limit=ROWS, redirect="no")


def old_view(index_url: str, title: Title, rev_id: int) -> str:
    """One revision as readers see it."""
    return _address(index_url, title.dbkey, oldid=str(rev_id), redirect="no")


def edit_form(index_url: str, title: Title, rev_id: int) -> str:
    """The form that holds a revision's text; those who may not edit get it to read."""
    return _address(index_url, title.dbkey, oldid=str(rev_id), action="edit", **ENGLISH)


def history(index_url: str, title: Title, rows: str = ROWS) -> str:
    """The newest revisions of a page; the answer's links lead to the older ones."""
    return _address(index_url, title.dbkey, action="history", limit=rows, **ENGLISH)


def history_feed(index_url: str, title: Title) -> str:
    """The newest revisions of a page with exact times."""
    return _address(index_url, title.dbkey, feed="atom", action="history", limit=ROWS)


def all_pages(index_url: str, namespace_id: int) -> str:
    """Titles of one namespace, redirects included."""
    return special(index_url, "AllPages", namespace=str(namespace_id))


def special(index_url: str, name: str, **params: str) -> str:
    """A special page by its English name, in English."""
    return _address(index_url, f"Special:{name}", **params, **ENGLISH)


def special_in_own_words(index_url: str, name: str) -> str:
    """A special page in the wiki's own language."""
    return _address(index_url, f"Special:{name}", action="view")


def page_of(index_url: str) -> str:
    """Where the wiki sends those who name no page: its main page."""
    return index_url


def parameters(url: str) -> dict[str, str]:
    """The parameters of an address."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def having(url: str, params: Mapping[str, str]) -> str:
    """The same address with these parameters added or changed, the title first."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=urlencode({**parameters(url), **params}), fragment=""))


def lacking(url: str, names: Iterable[str]) -> str:
    """The same address without these parameters."""
    kept = {name: value for name, value in parameters(url).items() if name not in names}
    return urlunsplit(urlsplit(url)._replace(query=urlencode(kept), fragment=""))


def _address(index_url: str, title: str, /, **params: str) -> str:
    mark = "&" if urlsplit(index_url).query else "?"
    return f"{index_url}{mark}{urlencode({'title': title, **params})}"


def _export_part(index_url: str, title: str, since: Timestamp, count: str) -> tuple[str, dict[str, str]]:
    before = datetime.fromisoformat(since.iso) - timedelta(seconds=1)
    form = {"pages": title, "offset": before.strftime("%Y-%m-%dT%H:%M:%SZ"), "limit": count, "dir": "asc"}
    return _address(index_url, "Special:Export", action="submit"), form
