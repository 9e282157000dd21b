"""Addresses that earlier exports gave stand in the archive (``addresses``): what was at an address stays there."""

from __future__ import annotations

from collections.abc import Iterator

from converters.links import Addresses, Kept, Layout
from scraper.archive import Archive

# An address that something else took, as a list of the wiki may, is its title's no more.
FORGET = """
    DELETE FROM addresses WHERE layout = :layout AND title = :title AND address != :address
        AND is_own = :is_own AND (is_own OR page_id = :page_id)
"""
KEEP = """
    INSERT INTO addresses (layout, address, title, page_id, is_own)
    VALUES (:layout, :address, :title, :page_id, :is_own)
    ON CONFLICT (layout, address) DO UPDATE SET title = excluded.title, page_id = excluded.page_id,
        is_own = excluded.is_own
    WHERE (title, page_id, is_own) IS NOT (excluded.title, excluded.page_id, excluded.is_own)
"""


def kept_addresses(archive: Archive, layout: Layout) -> Iterator[Kept]:
    """Those of this layout; an archive that comes from elsewhere may say anything."""
    query = "SELECT address, title, page_id, is_own FROM addresses WHERE layout = ? ORDER BY address"
    for address, title, page_id, is_own in archive.connection.execute(query, (_name(layout),)):
        if layout.has_given(address):
            yield Kept(address, title, page_id, bool(is_own))


def keep(archive: Archive, addresses: Addresses) -> None:
    """Write down all that were given, in one transaction; titles that are gone keep theirs."""
    layout = _name(addresses.layout)
    with archive.transaction():
        for one in addresses.given():
            values = {"layout": layout, **one._asdict()}
            archive.connection.execute(FORGET, values)
            archive.connection.execute(KEEP, values)


def _name(layout: Layout) -> str:
    folder = "/".join(layout.prefix)
    return f"{folder} portable".strip() if layout.is_portable else folder
