"""Harvest: everything that reads a wiki, in whatever state it is left, into ``archive.db``."""
