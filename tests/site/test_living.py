"""What a real wiki's own pages link to is answered by its archive, on real servers. :mod:`cross` asks for more."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lab.wiki import RealWiki
from tests.site.cross import LAYOUTS, outcomes
from tests.site.servers import need


@pytest.mark.parametrize(
    ("series", "layout", "servers"), [("1.39", "query", ("nginx", "caddy")), ("1.43", "root", ("apache2",))]
)
def test_every_address_that_the_wiki_links_to_is_answered(
    series: str, layout: str, servers: tuple[str, ...], wiki_copies: Callable[..., RealWiki]
) -> None:
    for server in servers:
        need(server)
    wiki = wiki_copies(language="en", series=series, layout=LAYOUTS[layout])
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        for outcome in outcomes(wiki, Path(name), servers, links=series == "1.39"):
            assert outcome.asked > (1000 if series == "1.39" else 300)
            assert outcome.failed == []
