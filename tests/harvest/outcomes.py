"""Questions put to a server by a real Asker, in a process of its own: ``python -m tests.harvest.outcomes QUESTIONS``.

QUESTIONS is JSON: the API's address, then for each question a method of Asker and its arguments. What came is printed
as JSON: the body, or the failure's words.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from scrapy.crawler import Crawler

from scraper.queries import api
from scraper.sources.live.asking import Asker
from scraper.sources.live.failures import Refused, Unanswered
from scraper.sources.live.network import border_settings
from scraper.sources.live.patience import Patience
from scraper.sources.live.settings import scrapy_settings
from scraper.sources.live.visit import visit
from scraper.sources.source import HarvestOptions


def outcomes(api_url: str, *questions: list[Any]) -> list[str]:
    """What came of each question."""
    line = [sys.executable, "-m", "tests.harvest.outcomes", json.dumps([api_url, *questions])]
    done = subprocess.run(line, capture_output=True, text=True, check=True, timeout=60)
    return list(json.loads(done.stdout))


async def outcome(asker: Asker, method: str, *arguments: Any) -> str:
    try:
        if method == "login":
            return str((await asker.ask(api.login(*arguments), 1)).answer.data)
        return (await getattr(asker, method)(*arguments)).body.decode("utf-8", "replace")  # type: ignore[no-any-return]
    except (Refused, Unanswered) as failure:
        return str(failure)


def main() -> None:
    api_url, *questions = json.loads(sys.argv[1])

    async def errand(crawler: Crawler) -> list[str]:
        asker = Asker(crawler, Patience(0, lambda text: None), [])
        asker.api_url = api_url
        return [await outcome(asker, *question) for question in questions]

    settings = scrapy_settings(HarvestOptions(delay=0, ignore_robots=True)) | border_settings([api_url])
    print(json.dumps(visit(errand, settings)))


if __name__ == "__main__":
    main()
