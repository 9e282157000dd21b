"""Recorded wikis through their pages: what was recorded under other words of the same question is the answer too."""

from __future__ import annotations

from itertools import accumulate
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from tests.harvest.replay import Recorded, Replay

# Left out one after the other, until the question is one that was recorded.
OF_LITTLE_WEIGHT = ("uselang", "redirect", "limit")
ARTICLES = ("/index.php", "/wiki")
NOT_RECORDED = b"<html>not recorded</html>"
NOTHING = Recorded("", 404, [("Content-Type", "text/html")], NOT_RECORDED)


class ReplayOfPages(Replay):
    """Answers also where only the language, the number of rows or ``redirect=no`` is asked for otherwise."""

    def answer(self, target: str, body: bytes) -> Recorded:
        parts = urlsplit(target)
        params = dict(parse_qsl(parts.query, keep_blank_values=True))
        left_out = accumulate(([name] for name in OF_LITTLE_WEIGHT), initial=[])
        questions = [{name: value for name, value in params.items() if name not in out} for out in left_out]
        targets = [f"{parts.path}?{urlencode(question)}" for question in questions]
        targets += [f"{path}/{quote(params['title'])}" for path in ARTICLES if questions[-1].keys() == {"title"}]
        answers = (super(ReplayOfPages, self).answer(one, body) for one in targets)
        return next((answer for answer in answers if answer.body != NOT_RECORDED), NOTHING)
