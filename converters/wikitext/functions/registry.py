"""Which functions there are, and what each wiki calls them."""

from __future__ import annotations

from converters.wikitext.functions.call import Function
from converters.wikitext.functions.formatdate import DATES
from converters.wikitext.functions.grammar import GRAMMAR
from converters.wikitext.functions.logic import LOGIC
from converters.wikitext.functions.numbers import NUMBERS
from converters.wikitext.functions.pages import PAGES
from converters.wikitext.functions.sortkeys import SORT_KEYS
from converters.wikitext.functions.speech import SPEECH
from converters.wikitext.functions.tag import TAGS
from converters.wikitext.functions.texts import TEXTS
from converters.wikitext.functions.times import TIMES
from converters.wikitext.scribunto.invoke import SCRIPTS
from converters.wikitext.sections import SECTIONS
from converters.wikitext.semantics import SEMANTICS
from converters.wikitext.words import Words

# MediaWiki's name, with # where the call has it → the function.
FUNCTIONS: dict[str, Function] = {
    name: function
    for group in (
        LOGIC,
        TEXTS,
        NUMBERS,
        PAGES,
        TAGS,
        SPEECH,
        GRAMMAR,
        SORT_KEYS,
        DATES,
        TIMES,
        SCRIPTS,
        SECTIONS,
        SEMANTICS,
    )
    for name, function in group.items()
}


def find_function(word: str, words: Words) -> Function | None:
    """The function that stands before the colon of a call, in any case and in the wiki's own language."""
    mark = "#" if word.startswith("#") else ""
    return FUNCTIONS.get(mark + (words.function(word.removeprefix("#")) or ""))
