"""``<math>``: TeX as MathML where latex2mathml is installed (``wikicompost[math]``), else as it is written."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from converters.document.tree import escape
from converters.document.vocabulary import ELEMENTS
from converters.wikitext.functions.call import decode
from converters.wikitext.state import Frame, Page, Parser, Tag

# Longer ones are no formulas, and the library is not made for them.
LENGTH_LIMIT = 5000


def render_math(page: Page, _parser: Parser, tag: Tag, _frame: Frame) -> str:
    """A formula, its source beside it: readable, searchable, and typeset by whoever can. Gives a marker."""
    source = decode((tag.content or "").strip())
    drawn = _drawn(source, tag.attributes.get("display") == "block") if len(source) <= LENGTH_LIMIT else ""
    if not drawn:
        return page.markers.put(f'<code class="mwe-math-element">{escape(source)}</code>')
    return page.markers.put(f'<span class="mwe-math-element">{drawn}</span>')


@lru_cache(maxsize=1000)
def _drawn(source: str, is_block: bool) -> str:
    """MathML with the source as its ``alttext``; empty where the library is missing, or fails on the formula."""
    try:
        from latex2mathml.converter import convert
    except ImportError:
        return ""
    # The formula is untrusted, and the library raises whatever it meets.
    try:
        written = str(convert(source, display="block" if is_block else "inline"))
    except Exception:
        return ""
    if not _is_formula(written):
        return ""
    return written.replace("<math ", f'<math alttext="{escape(source)}" ', 1)


def _is_formula(written: str) -> bool:
    """Whether it is MathML and nothing else: the library lets tags in the texts of formulas through."""
    try:
        root = etree.fromstring(written)
    except etree.XMLSyntaxError:
        return False
    names = {etree.QName(element).localname for element in root.iter()}
    return all(name in ELEMENTS and ELEMENTS[name].display == "math" for name in names)
