"""What MediaWiki, its skins and common extensions add to a page's content: data, by id and class.

From the HTML of MediaWiki 1.8 to 1.43 in its own skins (OutputPage, Skin, SkinTemplate, ImagePage, CategoryViewer,
Article) and from pages kept by archives of the web.
"""

from __future__ import annotations

# Where the content stands, the surest first: (id, class) of the innermost box that holds it.
ROOTS_BY_ID = (
    "mw-imagepage-content",  # text of file pages, from 1.17
    "mw-content-text",  # from 1.19
    "bodyContent",  # MonoBook, Vector, Timeless
    "mw_contentholder",  # Modern
    "article",  # Cologne Blue, Standard, Nostalgia
    "mw-content",
)
ROOTS_BY_CLASS = ("mw-parser-output", "mw-content-ltr", "mw-content-rtl")
# In pages before 1.19 the content stands between these comments, where the skin writes them.
STARTS = ("start content", "bodytext", "bodycontent")
ENDS = ("end content", "/bodytext", "/bodycontent")

# Boxes that stand beside the content, in the same box. Authors may use such names too: only the outermost are meant.
AROUND_IDS = frozenset({
    "siteNotice", "localNotice", "centralNotice", "mw-dismissable-notice", "siteSub", "contentSub", "contentSub2",
    "mw-content-subtitle", "mw-revision-info", "mw-revision-info-current", "mw-revision-nav", "jump-to-nav",
    "mw-js-message", "firstHeading", "catlinks", "column-one", "footer", "topbar", "quickbar", "top",
    "mw-data-after-content", "mw_metadata", "metadata", "filetoc", "mw-fr-revisiontag", "p-lang-btn", "sharedupload",
    "shared-image-desc", "BreadCrumbsTrail", "pagetitle", "sitetitle", "sitesub", "contentsub", "mw_contentsub",
    "mw_portlets", "p-cactions", "f-poweredbyico", "mw-oldid", "mw-diffpage-navigation",
    "mw-clearyourcache",
})  # fmt: skip
AROUND_CLASSES = frozenset({
    "printfooter", "catlinks", "mw-indicators", "usermessage", "mw-jump", "mw-jump-link", "mw-revision",
    "fullImageLink", "fullMedia", "sharedUploadNotice", "mw-category-generated", "filehistory", "subpages",
    "mw-redirectedfrom", "visualClear", "mw-warning-with-logexcerpt", "patrollink", "mw-fr-basic", "firstHeading",
    "subtitle", "pagetitle", "mw-topboxes", "mw_clear",
})  # fmt: skip
# What the parser itself adds for editors and for finding one's way: anywhere in the content.
INSIDE_IDS = frozenset({"toc"})
INSIDE_CLASSES = frozenset({"editsection", "mw-editsection", "mw-editsection-like", "toc"})
# From here on a page's box holds lists that the software makes: of files' versions and uses, of categories' members.
GENERATED_IDS = frozenset({
    "filehistory", "mw-imagepage-section-filehistory", "filelinks", "mw-imagepage-section-linkstoimage",
    "mw-imagepage-reupload-link", "mw-subcategories", "mw-pages", "mw-category-media", "mw-imagepage-nofile",
})  # fmt: skip
USELESS_TAGS = ("script", "style", "link", "meta", "noscript")
REDIRECT_CLASSES = ("redirectMsg", "redirectText")
# Wrappers of the content that say nothing: the content begins inside.
PLAIN_WRAPPERS = frozenset({"mw-content-ltr", "mw-content-rtl"})
