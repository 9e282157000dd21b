"""Small PNG pictures, drawn from a few words."""

from __future__ import annotations

import struct
import zlib

COLOURS = {"green": (46, 125, 50), "brown": (93, 64, 55), "ochre": (204, 153, 51), "grey": (120, 120, 120)}


def picture(words: str) -> bytes:
    """A plain PNG with a darker frame from words such as ``40x30 green``."""
    size, colour = words.split()
    width, height = (int(number) for number in size.split("x"))
    plain = bytes(COLOURS[colour])
    frame = bytes(value // 2 for value in plain)
    full = b"\0" + frame * width
    row = b"\0" + frame + plain * (width - 2) + frame
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(full + row * (height - 2) + full)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
