"""How large a picture is shown: MediaWiki's arithmetic, in pixels (Linker::makeImageLink, ImageHandler)."""

from __future__ import annotations

import math
from typing import NamedTuple

from converters.document.wiki import Wiki
from converters.wikitext.media.kinds import REDRAWN, Kind
from converters.wikitext.media.options import Options

# $wgSVGMaxSize: the width of a drawing of which only the height is given.
SVG_LIMIT = 5120
# Of a thumbnail whose file is missing, without and with upright (Linker::makeThumbLink2).
MISSING_WIDTH, MISSING_UPRIGHT_WIDTH = 180, 130
RESIZED = frozenset({"thumb", "manualthumb", "frame", "frameless"})


# $wgThumbLimits and $wgDefaultUserOptions['thumbsize'] since MediaWiki 1.24.
THUMB_LIMITS, THUMB_CHOICE = (120, 150, 180, 200, 250, 300), 5


class Size(NamedTuple):
    """Width and height; 0 for what nobody knows."""

    width: int
    height: int


def rounded(number: float) -> int:
    """PHP's ``round`` of a positive number: halves go up."""
    return math.floor(number + 0.5)


def shown_size(options: Options, own: Size, kind: Kind, usual_width: int) -> Size:
    """The size of a picture whose file has the size ``own``; ``usual_width`` is that of thumbnails."""
    if options.frame == "frame":
        return own
    width = options.width or _default_width(options, own, kind, usual_width)
    if options.frame in ("thumb", "frameless") and own.width and kind not in REDRAWN:
        width = min(width, own.width)
    return fit(width, options.height, own)


def usual_width(wiki: Wiki) -> int:
    """The width of the wiki's thumbnails, as its ``defaultoptions`` and ``thumblimits`` say."""
    limits = (wiki.siteinfo.get("general") or {}).get("thumblimits") or THUMB_LIMITS
    # formatversion 1 numbers the limits by strings.
    widths = list(limits.values() if isinstance(limits, dict) else limits)
    choice = int((wiki.siteinfo.get("defaultoptions") or {}).get("thumbsize", THUMB_CHOICE))
    return int(widths[choice]) if choice < len(widths) else int(widths[-1])


def missing_width(options: Options) -> int:
    """The width of a thumbnail without its file."""
    return options.width or (MISSING_WIDTH if options.upright is None else MISSING_UPRIGHT_WIDTH)


def fit(width: int, height: int, own: Size) -> Size:
    """``own`` scaled to a width, or to a height that is the tighter limit; 0 is no limit."""
    if not own.width or not own.height:
        return Size(width, height)
    if height and width * own.height > height * own.width:
        return Size(max(1, _width_below(height, own)), height)
    return Size(width, max(1, rounded(own.height * width / own.width)))


def _default_width(options: Options, own: Size, kind: Kind, usual_width: int) -> int:
    is_vector = kind == Kind.VECTOR
    width = SVG_LIMIT if options.height and is_vector else own.width
    if (options.frame in RESIZED or not own.width) and not options.height:
        usual = usual_width
        if options.upright is not None:
            # Rounded to whole tens, so that there are not too many different thumbnails.
            usual = rounded(usual_width * options.upright / 10) * 10
        if width <= 0 or usual < width or is_vector:
            return usual if options.frame in RESIZED else 0
    return width


def _width_below(height: int, own: Size) -> int:
    """The width at which the height is not more than this (MediaHandler::fitBoxWidth)."""
    ideal = own.width * height / own.height
    is_higher = rounded(math.ceil(ideal) * own.height / own.width) > height
    return math.floor(ideal) if is_higher else math.ceil(ideal)
