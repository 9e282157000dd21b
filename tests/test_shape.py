"""The shape budget of ARCHITECTURE: small modules, small functions, few parameters. A test, not a wish."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for package in ("scraper", "converters", "bench") for path in (ROOT / package).rglob("*.py"))
LONGEST_MODULE = 350
LONGEST_BODY, NINETIETH, MEDIAN = 50, 25, 7
MOST_PARAMETERS = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> Iterator[tuple[Path, Function]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield path, node


def body_lines(function: Function) -> int:
    """Lines of the body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def parameters(function: Function) -> int:
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    return len([name for name in names if name not in ("self", "cls")])


def name(path: Path, function: Function) -> str:
    return f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"


def test_modules_are_short() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert len(lengths) > 40
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_functions_are_short() -> None:
    lengths = {name(path, function): body_lines(function) for path, function in functions()}
    assert {where: length for where, length in lengths.items() if length > LONGEST_BODY} == {}
    assert statistics.median(lengths.values()) <= MEDIAN
    assert statistics.quantiles(lengths.values(), n=10)[-1] <= NINETIETH


def test_functions_take_few_parameters() -> None:
    # A click command receives one parameter for each of its options: that list belongs to the command line.
    def is_command(function: Function) -> bool:
        return any("click" in ast.unparse(decorator) for decorator in function.decorator_list)

    counts = {name(path, node): parameters(node) for path, node in functions() if not is_command(node)}
    assert {where: count for where, count in counts.items() if count > MOST_PARAMETERS} == {}
