"""Harvests killed at random moments and resumed: the archive is that of a harvest which nobody disturbed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harvest.compare import differences
from tests.harvest.running import command, harvest
from tests.lab.faults import FaultProxy, Request, never
from tests.lab.wiki import RealWiki

KILLS_OF_SMALL, KILLS_OF_LARGE = 13, 7
# The answer being saved and the next one, or the questions about one item that is taken alone; robots.txt; and, before
# there is an archive, where the API is.
ASKED_TWICE = 8


@dataclass
class Undisturbed:
    """A harvest that nobody killed: through which proxy, its options, its archive, how many requests it took."""

    proxy: FaultProxy
    options: tuple[str, ...]
    folder: Path
    requests: int


@pytest.fixture(scope="module")
def small(english_wiki: RealWiki, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    """The English wiki with everything."""
    with FaultProxy(english_wiki.url) as proxy:
        yield undisturbed(proxy, (), tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def large(whole_wiki: RealWiki, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    """The French wiki, whose lists go on over many answers; its renderings would only take time."""
    with FaultProxy(whole_wiki.url) as proxy:
        yield undisturbed(proxy, ("--no-renderings",), tmp_path_factory.mktemp("large"))


def undisturbed(proxy: FaultProxy, options: tuple[str, ...], folder: Path) -> Undisturbed:
    harvest(proxy.url, folder, *options)
    return Undisturbed(proxy, options, folder, len(proxy.requests))


@pytest.mark.parametrize("seed", range(KILLS_OF_SMALL))
def test_small_wiki(small: Undisturbed, tmp_path: Path, seed: int) -> None:
    kill_and_resume(small, tmp_path, seed)


@pytest.mark.parametrize("seed", range(KILLS_OF_LARGE))
def test_large_wiki(large: Undisturbed, tmp_path: Path, seed: int) -> None:
    kill_and_resume(large, tmp_path, seed)


def kill_and_resume(calm: Undisturbed, folder: Path, seed: int) -> None:
    """Kill a harvest while it waits for an answer or works on the one before, then let it go on."""
    proxy = calm.proxy
    last = random.Random(seed).randrange(calm.requests)

    def kill(request: Request) -> None:
        if request.number == last:
            os.kill(victim.pid, signal.SIGKILL)

    proxy.requests.clear()
    proxy.choose = kill
    line = command(proxy.url, folder, *calm.options)
    victim = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    victim.wait(120)
    proxy.choose = never
    harvest(proxy.url, folder, *calm.options)
    assert differences(calm.folder, folder) == []
    assert len(proxy.requests) <= calm.requests + ASKED_TWICE
