"""How MediaWiki's languages write: names of namespaces and special pages, months and days, digits, dates.

For wikis that do not tell it themselves, and for the site around their pages. The tables are those of
:mod:`scraper.languages`.
"""

from converters.language.dates import format_time
from converters.language.language import Language, fallbacks, interface_message, language, own_name
from converters.language.letters import PLAIN_LETTERS
from converters.language.numerals import own_digits

__all__ = [
    "PLAIN_LETTERS",
    "Language",
    "fallbacks",
    "format_time",
    "interface_message",
    "language",
    "own_digits",
    "own_name",
]
