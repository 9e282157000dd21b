"""``action=raw`` as copies and captures hold it: the source of the revision that the address names."""

from __future__ import annotations

from scraper import languages
from scraper.model import Capture, PageText, Via
from scraper.readers.html.addresses import read_address
from scraper.readers.html.context import Known
from scraper.readers.raw_text import is_raw, read_raw_text
from scraper.readers.reading import Reading
from scraper.titles import IllegalTitle, TitleParser

GENERATED = frozenset({"gen", "ctype", "templates", "section"})  # scripts, styles, expanded or partial texts


def read_kept_text(capture: Capture, known: Known) -> Reading:
    """The revision with its text and exact time; without ``oldid`` the text alone, until its revision is found."""
    address = read_address(capture.url, known.rules)
    if capture.status != 200 or address is None or GENERATED & address.parameters.keys() or not is_raw(capture):
        return Reading()
    titles = known.titles or TitleParser(languages.of(known.language).namespaces(known.site_name or "Project"))
    try:
        title = titles.parse(address.title)
    except IllegalTitle:
        return Reading()
    if title.namespace_id < 0:
        return Reading()
    if not address.rev_id:
        return Reading((PageText(title, capture.body, Via.RAW),))
    mention = read_raw_text(capture, title, address.rev_id, None)
    return Reading((mention,)) if mention else Reading()
