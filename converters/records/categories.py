"""Categories of the page."""

from __future__ import annotations

from converters.records.record import Extractor, Reading, Row, Rows, Table

PAGE_CATEGORIES = Table(
    "page_categories", "page_category_id", ("title", "name", "sort_key", "is_hidden"), has_section=False
)


def extract(page: Reading) -> Rows:
    """One row for each category; the sort key that a page gives last counts, as in MediaWiki."""
    categories = {category.title.full: category for category in page.document.categories}
    rows: list[Row] = [
        (title, category.title.name, category.sort_key, int(category.is_hidden))
        for title, category in categories.items()
    ]
    return {"page_categories": rows}


EXTRACTOR = Extractor("Categories with sort keys", 1, (PAGE_CATEGORIES,), extract)
