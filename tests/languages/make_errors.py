"""Write what ParserFunctions complains of in every language: ``python -m tests.languages.make_errors``.

Read from the messages that come with MediaWiki 1.39; the wording of one that holds a number is written by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tests.lab.installation import find_installation

TABLE = Path(__file__).parents[2] / "converters" / "wikitext" / "functions" / "errors.json"
WITH_NUMBER = "string_too_long"


def main() -> None:
    table = json.loads(TABLE.read_text("utf-8"))
    languages: dict[str, dict[str, str]] = table["languages"]
    kinds = [kind for kind in languages["en"] if kind != WITH_NUMBER]
    folder = Path(find_installation("1.39").root) / "extensions" / "ParserFunctions" / "i18n"
    for path in sorted(folder.glob("*.json")):
        messages = json.loads(path.read_text("utf-8"))
        found = {kind: message for kind in kinds if (message := _message(messages, kind))}
        if found and path.stem not in ("en", "fr", "qqq"):
            languages[path.stem] = found
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _message(messages: Mapping[str, str], kind: str) -> str:
    return next((messages[key] for key in (f"pfunc_{kind}", f"pfunc_expr_{kind}") if key in messages), "")


if __name__ == "__main__":
    main()
