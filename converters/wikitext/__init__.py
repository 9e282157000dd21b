"""The door of the wikitext: a plain, honest renderer for pages that the wiki did not render itself.

It follows MediaWiki's parser pass by pass: strip (comments, extension tags), templates, tags, tables, headings, links,
quotes, external and magic links, blocks, variants of the language, and the tree (``tidy``). What MediaWiki knows of its
languages is data (``languages``, ``variants``). The renderer decides what the page looks like; mwparserfromhell, in
:mod:`converters.wikitext.source`, tells what the source is made of (template calls and their parameters).
"""

from converters.wikitext.door import hostile, read, render
from converters.wikitext.models import read_verbatim
from converters.wikitext.modules import read_module
from converters.wikitext.protocol import lay_out, serve
from converters.wikitext.source import Parameter, Source, TemplateCall, is_suspect, read_source

__all__ = [
    "Parameter",
    "Source",
    "TemplateCall",
    "hostile",
    "is_suspect",
    "lay_out",
    "read",
    "read_module",
    "read_source",
    "read_verbatim",
    "render",
    "serve",
]
