"""Lua's patterns as the library matches them where C code might never end: the same as Lua's own."""

from __future__ import annotations

from importlib.resources import files

import pytest
from lupa import lua51

from converters.wikitext import scribunto

PATTERNS = files(scribunto).joinpath("library", "patterns.lua").read_text("utf-8")
# So many ways to share a text out between them that no text is short enough.
DEAR = "(.-)(.-)(.-)(.-)(.-)(.-)"
TEXTS = ("", "u (b(c)) 12", "aa=bb; cc=d", "T (q)u] x--", "a.b%c^$e\0é")
ITEMS = (
    "(%w+)=(%w+)", "%b()", "%f[%a](%a+)", "^%s*(.-)%s*$", "()%d+()", "[^%s,]+", "(%a)%1", "[%]]", "[a-c%-]+", "x?b+$",
    "%.", "[^]]*]", "%z", "-", "$x", "(a*(.)%w(%s*))", "%f[%z]",
)  # fmt: skip
CALLS = {
    "find": "return string.find(s, p)",
    "find from": "return string.find(s, p, -9)",
    "match": "return string.match(s, p)",
    "gmatch": "local t = {} for a, b in string.gmatch(s, p) do t[#t + 1] = tostring(a) .. '|' .. tostring(b) end"
    " return table.concat(t, ';')",
    "gsub": "return string.gsub(s, p, '<%0%%%1>')",
    "gsub once": "return string.gsub(s, p, function(a, b) return b and a .. '+' .. b end, 1)",
    "gsub by table": "return string.gsub(s, p, {aaa = 'A', un = 'B'})",
}


def answer(code: str, text: str, pattern: str, before: str = "") -> object:
    runtime = lua51.LuaRuntime(encoding="latin-1", unpack_returned_tuples=True)
    runtime.execute(before)
    return runtime.eval(f"function(s, p) return pcall(function() {code} end) end")(text, pattern)


@pytest.mark.parametrize("code", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("item", ITEMS)
def test_matches_are_those_of_lua(item: str, code: str) -> None:
    for text in TEXTS:
        written = text.encode().decode("latin-1")
        for pattern in (f"^{DEAR}{item}", item + DEAR):
            assert answer(code, written, pattern, PATTERNS) == answer(code, written, pattern)


@pytest.mark.parametrize("pattern", ["(", ")", "%", "[a", "%b", "%f", "%7", "(()"])
def test_malformed_patterns_are_refused_as_by_lua(pattern: str) -> None:
    ours, theirs = (answer(CALLS["match"], "a" * 14, DEAR + pattern, code) for code in (PATTERNS, ""))
    assert isinstance(ours, tuple) and isinstance(theirs, tuple)
    assert ours[0] is theirs[0] is False
    assert theirs[1].endswith(ours[1])


@pytest.mark.parametrize(
    "code",
    [
        "return string.find(('a'):rep(1e5), '.-.-.-b')", "return string.rep('', 2 ^ 31 - 1)",
        "return string.match('', ('a?'):rep(2e5))", "return string.gsub(('a'):rep(99), ('a?'):rep(99) .. 'b', '')",
        "return string.find(('a'):rep(1e7), ('a'):rep(5e6) .. 'b', 1, true)",
    ],
)  # fmt: skip
def test_what_would_never_end_is_heard(code: str) -> None:
    watch = "debug.sethook(function() if os.clock() > 0.3 + (begun or os.clock()) then error('over') end end, '', 999)"
    answer(code, "", "", f"{PATTERNS} begun = os.clock() {watch}")
