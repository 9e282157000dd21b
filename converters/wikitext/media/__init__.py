"""Files in the page: what their options say, how large they are shown, and the HTML that MediaWiki writes for them."""

from converters.wikitext.media.files import render_file
from converters.wikitext.media.gallery import render_gallery
from converters.wikitext.media.imagemap import render_imagemap
from converters.wikitext.media.pictures import upload_opening

__all__ = ["render_file", "render_gallery", "render_imagemap", "upload_opening"]
