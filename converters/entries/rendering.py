"""One page of an archive as MediaWiki would lay it out, from the wikitext of any of its revisions."""

from __future__ import annotations

from converters.entries.pages import Entries
from scraper.archive import Archive
from scraper.model import UNKNOWN_SITE
from scraper.problems import Problem
from scraper.titles import IllegalTitle


class NoSuchText(LookupError):
    """The archive has no such page or revision, or not its text; the message says which."""


def render_page(archive: Archive, name: str, rev_id: int | None = None) -> tuple[str, tuple[Problem, ...]]:
    """HTML of a page as it stands, or of the revision ``rev_id``, with links as ``/wiki/Title``; and its problems.

    Raises NoSuchText.
    """
    entries = Entries(archive, archive.site() or UNKNOWN_SITE)
    try:
        title = entries.titles.parse(name)
    except IllegalTitle as error:
        raise NoSuchText(f"{name!r} cannot be the title of a page: {error}") from error
    from converters.wikitext import lay_out

    text, timestamp, rev_id = _text(archive, title.full, rev_id)
    return lay_out(text, title, entries.wiki, entries.lookups_at(timestamp, rev_id))


def _text(archive: Archive, title: str, rev_id: int | None) -> tuple[str, str | None, int]:
    """The wikitext, when it was saved, and the number of its revision."""
    row = archive.connection.execute(
        "SELECT r.rev_id, r.timestamp FROM pages p JOIN revisions r USING (page_id)"
        " WHERE p.title = ? AND r.rev_id = coalesce(?, p.latest_rev_id) ORDER BY p.gone_at IS NOT NULL LIMIT 1",
        (title, rev_id),
    ).fetchone()
    if row is None:
        what = f"revision {rev_id} of {title!r}" if rev_id else f"page {title!r}"
        raise NoSuchText(f"the archive has no {what}; titles are written as the wiki writes them")
    text = archive.revision_text(row[0])
    if text is None:
        raise NoSuchText(f"the archive has not the text of revision {row[0]} of {title!r}")
    return text.decode("utf-8", "replace"), row[1], row[0]
