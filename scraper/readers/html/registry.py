"""Which reader reads which kind of page. A new reader is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scraper.model import Capture
from scraper.readers.html.context import Kind, Known, PageContext
from scraper.readers.html.page import ParsedPage
from scraper.readers.reading import Reading

# Reads facts from a page that was parsed and recognised. Several readers may read one page.
PageReader = Callable[[ParsedPage, PageContext, Known], Reading]
# Reads facts from an answer that is no HTML: a feed, an answer of the API, raw wikitext.
DataReader = Callable[[Capture, Known], Reading]

PAGE_READERS: Mapping[Kind, tuple[PageReader, ...]] = {}
# By the number of the namespace, for views of pages of it, existing or not: file pages, categories.
NAMESPACE_READERS: Mapping[int, tuple[PageReader, ...]] = {}
# By the special page's canonical name.
SPECIAL_READERS: Mapping[str, tuple[PageReader, ...]] = {}
DATA_READERS: Mapping[Kind, tuple[DataReader, ...]] = {}
