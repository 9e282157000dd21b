"""Makes ``converters/wikitext/functions/grammar.json`` from MediaWiki 1.39: ``python -m tests.languages.make_grammar``.

Language → case → rules, of which the first that fits counts: what is looked for in the word, and what stands for it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.lab.installation import find_installation

TABLE = Path(__file__).parents[2] / "converters" / "wikitext" / "functions" / "grammar.json"
NOTES = "@metadata"


def main() -> None:
    folder = Path(find_installation("1.39").root) / "languages" / "data" / "grammarTransformations"
    table = {path.stem: _cases(json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.json"))}
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _cases(said: dict[str, Any]) -> dict[str, list[list[str]]]:
    """The rules of each case; one that is named after another has its rules."""
    found = {case: said[rules] if isinstance(rules, str) else rules for case, rules in said.items() if case != NOTES}
    return {case: [rule for rule in rules if rule[0] != NOTES] for case, rules in found.items()}


if __name__ == "__main__":
    main()
