"""Datasette plug-in of a wikicompost archive: the fields of saved queries fit a phone.

It stands alone: this file works in the archive's folder without wikicompost, with Datasette 0.65 and 1.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datasette import Response, hookimpl

PLACE = "/-/wikicompost.css"
# Datasette gives names 15 % of the width, and fields the 60 % beside them, however narrow that is.
SHEET = """\
@media (max-width: 50em) {
  form.sql p label { display: block; width: auto }
  form.sql p input[type=text] { box-sizing: border-box; width: 100% }
}
"""


@hookimpl
def extra_css_urls(datasette: Any) -> list[str]:
    """Our sheet, after Datasette's own."""
    return [datasette.urls.path(PLACE)]


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Where it stands."""
    return [(rf"^{PLACE}$", _sheet)]


def _sheet() -> Response:
    return Response(SHEET, content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=3600"})
