"""Makes ``scraper/languages/tables`` from MediaWiki 1.39 and 1.43: ``python -m tests.languages.make_tables``.

A table holds what the language's own files say. Where both versions say different things, both are kept, the newer
one first. What fallback languages say is looked up when a table is read.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from tests.lab.installation import find_installation

HERE = Path(__file__).parent
TABLES = HERE.parents[1] / "scraper" / "languages" / "tables"
SERIES = ("1.43", "1.39")
USED_FORMATS = (" both", " date", " time")
ALTERNATIVES = ("messages", "namespaceNames", "namespaceGenderAliases", "dateFormats")
MERGED = ("namespaceAliases", "specialPageAliases", "magicWords", "magicWordsOfExactCase")

Languages = dict[str, dict[str, Any]]


def main() -> None:
    """Write all tables anew."""
    TABLES.mkdir(exist_ok=True)
    for old in TABLES.glob("*.json"):
        old.unlink()
    for code, table in tables().items():
        (TABLES / f"{code}.json").write_text(written(table), encoding="utf-8")


def tables() -> Languages:
    """The table of each language, by its code."""
    sources = [source(find_installation(series).root) for series in SERIES]
    codes = sorted(set().union(*sources))
    return {code: merged([languages[code] for languages in sources if code in languages]) for code in codes}


def source(root: Path) -> Languages:
    """What one MediaWiki says, by language: its ``Messages*.php`` and its interface messages."""
    ran = subprocess.run(["php", str(HERE / "messages.php"), str(root)], capture_output=True, check=True)
    languages: Languages = json.loads(ran.stdout)
    for code, messages in interface(root):
        languages.setdefault(code, {})["messages"] = messages
    languages.pop("qqq", None)
    for code, rules in plurals(root / "languages" / "data"):
        languages.get(code, {})["plurals"] = rules
    for table in languages.values():
        formats = table.get("dateFormats") or {}
        table["dateFormats"] = {name: format_ for name, format_ in formats.items() if name.endswith(USED_FORMATS)}
        # Kyrgyz names constants in quotation marks, which mean no namespace to MediaWiki either.
        aliases = dict(table.get("namespaceAliases") or {})
        table["namespaceAliases"] = {name: number for name, number in aliases.items() if isinstance(number, int)}
        table.update(magic_words(table.pop("magicWords", None) or {}))
    return {code: table for code, table in languages.items() if table.get("messages") or len(table) > 1}


def interface(root: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Language and the messages that are wanted: MediaWiki's own, with those of the extension that has modules."""
    keys = wanted_keys()
    for path in sorted((root / "languages" / "i18n").glob("*.json")):
        of_modules = root / "extensions" / "Scribunto" / "i18n" / path.name
        said = json.loads(path.read_text(encoding="utf-8"))
        said |= json.loads(of_modules.read_text(encoding="utf-8")) if of_modules.is_file() else {}
        yield path.stem, {key: said[key] for key in keys if said.get(key)}


def plurals(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Language and the rule of each of its forms, none for all other numbers: those of CLDR, then MediaWiki's own."""
    for name in ("plurals.xml", "plurals-mediawiki.xml"):
        for group in etree.parse(folder / name).iter("pluralRules"):
            written = [(rule.text or "").partition("@")[0].strip() for rule in group.iter("pluralRule")]
            if not any(written):
                # MediaWiki takes the rules of the fallback, English at last, where a language has one form only.
                continue
            for code in group.get("locales", "").split():
                yield code.lower().replace("_", "-"), [rule for rule in written if rule] + [""]


def magic_words(said: Mapping[str, list[Any]]) -> dict[str, dict[str, list[str]]]:
    """MediaWiki writes ``[1, spelling, …]`` for a word whose case counts, ``[0, spelling, …]`` for the others."""
    exact = {name: spellings for name, (case, *spellings) in said.items() if int(case)}
    free = {name: spellings for name, (case, *spellings) in said.items() if not int(case)}
    return {"magicWords": free, "magicWordsOfExactCase": exact}


def wanted_keys() -> list[str]:
    lines = (HERE / "keys.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def merged(versions: list[dict[str, Any]]) -> dict[str, Any]:
    """One table of both versions': lists of distinct values for messages, unions for aliases, else the newer value."""
    table: dict[str, Any] = {}
    for name in sorted(set().union(*versions)):
        values = [version[name] for version in versions if version.get(name)]
        if name in ALTERNATIVES:
            table[name] = alternatives(values)
        elif name in MERGED:
            table[name] = united(values)
        elif name in ("fallback", "defaultDateFormat"):
            several = distinct(values)
            table[name] = several[0] if len(several) == 1 else several
        elif values:
            table[name] = values[0]
    return {name: value for name, value in table.items() if value}


def alternatives(versions: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Each key's distinct values; a single one stands alone."""
    found = {}
    for key in sorted(set().union(*versions)):
        values = distinct(version[key] for version in versions if version.get(key))
        if values:
            found[key] = values[0] if len(values) == 1 else values
    return found


def united(versions: list[Mapping[str, Any]]) -> dict[str, Any]:
    """All keys of all versions; lists are joined."""
    found: dict[str, Any] = {}
    for version in versions:
        for key, value in version.items():
            if isinstance(value, list):
                found[key] = distinct([*found.get(key, []), *value])
            else:
                found.setdefault(key, value)
    return found


def distinct(values: Iterable[Any]) -> list[Any]:
    return [json.loads(text) for text in dict.fromkeys(json.dumps(value) for value in values)]


def written(table: Mapping[str, Any]) -> str:
    """JSON with one line for each part of the table."""
    lines = (f"{json.dumps(name)}: {compact(value)}" for name, value in table.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


if __name__ == "__main__":
    main()
