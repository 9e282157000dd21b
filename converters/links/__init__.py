"""Where a title leads: the one place that decides the addresses of the site.

An *address* is a folder below the site's root, written with slashes and without one at the end (``wiki/Accueil``);
its page is the file ``index.html`` in it, which any static server gives for ``/wiki/Accueil``. Addresses hold the
characters themselves; only :func:`relative` percent-encodes, for ``href``.
"""

from converters.links.addresses import Addressee, Addresses, Kept
from converters.links.layout import (
    ABOUT,
    CONTRIBUTIONS,
    DATASETTE,
    DIFFERENCE,
    FILES,
    HISTORY,
    INDEX,
    INFO,
    MAX_SEGMENT_BYTES,
    MEDIA,
    MISSING,
    PAGE,
    RANDOM,
    REDIRECT,
    REVISION,
    SEARCH,
    SOURCE,
    SOURCE_INDEX,
    WIDE,
    Layout,
    layout_of,
    portable_segment,
    relative,
    safe_segment,
)
from converters.links.specials import SPECIAL_PAGES, SpecialPages, special_pages, special_titles_of

__all__ = [
    "ABOUT",
    "CONTRIBUTIONS",
    "DATASETTE",
    "DIFFERENCE",
    "FILES",
    "HISTORY",
    "INDEX",
    "INFO",
    "MAX_SEGMENT_BYTES",
    "MEDIA",
    "MISSING",
    "PAGE",
    "RANDOM",
    "REDIRECT",
    "REVISION",
    "SEARCH",
    "SOURCE",
    "SOURCE_INDEX",
    "SPECIAL_PAGES",
    "WIDE",
    "Addressee",
    "Addresses",
    "Kept",
    "Layout",
    "SpecialPages",
    "layout_of",
    "portable_segment",
    "relative",
    "safe_segment",
    "special_pages",
    "special_titles_of",
]
