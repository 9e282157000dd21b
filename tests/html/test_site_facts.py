"""What pages tell of the wiki as a whole: its counts, its prefixes, who may edit."""

from __future__ import annotations

from scraper.model import Interwiki, PageProtection, Statistics

from .fragments import facts

SPECIAL = {"wgNamespaceNumber": -1}


def test_counts_in_any_digits() -> None:
    rows = {"articles": "1 234", "pages": "४,५६७", "edits": "89.012", "edits-average": "2.01", "users": "12"}
    table = "".join(
        f'<tr class="mw-statistics-{name}"><td>words of 2</td><td class="mw-statistics-numbers">{shown}</td></tr>'
        for name, shown in rows.items()
    )
    (told,) = facts(f"<table>{table}</table>", wgCanonicalSpecialPageName="Statistics", **SPECIAL)
    assert isinstance(told, Statistics)
    assert told.numbers == {"articles": 1234, "pages": 4567, "edits": 89012, "users": 12}


def test_prefixes_that_lead_elsewhere() -> None:
    rows = """<table><tr class="mw-interwikitable-row"><td class="mw-interwikitable-prefix">jardin
      </td><td class="mw-interwikitable-url">https://jardin.example/wiki/$1?a&amp;b</td>
      <td class="mw-interwikitable-local mw-interwikitable-local-yes">oui</td></tr>
      <tr class="mw-interwikitable-row"><td class="mw-interwikitable-prefix">vide</td></tr></table>"""
    found = facts(rows, wgCanonicalSpecialPageName="Interwiki", **SPECIAL)
    assert found == (Interwiki("jardin", "https://jardin.example/wiki/$1?a&b", is_local=True),)


def test_who_may_edit() -> None:
    told = facts("<p>Text</p>", wgArticleId=3, wgAction="view", wgRestrictionEdit=["sysop"], wgRestrictionMove=[])
    (found,) = [fact.protection for fact in told if isinstance(fact, PageProtection)]
    assert found == ({"type": "edit", "level": "sysop"},)
