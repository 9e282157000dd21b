"""Random wikitext through both doors, records and the site's HTML: ``make fuzz ARGS="--seconds 600 --seed 1"``.

Half of the texts are put together from the signs that passes look for, half are texts of the test cases with pieces
taken out, doubled, swapped and put in. Each must end in time, raise nothing, stay in the vocabulary and be inert. What
fails is printed whole with its seed, to become a case.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import traceback
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from converters import rendered, wikitext
from converters.document import Lookups, PageDocument, validate
from converters.exporters.site.content import Targets, contents, heading_html, to_html
from converters.parse.pages import PageSource, read_records
from scraper.model import Title
from tests.doors.wikis import PAGES, french_wiki, rendering
from tests.hostile.inert import faults

HERE = Path(__file__).parent
SUITES = HERE.parents[2] / "shared" / "parsertests" / "suites"
# One a line, with Python's escapes.
PIECES = [line.decode("unicode_escape") for line in (HERE / "pieces.txt").read_bytes().splitlines()]
ATTACKS = (HERE.parent / "doors" / "vectors" / "active.txt").read_text("utf-8").splitlines()
WORDS = (
    "mot",
    "a",
    "Zoé",
    "été 2019",
    "x" * 30,
    "日本",
    "1",
    "",
    " ",
    "\n",
    "\n\n",
    "\u200e",
    "\x00",
    "\ud800",
    "\u2028",
)
LONGEST = 20_000
SECONDS = 5.0
TITLE = Title(0, "Essai")
TARGETS = Targets(
    lambda title: f"wiki/{title}" if len(title) % 2 else None,
    lambda name: f"files/{name}" if len(name) % 2 else None,
    lambda title: f"{title} manque",
)


@cache
def inputs() -> list[str]:
    """Texts to be changed: the cases of this repository, and the parser's suites where they are there."""
    cases = (path.read_text("utf-8") for path in sorted((HERE.parent / "doors" / "cases").glob("*.txt")))
    found = [case.partition("\n")[2].partition("\n%%%")[0] for text in cases for case in text.split("\n%% ")]
    for suite in sorted(SUITES.glob("*.jsonl")) if SUITES.is_dir() else ():
        lines = map(json.loads, suite.read_text("utf-8").splitlines())
        found += [line["wikitext"][:LONGEST] for line in lines if line.get("wikitext")]
    return found


def texts(seed: int) -> Iterator[str]:
    """Texts without end, the same for the same seed."""
    random = Random(seed)
    while True:
        made = _made(random) if random.random() < 0.5 else _changed(random)
        yield made[:LONGEST]


def _piece(random: Random) -> str:
    kind = random.random()
    if kind < 0.7:
        return random.choice(PIECES)
    return random.choice(WORDS if kind < 0.93 else ATTACKS)


def _made(random: Random) -> str:
    pieces = [_piece(random) for _ in range(random.randint(1, 60))]
    return "".join(piece * (1 if random.random() < 0.95 else random.randint(2, 300)) for piece in pieces)


def _changed(random: Random) -> str:
    text = random.choice(inputs())
    for _ in range(random.randint(1, 8)):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.randint(0, 40))
        change = random.random()
        if change < 0.3:
            text = text[:start] + text[end:]
        elif change < 0.5:
            text = text[:end] + text[start:end] * random.randint(1, 50) + text[end:]
        elif change < 0.7:
            other = random.choice(inputs())
            place = random.randint(0, len(other))
            text = text[:start] + other[place : place + 200] + text[end:]
        else:
            text = text[:start] + _piece(random) + text[start:]
    return text


def check(text: str) -> list[str]:
    """What is wrong with what comes of a text."""
    began = time.process_time()
    try:
        found = _check(text)
    except Exception:
        return [traceback.format_exc(limit=-4)]
    spent = time.process_time() - began
    return [*found, f"took {spent:.1f} s"] if spent > SECONDS else found


def _check(text: str) -> list[str]:
    wiki = french_wiki()
    lookups = Lookups(template=lambda title: PAGES.get(title.full), exists=lambda title: title.full in PAGES)
    one, again = (wikitext.read(text, TITLE, wiki, lookups) for _ in range(2))
    other = rendered.read(rendering(text), TITLE, wiki)
    read_records(PageSource(1, 1, TITLE, "wikitext", text, templates=PAGES), wiki)
    found = ["read twice it is not the same"] if _written(one) != _written(again) else []
    return [*found, *_document_faults(one), *_document_faults(other)]


def _written(document: PageDocument) -> str:
    contents(document.root)
    shown = heading_html(document.display_title) if document.display_title else ""
    return shown + to_html(document.root, "wiki/Essai", TARGETS)


def _document_faults(document: PageDocument) -> list[str]:
    return validate(document.root) + faults(_written(document))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=600)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    end = time.monotonic() + asked.seconds
    count = failed = 0
    for text in texts(asked.seed):
        if time.monotonic() > end:
            break
        count += 1
        wrong = check(text)
        if wrong:
            failed += 1
            print(f"text {count} of seed {asked.seed}: {text!r}\n  " + "\n  ".join(wrong), flush=True)
    print(f"{count:,} texts, {failed} failed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
