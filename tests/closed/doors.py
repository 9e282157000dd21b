"""Wikis whose doors are closed: a proxy that lets nobody to them, as servers and firewalls do."""

from __future__ import annotations

from collections.abc import Callable

from tests.lab.faults import Choice, Fault, Request

Door = Callable[[Request], bool]


def is_api(request: Request) -> bool:
    return "/api.php" in request.path


def is_export(request: Request) -> bool:
    return any(name in request.parameters.get("title", "") for name in ("Export", "Exporter"))


def is_raw(request: Request) -> bool:
    return request.parameters.get("action") == "raw"


def is_feed(request: Request) -> bool:
    return "feed" in request.parameters


def closed(*doors: Door, how: Fault = Fault.FORBIDDEN) -> Choice:
    """Chooses this fault for whoever knocks at one of the doors."""

    def choose(request: Request) -> Fault | None:
        return how if any(door(request) for door in doors) else None

    return choose
