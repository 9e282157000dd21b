"""Bold and italics: MediaWiki's rules for two, three and five apostrophes, line by line (Parser::doQuotes)."""

from __future__ import annotations

import re

RUN = re.compile("''+")


def render_quotes(text: str) -> str:
    """Each line with its apostrophes turned into ``<b>`` and ``<i>``; what is open at its end is closed there."""
    if "''" not in text:
        return text
    return "\n".join(render_line(line) if "''" in line else line for line in text.split("\n"))


def render_line(line: str) -> str:
    """One line, or a label, which counts as one. Texts and runs alternate: the even pieces are text."""
    pieces = RUN.split(line)
    runs = [len(run) for run in RUN.findall(line)]
    for number, length in enumerate(runs):
        # Four are an apostrophe and bold, more than five are apostrophes and both.
        spare = length - 5 if length > 5 else 1 if length == 4 else 0
        pieces[number] += "'" * spare
        runs[number] = length - spare
    bold = sum(1 for run in runs if run in (3, 5))
    italic = sum(1 for run in runs if run in (2, 5))
    if bold % 2 and italic % 2:
        _unbalance(pieces, runs)
    return _write(pieces, runs)


def _unbalance(pieces: list[str], runs: list[int]) -> None:
    """One bold too many and one italic too many: one of the bold was an apostrophe before italics."""
    bolds = [number for number, run in enumerate(runs) if run == 3]
    single = (n for n in bolds if pieces[n][-2:-1] == " " and pieces[n][-1:] != " ")
    multi = (n for n in bolds if pieces[n][-1:] != " " and pieces[n][-2:-1] != " ")
    space = (n for n in bolds if pieces[n][-1:] == " ")
    chosen = next(single, None)
    chosen = next(multi, None) if chosen is None else chosen
    chosen = next(space, None) if chosen is None else chosen
    if chosen is not None:
        runs[chosen] = 2
        pieces[chosen] += "'"


def _write(pieces: list[str], runs: list[int]) -> str:
    output, opened = [pieces[0]], ""
    waiting: list[str] = []
    for run, text in zip(runs, pieces[1:], strict=True):
        target = waiting if opened == "both" else output
        if opened == "both":
            opened = _close_both(run, waiting, output)
        else:
            tags, opened = SWITCH[opened, run]
            target.append(tags)
        (waiting if opened == "both" else output).append(text)
    return "".join(output) + _end(opened, waiting)


def _close_both(run: int, waiting: list[str], output: list[str]) -> str:
    """After five apostrophes the next run tells which of the two is outside."""
    outer, inner, left = {2: ("b", "i", "b"), 3: ("i", "b", "i"), 5: ("i", "b", "")}[run]
    output += [f"<{outer}><{inner}>", *waiting, f"</{inner}>", "" if left else f"</{outer}>"]
    waiting.clear()
    return left


def _end(opened: str, waiting: list[str]) -> str:
    if opened == "both":
        return "<b><i>" + "".join(waiting) + "</i></b>" if waiting and any(waiting) else ""
    return "".join(f"</{tag}>" for tag in reversed(opened))


# (open tags, outer first) and run → what to write, and what is open after it.
SWITCH: dict[tuple[str, int], tuple[str, str]] = {
    ("", 2): ("<i>", "i"),
    ("", 3): ("<b>", "b"),
    ("", 5): ("", "both"),
    ("i", 2): ("</i>", ""),
    ("i", 3): ("<b>", "ib"),
    ("i", 5): ("</i><b>", "b"),
    ("b", 2): ("<i>", "bi"),
    ("b", 3): ("</b>", ""),
    ("b", 5): ("</b><i>", "i"),
    ("ib", 2): ("</b></i><b>", "b"),
    ("ib", 3): ("</b>", "i"),
    ("ib", 5): ("</b></i>", ""),
    ("bi", 2): ("</i>", "b"),
    ("bi", 3): ("</i></b><i>", "i"),
    ("bi", 5): ("</i></b>", ""),
}
