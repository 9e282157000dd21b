"""A wiki behind a proxy that fails one request in ten: the harvest ends with the same archive."""

from __future__ import annotations

from pathlib import Path

from tests.harvest.compare import differences
from tests.harvest.running import harvest
from tests.lab.faults import Chance, Fault, FaultProxy
from tests.lab.wiki import RealWiki


def test_one_request_in_ten_fails(seeded_wiki: RealWiki, tmp_path: Path) -> None:
    with FaultProxy(seeded_wiki.url) as proxy:
        harvest(proxy.url, tmp_path / "undisturbed", "--timeout", "2")
        proxy.choose = Chance(0.1, seed=2)
        proxy.requests.clear()
        harvest(proxy.url, tmp_path / "disturbed", "--timeout", "2")
        met = {fault for fault in Fault if proxy.counts[fault.value]}
    assert len(met) > len(Fault) / 2
    assert differences(tmp_path / "undisturbed", tmp_path / "disturbed") == []
