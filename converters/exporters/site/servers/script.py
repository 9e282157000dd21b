"""The rules as a small script, for hosts that cannot be told: ``find.js`` goes by them."""

from __future__ import annotations

import json

from converters.exporters.site.servers.old_addresses import OldAddresses
from converters.exporters.site.servers.rules import rules


def addresses_js(old: OldAddresses) -> str:
    """The whole file: for each kind of rule a list of expression, target and flags."""
    found = rules(old)
    kinds = {"always": found.always, "missing": found.missing, "fallbacks": found.fallbacks, "away": found.away}
    data = {
        kind: [[rule.pattern, rule.target, "i" if rule.ignores_case else ""] for rule in kept]
        for kind, kept in kinds.items()
    }
    return f"var oldAddresses = {json.dumps(data, indent=0)};\n"
