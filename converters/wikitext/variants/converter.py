"""From the page as it is written to one variant of its language (LanguageConverter)."""

from __future__ import annotations

import re
from functools import lru_cache

from converters.language import own_name
from converters.wikitext.attributes import armoured
from converters.wikitext.entities import decode
from converters.wikitext.markers import END, MARK
from converters.wikitext.variants.lexicon import Lexicon
from converters.wikitext.variants.rule import Rule, read_rule
from converters.wikitext.variants.system import System, system_of

BRACES = re.compile(r"-\{|\}-")
OPENING = re.compile(r"<[^<>]*>|-\{")
# What is not converted: code, tags, character references, what is put aside. The search for the end of code and
# preformatted text goes no further than the next beginning.
UNTOUCHED = re.compile(
    rf"<code>[^<]*+(?:<(?!/?code>)[^<]*+)*+</code>|<pre[^<>]*>[^<]*+(?:<(?!/?pre\b)[^<]*+)*+</pre>"
    rf"|<[^<>]*>|&[a-zA-Z#][a-z0-9]+;|{MARK}[^{END}]+{END}"
)
TITLED = re.compile(r' (title|alt)="([^"]*)"')
# With the signs around it, which part none other (SrConverter::translate).
NUMERAL = "(?=[MDCLXVI])M{0,4}(?:C[DM]|D?C{0,3})(?:X[LC]|L?X{0,3})(?:I[VX]|V?I{0,3})"
BREAK = "[^\\w\x80-\U0010ffff]"
ROMAN = re.compile(f"(?:^|{BREAK}){NUMERAL}(?:$|{BREAK})", re.A)
DEPTH_LIMIT = 10
# Words that a page may teach; each makes the search for words anew.
GLOSSARY_LIMIT = 300


class Converter:
    """Converts one page; the words it is taught on the way hold for the rest of it."""

    def __init__(self, system: System, variant: str) -> None:
        self.system = system
        self.variant = system.variant(variant) or system.main
        self.glossary: dict[str, dict[str, str]] = {}
        self.removed: dict[str, set[str]] = {}
        # Those of variants whose glossary has not changed since.
        self._lexicons: dict[str, Lexicon] = {}

    def convert(self, html: str) -> str:
        """Half-read HTML in the variant, its rules carried out."""
        return self._top(html, 0)

    def translate(self, text: str, variant: str) -> str:
        """Plain text in a variant."""
        if not text or text.isspace():
            return text
        if self.system.keeps_roman:
            pieces = ROMAN.split(text)
            kept = [*ROMAN.findall(text), ""]
            return "".join(self._replace(piece, variant) + numeral for piece, numeral in zip(pieces, kept, strict=True))
        return self._replace(text, variant)

    def spellings(self, name: str) -> list[str]:
        """A title as other variants write it."""
        written = (self.translate(name, variant) for variant in self.system.variants)
        return [spelling for spelling in dict.fromkeys(written) if spelling != name]

    def _replace(self, text: str, variant: str) -> str:
        for pattern, replacement in self.system.patterns(variant):
            text = pattern.sub(replacement, text)
        if variant not in self._lexicons:
            known, own = _lexicon(self.system.main, variant), self.glossary.get(variant)
            self._lexicons[variant] = Lexicon(own, known) if own else known
        return self._lexicons[variant].replace(text, self.removed.get(variant, ()))

    def _top(self, html: str, depth: int) -> str:
        is_converted = not self._is_known(html)
        output: list[str] = []
        position = start = 0
        while found := OPENING.search(html, position):
            position = found.end()
            if found[0] == "-{":
                output.append(self._words(html[start : found.start()], is_converted))
                shown, position = self._rule(html, found.start(), depth + 1)
                output.append(shown)
                start = position
        return "".join([*output, self._words(html[start:], is_converted)])

    def _words(self, html: str, is_converted: bool) -> str:
        return self.auto(html, self.variant) if is_converted else html

    def _rule(self, html: str, position: int, depth: int) -> tuple[str, int]:
        """What the rule that opens here shows, and where it ends."""
        inner: list[str] = []
        position += 2
        while found := BRACES.search(html, position):
            inner.append(html[position : found.start()])
            if found[0] == "}-":
                return self._carry_out("".join(inner)), found.end()
            if depth >= DEPTH_LIMIT:
                inner.append("-{")
                position = found.end()
            else:
                shown, position = self._rule(html, found.start(), depth + 1)
                inner.append(shown)
        return "-{" + self.auto("".join([*inner, html[position:]]), self.variant), len(html)

    def _carry_out(self, text: str) -> str:
        rule = read_rule(text, self.system, self.auto, self.variant)
        self._learn(rule)
        if rule.flags & {"H", "-"} and "D" not in rule.flags:
            return ""
        if "R" in rule.flags:
            return rule.text
        if "N" in rule.flags:
            code = rule.text.strip()
            return self.system.names.get(code) or own_name(code)
        if "D" in rule.flags:
            # Rules that are also taught are described only where they are hidden.
            return rule.description() if "H" in rule.flags or "+" not in rule.flags else ""
        shown = rule.shown(self.variant) if "S" in rule.flags else ""
        return f'<span class="error">{self.system.error}</span>' if shown is None else shown

    def _learn(self, rule: Rule) -> None:
        for variant, words in rule.pairs().items() if rule.action else ():
            if rule.action == "add" and len(self.glossary.get(variant, ())) < GLOSSARY_LIMIT:
                self._lexicons.pop(variant, None)
                self.glossary.setdefault(variant, {}).update(words)
                self.removed.get(variant, set()).difference_update(words)
            elif rule.action == "remove":
                self._lexicons.pop(variant, None)
                for word in words:
                    self.glossary.get(variant, {}).pop(word, None)
                self.removed.setdefault(variant, set()).update(words)

    def auto(self, html: str, variant: str) -> str:
        """Half-read HTML in a variant, without rules."""
        if self._is_known(html):
            return html
        output: list[str] = []
        position = 0
        for found in UNTOUCHED.finditer(html):
            output += [self.translate(html[position : found.start()], variant), self._tag(found[0])]
            position = found.end()
        return "".join([*output, self.translate(html[position:], variant)])

    def _tag(self, written: str) -> str:
        """Tooltips and texts that stand for pictures are converted too."""
        if not written.startswith("<") or "=" not in written:
            return written
        return TITLED.sub(lambda found: f' {found[1]}="{self._attribute(found[2])}"', written)

    def _attribute(self, written: str) -> str:
        text = decode(written)
        return written if "://" in text else armoured(self._top(text, 0))

    def _is_known(self, text: str) -> bool:
        """Whether a text is in the variant already, by letters that only one has."""
        signs = self.system.signs
        own = signs.get(self.variant)
        if own is None:
            return False
        others = "".join(letters for variant, letters in signs.items() if variant != self.variant)
        return _occurrences(text, own) > _occurrences(text, others)


def converter_of(code: str, variant: str) -> Converter | None:
    """The converter for one page in a language, ``None`` where it is written in one way only."""
    system = system_of(code)
    return Converter(system, variant) if system else None


def _occurrences(text: str, letters: str) -> int:
    return sum(text.count(letter) for letter in letters)


@lru_cache(maxsize=32)
def _lexicon(main: str, variant: str) -> Lexicon:
    system = system_of(main)
    return Lexicon(system.letters(variant) if system else {})
