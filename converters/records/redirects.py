"""Where a page leads when it is a redirect."""

from __future__ import annotations

from converters.records.record import Extractor, Reading, Rows, Table

REDIRECTS = Table(
    "redirects",
    "page_id",
    ("target_title", "target_namespace_id", "target_fragment"),
    has_section=False,
)


def extract(page: Reading) -> Rows:
    target = page.document.redirect_to
    if target is None:
        return {"redirects": []}
    namespace_id = target.title.namespace_id if target.title.namespace_id in page.wiki.titles.namespaces else None
    return {"redirects": [(target.title.full, namespace_id, target.fragment)]}


EXTRACTOR = Extractor("Redirects with section", 1, (REDIRECTS,), extract)
