"""The laboratory itself: its wikis hold each oddity that the other tests rely on."""

from __future__ import annotations

from tests.lab.wiki import RealWiki


def test_serves_its_pages_and_its_api(each_seeded_wiki: RealWiki) -> None:
    general = each_seeded_wiki.api().get("query", meta="siteinfo")["query"]["general"]
    assert general["generator"] == f"MediaWiki {each_seeded_wiki.installation.version}"
    assert general["lang"] == "fr"
    assert general["server"] == each_seeded_wiki.url
