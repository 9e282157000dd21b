"""Harvests killed at random moments and resumed, until one comes to its end: the archive is the undisturbed one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from pathlib import Path

import pytest

from tests.harvest.compare import differences
from tests.harvest.running import command, harvest
from tests.lab.faults import FaultProxy
from tests.lab.wiki import RealWiki

KILLS = 20


@pytest.fixture(scope="module")
def proxy(english_wiki: RealWiki):
    with FaultProxy(english_wiki.url) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def undisturbed(proxy: FaultProxy, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The archive of a harvest that nobody killed, and how many requests it took."""
    folder = tmp_path_factory.mktemp("undisturbed")
    proxy.requests.clear()
    harvest(proxy.url, folder)
    return folder, len(proxy.requests)


@pytest.mark.parametrize("seed", range(KILLS))
def test_killed_and_resumed(proxy: FaultProxy, undisturbed: tuple[Path, int], tmp_path: Path, seed: int) -> None:
    folder, requests = undisturbed
    victim = subprocess.Popen(command(proxy.url, tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    dice = random.Random(seed)
    last = dice.randrange(requests)

    def kill_at(request):
        if request.number == last:
            os.kill(victim.pid, signal.SIGKILL)

    proxy.requests.clear()
    proxy.choose = kill_at
    victim.wait(120)
    proxy.choose = lambda request: None
    assert harvest(proxy.url, tmp_path) == 0
    assert differences(folder, tmp_path) == []
    # In flight at the kill: one question of a list, or one thing. Asked anew by every process: robots.txt, the start.
    assert len(proxy.requests) <= requests + 4
