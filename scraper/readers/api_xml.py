"""Answers of ``api.php`` in other formats than JSON, as copies and captures hold them: XML, and both shown as HTML.

Up to 1.24 the API answered as HTML that shows XML (``xmlfm``) to all who named no format, as HTML that shows JSON
(``jsonfm``) since. In XML attributes are values and children are lists or objects; ``_idx`` and text as in old JSON.
"""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree

# Elements of lists are called so (setIndexedTagName in the API's modules); whatever holds them is a list.
_ITEMS = (
    "a alias bl c category cl cm dbr dt ei el ext f g gf group i ii il img item iw l link ll log m magicword message"
    " n ns p page pl pr r rc restriction rev s sk sp t tag tl type u user wl"
)
ITEMS = frozenset(_ITEMS.split())
_NUMBERS = (
    "bitdepth curid editcount height id lastrevid length level logid logpage new_ns newlen ns old_revid oldlen pageid"
    " parentid rcid registered revid size userid width"
)
NUMBERS = frozenset(_NUMBERS.split())
PARSER = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
ROOT = re.compile(r"<api[\s>]")


def json_of_xml(body: bytes) -> bytes | None:
    """The same answer as the API's old JSON has it; ``None`` for what is no answer."""
    try:
        root = etree.fromstring(body.lstrip(b"\xef\xbb\xbf \t\r\n"), PARSER)
    except etree.XMLSyntaxError:
        return None
    if not isinstance(root, etree._Element) or root.tag != "api":
        return None
    return json.dumps(_value(root)).encode()


def json_shown(text: str) -> bytes | None:
    """The answer that a page shows to people: the JSON or XML in its text; ``None`` where there is none."""
    start = text.find("{")
    root = ROOT.search(text)
    if root and (start < 0 or root.start() < start):
        return json_of_xml(text[root.start() : text.rfind(">") + 1].encode())
    shown = text[start : text.rfind("}") + 1].encode() if start >= 0 else b""
    return shown or None


def _value(element: etree._Element) -> Any:
    children = [child for child in element if isinstance(child.tag, str)]
    names = {str(child.tag) for child in children}
    if element.tag == "namespaces":
        return {child.get("id"): _value(child) for child in children}
    if len(names) == 1 and names <= ITEMS and not element.attrib:
        return [_value(child) for child in children]
    value: dict[str, Any] = {str(name): _number(str(name), str(text)) for name, text in element.attrib.items()}
    value.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    value.update((str(child.tag), _value(child)) for child in children)
    if not children and (element.text or not value):
        value["*"] = element.text or ""
    return value


def _number(name: str, text: str) -> str | int:
    return int(text) if name in NUMBERS and re.fullmatch(r"-?\d{1,18}", text) else text
