"""The roads of last resort: what the wiki shows to everybody, page by page, where its API is closed."""

from __future__ import annotations

from collections.abc import Iterable

from scraper.archive import Archive
from scraper.sources.live import exports, html_histories, html_lists, html_pages, html_site, html_texts
from scraper.sources.live.crew import Todo
from scraper.sources.live.road import Door, Kind, Matter, Phase, Road

NAME = "html"
WANTS = ("histories wanted", "raw texts")


def _titles(archive: Archive, is_refresh: bool) -> Iterable[Todo]:
    lists = [("titles shown", {"namespace": number}) for number in archive.titles().namespaces if number >= 0]
    return [*lists, ("titles left", {}), ("displaced pages", {})]


def _road(matter: Matter, about: str, *kinds: str, missing: str = "") -> Road:
    return Road(matter, NAME, about, Door.INDEX, kinds=kinds, missing=missing)


HTML_ROADS: tuple[Road, ...] = (
    Road(
        Matter.SITE,
        NAME,
        "main page, Special:AllPages, Special:Statistics",
        Door.INDEX,
        fresh=("site shown",),
        refresh=("site shown",),
        missing="interwiki prefixes, extensions, the time zone",
    ),
    Road(
        Matter.PAGES,
        NAME,
        "Special:AllPages, namespace by namespace",
        Door.INDEX,
        kinds=("titles shown",),
        lists=_titles,
    ),
    Road(
        Matter.REVISIONS,
        "export",
        "Special:Export with whole histories, 35 pages at once",
        Door.INDEX,
        kinds=("exports",),
        wants=WANTS,
        missing="tags of revisions",
    ),
    Road(
        Matter.REVISIONS,
        NAME,
        "histories page by page, texts one by one (action=raw)",
        Door.INDEX,
        kinds=("histories shown",),
        wants=WANTS,
    ),
    _road(Matter.LOG_EVENTS, "Special:Log", "log shown", missing="exact times and some parameters of log events"),
    _road(Matter.USERS, "Special:ListUsers", "users shown", missing="the numbers of accounts"),
    _road(Matter.FILES, "Special:ListFiles and the pages of files", "files shown", "file pages"),
    _road(Matter.PROTECTED_TITLES, "Special:ProtectedTitles", "protected titles shown"),
    Road(Matter.RENDERINGS, NAME, "every page as readers see it", Door.INDEX, kinds=("views",), wants=("views",)),
)
HTML_KINDS: dict[str, Kind] = {
    "site shown": Kind(Phase.SITE, html_site.site),
    "titles shown": Kind(Phase.LISTS, html_lists.titles),
    "log shown": Kind(Phase.LISTS, html_lists.table),
    "users shown": Kind(Phase.LISTS, html_lists.table),
    "files shown": Kind(Phase.LISTS, html_lists.table),
    "file pages": Kind(Phase.LISTS, html_pages.file_pages),
    "protected titles shown": Kind(Phase.LISTS, html_lists.table),
    "exports": Kind(Phase.HISTORIES, exports.exports),
    "histories shown": Kind(Phase.HISTORIES, html_histories.histories),
    "titles left": Kind(Phase.WANTS, html_pages.titles_left),
    "views": Kind(Phase.WANTS, html_pages.views),
    "histories wanted": Kind(Phase.WANTS, html_histories.histories),
    "displaced pages": Kind(Phase.WANTS, html_pages.displaced),
    "raw texts": Kind(Phase.WANTS, html_texts.texts),
}
