"""Extension tags: which ones we know, and what each becomes."""

from __future__ import annotations

from collections.abc import Callable

from converters.document.tree import escape
from converters.wikitext.formulas import render_math
from converters.wikitext.media import render_gallery, render_imagemap
from converters.wikitext.poem import render_poem
from converters.wikitext.references.tags import render_ref, render_references
from converters.wikitext.state import Frame, Page, Parser, Tag
from converters.wikitext.templatestyles import render_templatestyles
from converters.wikitext.variants.tag import render_langconvert
from converters.wikitext.verbatim import render_nowiki, render_pre, render_source

Hook = Callable[[Page, Parser, Tag, Frame], str]


def _silent(_page: Page, _parser: Parser, _tag: Tag, _frame: Frame) -> str:
    return ""


def _aside(_page: Page, parser: Parser, tag: Tag, frame: Frame) -> str:
    """What MediaWiki shows beside the page, not in it: only its categories and the like count."""
    parser.inline(tag.content or "", frame)
    return ""


def _as_source(page: Page, _parser: Parser, tag: Tag, _frame: Frame) -> str:
    """What an extension makes a table of: as it is written."""
    return page.markers.put_general(f'<pre class="extension-{tag.name}">{escape((tag.content or "").strip())}</pre>')


def unknown_tag(tag: Tag, page: Page) -> str:
    """A tag of an extension that we do not know: its source, visible, and a problem."""
    page.report(f"the extension tag <{tag.name}> is not understood")
    attributes = "".join(f' {name}="{value}"' for name, value in tag.attributes.items())
    source = (tag.content or "").strip() or f"<{tag.name}{attributes}/>"
    return page.markers.put(f'<code class="extension-{tag.name}">{escape(source)}</code>')


# Tag → what renders it. Tags that only talk to MediaWiki are silent.
HOOKS: dict[str, Hook] = {
    "nowiki": render_nowiki,
    "pre": render_pre,
    "gallery": render_gallery,
    "imagemap": render_imagemap,
    "ref": render_ref,
    "references": render_references,
    "math": render_math,
    "chem": render_math,
    "ce": render_math,
    "syntaxhighlight": render_source,
    "source": render_source,
    "poem": render_poem,
    "langconvert": render_langconvert,
    "templatestyles": render_templatestyles,
    "templatedata": _as_source,
    "section": _silent,
    "indicator": _aside,
}
# Tags of extensions in wide use (Special:Version of Wikimedia's and WikiTeam's wikis) that we show as source.
SHOWN_AS_SOURCE = frozenset({
    "graph", "mapframe", "maplink", "hiero", "score", "timeline", "inputbox", "categorytree",
    "dynamicpagelist", "charinsert", "quiz", "choose", "googlemap", "html5video", "youtube", "widget", "csv", "tabber",
})  # fmt: skip
