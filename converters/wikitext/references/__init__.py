"""Footnotes: ``<ref>`` and ``<references>``, as the extension Cite of MediaWiki 1.39 reads, numbers and lists them."""
