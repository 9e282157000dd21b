"""One ``-{…}-``: its flags, its rules, and what it shows in a variant (ConverterRule)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from converters.wikitext.spaces import trim
from converters.wikitext.variants.system import System

ENTITY = re.compile(r"(&[#a-zA-Z0-9]+);")
KEPT = "\x01"
FLAGS = frozenset({"A", "T", "R", "D", "-", "H", "N"})
# Of several flags the first of these makes the others void.
SOLE = ("R", "N", "-")


@dataclass(slots=True)
class Rule:
    """``both``: variant → its word, to and fro; ``single``: variant → words and what becomes of them in it.

    ``action`` tells what becomes of them in the rest of the page: ``add``, ``remove`` or nothing.
    """

    system: System
    text: str
    flags: set[str] = field(default_factory=set)
    variants: set[str] = field(default_factory=set)
    both: dict[str, str] = field(default_factory=dict)
    single: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def action(self) -> str:
        return "add" if "+" in self.flags else "remove" if "-" in self.flags else ""

    def pairs(self) -> dict[str, dict[str, str]]:
        """For each variant what its rules replace."""
        words = dict(self.both)
        marked: list[str] = []
        found: dict[str, dict[str, str]] = {}
        for variant in self.system.variants:
            word = words.get(variant) or self._word(self.system.fallbacks.get(variant, (self.system.main,)))
            if word:
                words[variant] = word
                for other in marked:
                    if self._level(variant) == "bidirectional":
                        found.setdefault(variant, {})[words[other]] = word
                    if self._level(other) == "bidirectional":
                        found.setdefault(other, {})[word] = words[other]
                marked.append(variant)
            if self._level(variant) != "disable" and variant in self.single:
                found[variant] = {**found.get(variant, {}), **self.single[variant]}
        return found

    def _word(self, variants: Iterable[str]) -> str | None:
        return next((self.both[variant] for variant in variants if variant in self.both), None)

    def _level(self, variant: str) -> str:
        return self.system.levels.get(variant, "bidirectional")

    def shown(self, variant: str) -> str | None:
        """The word for a variant; ``None`` when the rules have none."""
        if not self.both and not self.single:
            return self.text
        word = self._word([variant, *self.system.fallbacks.get(variant, (self.system.main,))])
        if word is None and variant in self.single:
            word = next(iter(self.single[variant].values()))
        if word is None and self._level(variant) == "disable":
            words = self.both or next(iter(self.single.values()))
            word = next(iter(words.values()))
        return word

    def description(self) -> str:
        """The rules in words, for readers."""
        colon, semicolon = self.system.separators
        names = self.system.names
        lines = [f"{names[variant]}{colon}{word}{semicolon}" for variant, word in self.both.items()]
        for variant, words in self.single.items():
            lines += [f"{before}⇒{names[variant]}{colon}{after}{semicolon}" for before, after in words.items()]
        return "".join(lines)


def read_rule(text: str, system: System, convert: Callable[[str, str], str], variant: str) -> Rule:
    """The rule in the text between ``-{`` and ``}-``; ``convert`` turns words into a variant."""
    rule = _with_flags(text, system)
    if rule.variants:
        chosen = [code for code in (variant, *system.fallbacks.get(variant, (system.main,))) if code in rule.variants]
        rule.text = convert(rule.text, chosen[0]) if chosen else rule.text
        rule.flags = {"R"}
    if not rule.flags & {"R", "N"}:
        rule.text = rule.text.replace("=&gt;", "=>")
        _read_words(rule)
    if not rule.both and not rule.single:
        if rule.flags & {"+", "-"}:
            rule.both = dict.fromkeys(system.variants, rule.text) if rule.text else {}
        elif not rule.flags & {"N", "T"}:
            rule.flags = {"R"}
    return rule


def _with_flags(text: str, system: System) -> Rule:
    before, bar, after = text.partition("|")
    known = {name: name for name in (*FLAGS, *system.variants)} | dict(system.flags)
    written = (trim(word) for word in before.split(";")) if bar else ()
    flags = {known[word] for word in written if word in known}
    rule = Rule(system, after if bar else text)
    sole = next((flag for flag in SOLE if flag in flags), None)
    if not flags:
        rule.flags = {"S"}
    elif sole:
        rule.flags = {sole}
    elif flags == {"T"}:
        rule.flags = {"T", "H"}
    elif "H" in flags:
        rule.flags = {"+", "H"} | (flags & {"T", "D"})
    else:
        rule.variants = flags & set(system.variants)
        rule.flags = set() if rule.variants else flags | ({"+", "S"} if "A" in flags else set())
        rule.flags -= {"S"} if "D" in flags else set()
    return rule


def _read_words(rule: Rule) -> None:
    system = rule.system
    for part in system.separator().split(ENTITY.sub(rf"\1{KEPT}", rule.text)):
        head, colon, word = part.replace(KEPT, ";").partition(":")
        if not colon:
            continue
        word = trim(word)
        before, arrow, code = head.partition("=>")
        variant = system.variant(trim(code if arrow else head))
        if variant is None:
            rule.both, rule.single = {}, {}
            return
        if arrow and trim(before):
            rule.single.setdefault(variant, {})[trim(before)] = word
        elif not arrow and word:
            rule.both[variant] = word
