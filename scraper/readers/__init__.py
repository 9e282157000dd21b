"""Readers: pure functions from what a wiki or a dump said to facts and problems. No network, no clock, no database."""
