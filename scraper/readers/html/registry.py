"""Which reader reads which kind of page. A new reader is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scraper.model import Capture
from scraper.readers.feeds import read_feed
from scraper.readers.html.all_pages import read_all_pages
from scraper.readers.html.categories import read_category
from scraper.readers.html.context import Kind, Known, PageContext
from scraper.readers.html.contributions import read_contributions
from scraper.readers.html.diffs import read_diff
from scraper.readers.html.edit_forms import read_edit_form
from scraper.readers.html.file_lists import read_file_list
from scraper.readers.html.file_pages import read_file_page
from scraper.readers.html.histories import read_history
from scraper.readers.html.info import read_info
from scraper.readers.html.interwikis import read_interwikis
from scraper.readers.html.logs import read_log, read_log_excerpt
from scraper.readers.html.new_pages import read_new_pages
from scraper.readers.html.page import ParsedPage
from scraper.readers.html.protected_titles import read_protected_titles
from scraper.readers.html.recent import read_recent_changes
from scraper.readers.html.statistics import read_statistics
from scraper.readers.html.users import read_user_list
from scraper.readers.html.views import read_view
from scraper.readers.kept_answers import read_kept_answer, read_kept_export, read_shown_answer
from scraper.readers.kept_texts import read_kept_text
from scraper.readers.reading import Reading

# Reads facts from a page that was parsed and recognised. Several readers may read one page.
PageReader = Callable[[ParsedPage, PageContext, Known], Reading]
# Reads facts from an answer that is no HTML: a feed, an answer of the API, raw wikitext.
DataReader = Callable[[Capture, Known], Reading]

PAGE_READERS: Mapping[Kind, tuple[PageReader, ...]] = {
    Kind.VIEW: (read_view,),
    Kind.OLD_VIEW: (read_view,),
    Kind.DIFF: (read_view, read_diff),
    Kind.HISTORY: (read_history,),
    Kind.EDIT: (read_edit_form, read_log_excerpt),
    Kind.INFO: (read_info,),
    Kind.MISSING: (read_log_excerpt,),
    Kind.OTHER: (read_shown_answer,),
}
# By the number of the namespace, for views of pages of it, existing or not: file pages, categories.
NAMESPACE_READERS: Mapping[int, tuple[PageReader, ...]] = {6: (read_file_page,), 14: (read_category,)}
# By the special page's canonical name.
SPECIAL_READERS: Mapping[str, tuple[PageReader, ...]] = {
    "Allpages": (read_all_pages,),
    "Prefixindex": (read_all_pages,),
    "Recentchanges": (read_recent_changes,),
    "Recentchangeslinked": (read_recent_changes,),
    "Newpages": (read_new_pages,),
    "Contributions": (read_contributions,),
    "Log": (read_log,),
    "Listfiles": (read_file_list,),
    "Listusers": (read_user_list,),
    "Protectedtitles": (read_protected_titles,),
    "Interwiki": (read_interwikis,),
    "Statistics": (read_statistics,),
    "ApiHelp": (read_shown_answer,),
}
DATA_READERS: Mapping[Kind, tuple[DataReader, ...]] = {
    Kind.FEED: (read_feed,),
    Kind.API: (read_kept_answer,),
    Kind.RAW: (read_kept_text,),
    Kind.EXPORT: (read_kept_export,),
}
