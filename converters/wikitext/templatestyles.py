"""``<templatestyles>``: the style sheet that a template brings along (extension TemplateStyles)."""

from __future__ import annotations

import re

from converters.document.stylesheet import safe_stylesheet
from converters.wikitext.state import Frame, Page, Parser, Tag
from converters.wikitext.templates import TEMPLATE
from scraper.titles import IllegalTitle

# The root of a page document.
SCOPE = "article"
WRAPPER = re.compile(r"[\w.#-]+")


def render_templatestyles(page: Page, _parser: Parser, tag: Tag, _frame: Frame) -> str:
    """Nothing in the text: the sheet is kept beside the page, below the wrapper that the tag names."""
    source, wrapper = tag.attributes.get("src", ""), tag.attributes.get("wrapper", "").strip()
    try:
        css = page.lookups.template(page.wiki.titles.parse(source, TEMPLATE))
    except IllegalTitle:
        css = None
    if css is None:
        page.report(f"the style sheet {source} is not there")
        return ""
    scope = f"{SCOPE} {wrapper}" if WRAPPER.fullmatch(wrapper) else SCOPE
    page.styles[safe_stylesheet(css, scope)] = None
    return ""
