"""Links for a site that is opened from a disk, where a folder shows a list of its files."""

from __future__ import annotations

import re

from converters.links import INDEX

# Attributes hold no quotation mark, but may hold all else.
TAG = re.compile(r'<(?:a|form|link|meta|script)(?:\s+[\w:-]+(?:="[^"]*")?)*\s*>')
# Ways within the site begin with a dot, and those to pages end with a slash; in between may stand &#39;.
FOLDER = re.compile(r'((?:href|action|data-target)="|url=)(\.{1,2}/(?:(?:[^"#?&]|&(?:#\d+;)?)*/)?)(?=["#])')


def with_files(html: str) -> str:
    """The HTML of a page with links to the files in folders instead of the folders."""
    return TAG.sub(lambda tag: FOLDER.sub(rf"\1\2{INDEX}", tag[0]), html)
