"""What MediaWiki says in each of its languages: dates, namespaces, special pages, words of the interface.

The tables in ``tables/`` are made from MediaWiki 1.39 and 1.43 by ``python -m tests.languages.make_tables``;
``older.json`` holds wordings of versions before them, with where they were seen.
"""

from __future__ import annotations

from scraper.languages.dates import FoundDate
from scraper.languages.language import Language, of

__all__ = ["FoundDate", "Language", "of"]
