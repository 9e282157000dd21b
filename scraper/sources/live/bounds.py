"""Where a wiki may send us: what it says is not trusted with the machine and the network that we stand in."""

from __future__ import annotations

import re
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urljoin, urlsplit

WEB = {"http", "https"}
HOST = re.compile(r"[^\s/?#@<>\"\\]+")
OWN_NAME = "localhost"  # and all names below it: RFC 6761, section 6.3


def is_web_address(url: str) -> bool:
    """Whether it is a whole address of http or https."""
    parts = _parts(url)
    return parts is not None and parts[0] in WEB and HOST.fullmatch(parts[1]) is not None


def host_of(url: str) -> str:
    """The host that an address names, without its port."""
    return (_parts(url) or ("", ""))[1].rstrip(".")


def is_inside(url: str) -> bool:
    """Whether it names a host of this machine or of a private network.

    Other names are looked at where they are looked up (:mod:`scraper.sources.live.network`).
    """
    host = host_of(url)
    address = _address(host)
    if address is None:
        return host == OWN_NAME or host.endswith(f".{OWN_NAME}")
    return not address.is_global


def joined(base: str, link: str) -> str | None:
    """The whole address of a link in a page, ``None`` where nobody can read it (``http://[::::]/``)."""
    try:
        return urljoin(base, link)
    except ValueError:
        return None


def _parts(url: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # is looked at only now
    except ValueError:
        return None
    return parts.scheme, parts.hostname or ""


def _address(host: str) -> IPv4Address | IPv6Address | None:
    """A host that is written as a number, in the short and odd forms too that resolvers take (``127.1``)."""
    try:
        address = ip_address(host)
    except ValueError:
        try:
            return IPv4Address(socket.inet_aton(host)) if host else None
        except (OSError, ValueError):
            return None
    return getattr(address, "ipv4_mapped", None) or address
