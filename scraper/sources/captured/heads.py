"""What captured things begin with."""

from __future__ import annotations

import re

HEAD = 4096  # bytes that are looked at
# Possessive: what stands before the first element is passed over once, however often it could be read otherwise.
HTML = re.compile(
    rb"(?>\s+|<!--(?>.*?-->)|<\?xml[^>]*\?>)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
READABLE = re.compile(rb"\s*[<{\[]")  # HTML, XML, JSON
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
