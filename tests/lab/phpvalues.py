"""Values as PHP's ``serialize`` writes them: MediaWiki keeps the parameters of log events so."""

from __future__ import annotations

from typing import Any


def unserialize(data: bytes) -> Any:
    """Scalars as they are, lists (keys 0, 1, …) as lists, other arrays as dicts. Raises ValueError."""
    value, rest = _value(data)
    if rest:
        raise ValueError(f"{len(rest)} bytes too many after a PHP value")
    return value


def _value(data: bytes) -> tuple[Any, bytes]:
    kind = data[:1]
    if kind == b"N":
        return None, data[2:]
    if kind == b"s":
        return _string(data)
    if kind == b"a":
        return _array(data)
    digits, _, rest = data[2:].partition(b";")
    if kind == b"i":
        return int(digits), rest
    if kind == b"b":
        return digits == b"1", rest
    if kind == b"d":
        return float(digits), rest
    raise ValueError(f"not a plain PHP value: {data[:40]!r}")


def _string(data: bytes) -> tuple[str, bytes]:
    length, _, rest = data[2:].partition(b":")
    end = int(length) + 1
    return rest[1:end].decode(), rest[end + 2 :]


def _array(data: bytes) -> tuple[Any, bytes]:
    count, _, rest = data[2:].partition(b":")
    rest = rest[1:]
    items = {}
    for _ in range(int(count)):
        key, rest = _value(rest)
        items[key], rest = _value(rest)
    is_list = list(items) == list(range(len(items)))
    return (list(items.values()) if is_list else items), rest[1:]
