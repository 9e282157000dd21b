"""The rules as a small script, for hosts that cannot be told: ``find.js`` goes by them."""

from __future__ import annotations

import json
import re

from converters.exporters.site.servers.old_addresses import OldAddresses
from converters.exporters.site.servers.rules import rules

# A browser tells its own address with such characters encoded, and large digits.
EITHER_WAY = re.compile(r"\(\?:[^\x00-\x7f]\|([^()|]*)\)")
DIGIT = re.compile(r"\[([A-F])[a-f]\]")


def addresses_js(old: OldAddresses) -> str:
    """The whole file: for each kind of rule a list of expression, target and flags."""
    found = rules(old)
    kinds = {"always": found.always, "missing": found.missing, "fallbacks": found.fallbacks, "away": found.away}
    data = {
        kind: [[_short(rule.pattern), rule.target, "i" if rule.ignores_case else ""] for rule in kept]
        for kind, kept in kinds.items()
    }
    return f"var oldAddresses = {json.dumps(data, separators=(',', ':'))};\n"


def _short(pattern: str) -> str:
    """What rules for spaces mend needs no expression of its own."""
    return DIGIT.sub(r"\1", EITHER_WAY.sub(r"\1", pattern)).replace("(?:_|%20)", "_")
