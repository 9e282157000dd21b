"""The page document: one small HTML vocabulary that both doors write and every exporter and record reads."""

from converters.document.lookups import Lookups
from converters.document.page import JSON, MODULE, WIKITEXT, Category, Door, LanguageLink, PageDocument, RedirectTarget
from converters.document.tree import Element, article, inner_html
from converters.document.vocabulary import LinkKind, validate

__all__ = [
    "JSON",
    "MODULE",
    "WIKITEXT",
    "Category",
    "Door",
    "Element",
    "LanguageLink",
    "LinkKind",
    "Lookups",
    "PageDocument",
    "RedirectTarget",
    "article",
    "inner_html",
    "validate",
]
