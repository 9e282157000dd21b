"""Calls of templates that the archive does not have, on pages that it renders itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from converters.exporters import History, SiteOptions, export_site
from scraper.archive import Archive
from tests.site.garden import Garden

CALL = "Ici {{Absent|lieu=serre}}."


@pytest.mark.parametrize(
    ("statistics", "is_shown"),
    [
        ({"pages": 1}, False),  # the wiki had no such page: it showed the link alone
        ({"pages": 9}, True),  # the template is among what is missing: its parameters are all there is
        ({}, True),
    ],
)
def test_what_the_template_was_given_is_shown_where_the_template_was_lost(
    statistics: dict[str, int], is_shown: bool, tmp_path: Path
) -> None:
    siteinfo: dict[str, Any] = {"statistics": statistics}
    garden = Garden(tmp_path / "archive", {"siteinfo": siteinfo})
    garden.write("Serre", "<p>Ici.</p>", text=CALL)
    garden.write("Serre", "<p>Ici.</p>", text="Ici.", parent_id=1)
    garden.settle()
    with Archive.read(garden.folder) as archive:
        export_site(archive, tmp_path / "site", options=SiteOptions(history=History.FULL))
    content = (tmp_path / "site/revision/1/index.html").read_text("utf-8")
    assert "Absent" in content
    assert ("lieu=serre" in content) == is_shown
