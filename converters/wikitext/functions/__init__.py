"""Parser functions: those that a page and its wiki's description answer, without clock and database.

https://www.mediawiki.org/wiki/Help:Magic_words and https://www.mediawiki.org/wiki/Help:Extension:ParserFunctions
"""

from converters.wikitext.functions.call import Function, FunctionCall, NotUnderstood
from converters.wikitext.functions.registry import FUNCTIONS, find_function

__all__ = ["FUNCTIONS", "Function", "FunctionCall", "NotUnderstood", "find_function"]
