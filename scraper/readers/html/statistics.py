"""Special:Statistics (SpecialStatistics, the same classes from 1.14 to 1.43): what the wiki counts."""

from __future__ import annotations

from scraper.model import Statistics, Via
from scraper.readers.html.context import Known, PageContext
from scraper.readers.html.elements import first_of_class, number_in, plain_text
from scraper.readers.html.page import ParsedPage
from scraper.readers.reading import Reading

NUMBERS = "mw-statistics-numbers"
# The API's names (siprop=statistics) by the ends of the rows' classes.
ROWS = {
    "pages": "pages",
    "articles": "articles",
    "edits": "edits",
    "files": "images",
    "users": "users",
    "users-active": "activeusers",
}


def read_statistics(page: ParsedPage, what: PageContext, known: Known) -> Reading:
    """The numbers, read in any language's digits."""
    numbers = {name: number for row, name in ROWS.items() if (number := _number(page, row)) is not None}
    return Reading((Statistics(numbers, Via.HTML),) if numbers else ())


def _number(page: ParsedPage, row: str) -> int | None:
    rows = page.classes.get(f"mw-statistics-{row}", ())
    cells = (first_of_class(found, NUMBERS) for found in rows)
    return next((number_in(plain_text(cell)) for cell in cells if cell is not None), None)
