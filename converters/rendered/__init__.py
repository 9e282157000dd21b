"""The door of the wiki's own HTML: what MediaWiki 1.27 to 1.43 renders, normalised into the page document.

It reads what ``action=parse`` gives. Whole pages with a skin around them need their content found first.
"""

from converters.rendered.door import read, read_words

__all__ = ["read", "read_words"]
