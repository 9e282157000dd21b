"""``make bench``: every measurement, or those named: ``make bench ARGS="harvest dump"``."""

from __future__ import annotations

import importlib
import sys

from bench.measure import machine

NAMES = ("harvest", "dump", "copies", "parser", "site")


def main(names: list[str]) -> None:
    print(f"Measured on {machine()}.\n")
    for name in names or NAMES:
        print(f"## {name}\n")
        print(importlib.import_module(f"bench.{name}").measure(), "\n", flush=True)


main(sys.argv[1:])
