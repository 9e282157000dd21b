"""What a captured thing is, by its first bytes."""

from __future__ import annotations

import pytest

from scraper.sources.captured.heads import HTML


@pytest.mark.parametrize(
    "head",
    [
        b"<html>",
        b"\n <!-- a -> b -->\r\n<!DOCTYPE html>",
        b"<?xml version='1.0'?>\n<!-- x --><!-- y -->\n<html>",
        b"<!---->" * 500 + b"<body>",
    ],
)
def test_html(head: bytes) -> None:
    assert HTML.match(head)


@pytest.mark.parametrize("head", [b"<!---->" * 500 + b"x", b"<!---->\n" * 500, b" " * 4000, b"<?xml " * 600])
def test_nothing_of_html_is_told_at_once(head: bytes) -> None:
    """Each way of reading what stands before the first element would be tried for hours."""
    assert HTML.match(head) is None
