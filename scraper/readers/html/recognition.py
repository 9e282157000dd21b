"""Recognises what a capture shows; see :mod:`scraper.readers.html.context`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from scraper import languages
from scraper.model import Timestamp
from scraper.readers.html.addresses import AddressRules, WikiAddress, number, read_address, tidy
from scraper.readers.html.context import Kind, Known, PageContext
from scraper.readers.html.page import Element, ParsedPage, text_of

CACHED_REVISION = re.compile(r"pcache:idhash\S* and timestamp \d{14} and revision id (\d{1,18})\b")  # 1.27 and later
CACHED = re.compile(r"pcache:idhash\S* and timestamp (\d{14})|\"timestamp\":\"(\d{14})\"")
DATABASE = re.compile(r"key ([\w-]+):pcache:")
SKIN_IN_ADDRESS = re.compile(r"/skins/(\w+)/|[?&@;]skin=(\w+)|skins\.(\w+)")
NAMESPACE = re.compile(r"-?\d{1,5}")
IN_PARENTHESES = re.compile(r"(?<!\s)\s*+\([^()]*\)$")
OWN_TABS = ("ca-history", "ca-edit", "ca-viewsource")  # these lead to the page itself, from its talk page too
PAGE_TABS = ("ca-nstab-", "ca-talk")
SPECIAL, MESSAGES = -1, 8
ACTIONS = {"view": Kind.VIEW, "history": Kind.HISTORY, "edit": Kind.EDIT, "submit": Kind.EDIT, "info": Kind.INFO,
           "render": Kind.VIEW, "purge": Kind.VIEW, "raw": Kind.RAW}  # fmt: skip
# Ids that only MediaWiki's pages have, whatever the skin.
MEDIAWIKI_IDS = (
    "mw-content-text",
    "bodyContent",
    "mw_content",
    "t-permalink",
    "ca-nstab-main",
    "p-tb",
    "mw-navigation",
)
# Newer skins give the body more classes of that form; the first of these that is there is the skin.
KNOWN_SKINS = (
    "vector-2022",
    "vector",
    "monobook",
    "timeless",
    "minerva",
    "modern",
    "cologneblue",
    "standard",
    "nostalgia",
)
SKINS_BY_ID = {"column-content": "monobook", "mw-panel": "vector", "mw-page-base": "vector", "quickbar": "cologneblue"}
BREAKDOWN = re.compile(
    rb"Sorry! This site is experiencing technical|MediaWiki internal error|Exception encountered, of type|"
    rb"(?:Fatal exception|Unexpected non-MediaWiki exception)|Original exception:"
)
BEGINNING = 3000  # bytes in which it says so
# What servers of files answer for all that is not there; made from a page of the wiki, it still claims to be that page.
STAND_IN = re.compile(r"(?:^|/)(40[34])(?:\.html?|/index\.html?)$", re.IGNORECASE)
REFUSED = 400  # statuses from here on show no page
BAD_TITLE = "Badtitle"


def recognise(page: ParsedPage, known: Known) -> PageContext:
    """What the page says of itself; ``Kind.OTHER`` where it is no MediaWiki's."""
    asked = read_address(page.capture.url, known.rules)
    if is_forwarding(page):
        return PageContext(Kind.REDIRECT, title=asked.title if asked else "")
    if asked and asked.action == "render":
        # Content alone: nothing but the address says whose.
        return PageContext(Kind.VIEW, title=asked.title, rev_id=asked.rev_id, action="render")
    if not is_mediawiki(page):
        return PageContext(Kind.ERROR if is_breakdown(page) else Kind.OTHER)
    rules = _rules(page, known)
    permalink = _permalink(page, rules)
    context = PageContext(
        Kind.VIEW,
        title=_title(page, permalink, asked, rules),
        namespace_id=_namespace(page),
        current_rev_id=page.number("wgCurRevisionId"),
        page_id=page.number("wgArticleId"),
        action=page.variable("wgAction") or _action_class(page) or (asked.action if asked else "view"),
        parameters=asked.parameters if asked else {},
        redirected_from=_redirected_from(page, rules),
        main_page=_href(page.ids.get("p-logo")) or _href(page.ids.get("n-mainpage")),
        user_name=page.variable("wgUserName"),
    )
    context = _with_site(page, _with_times(page, replace(context, kind=_kind(page, context))))
    context = replace(context, special=_special(page, context), rev_id=_rev_id(page, context, permalink, asked, rules))
    return replace(context, kind=Kind.MISSING, rev_id=None) if _is_missing_revision(context, asked) else context


def is_mediawiki(page: ParsedPage) -> bool:
    """Whether a MediaWiki made the page, in any version and skin."""
    return (
        "wgPageName" in page.variables
        or "wgTitle" in page.variables
        or "mediawiki" in page.body_classes
        or any(name in page.ids for name in MEDIAWIKI_IDS)
        or _generator(page).startswith("MediaWiki")
    )


def is_breakdown(page: ParsedPage) -> bool:
    """Whether MediaWiki could do no more than apologise (MWExceptionRenderer; always in English)."""
    return BREAKDOWN.search(page.capture.body[:BEGINNING]) is not None


def is_forwarding(page: ParsedPage) -> bool:
    """Whether the capture only says where to go on: a redirect of HTTP, kept as such or as a small page."""
    if 300 <= page.capture.status < 400:
        return True
    refresh = (meta for meta in page.root.iter("meta") if (meta.get("http-equiv") or "").lower() == "refresh")
    return any("url=" in (meta.get("content") or "").lower() for meta in refresh) and not is_mediawiki(page)


def _rules(page: ParsedPage, known: Known) -> AddressRules:
    own = page.variable("wgArticlePath")
    return replace(known.rules, article_paths=(own, *known.rules.article_paths)) if own else known.rules


def _permalink(page: ParsedPage, rules: AddressRules) -> WikiAddress | None:
    """The address of this revision: in the toolbox of most skins, in the print footer from 1.18 on."""
    for element in (page.ids.get("t-permalink"), *page.classes.get("printfooter", [])):
        address = read_address(_href(element), rules)
        if address and (address.title or address.rev_id):
            return address
    return None


def _title(page: ParsedPage, permalink: WikiAddress | None, asked: WikiAddress | None, rules: AddressRules) -> str:
    told = page.variable("wgPageName")
    if told:
        return tidy(told)
    if permalink and permalink.title:
        return permalink.title
    addresses = (read_address(_href(tab), rules) for tab in _tabs(page))
    from_tabs = next((address.title for address in addresses if address and address.title), "")
    return from_tabs or _heading(page) or (asked.title if asked else "") or _title_in_class(page)


def _tabs(page: ParsedPage) -> Iterator[Element]:
    """Those that lead to the page itself, the surest first."""
    yield from (page.ids[name] for name in OWN_TABS if name in page.ids)
    both = [page.ids[name] for name in page.ids if name.startswith(PAGE_TABS)]
    yield from sorted(both, key=lambda tab: "selected" not in (tab.get("class") or "").split())


def _heading(page: ParsedPage) -> str:
    headings = (page.ids.get("firstHeading"), *page.classes.get("firstHeading", ()), *page.classes.get("pagetitle", ()))
    return next((text_of(heading) for heading in headings if heading is not None and heading.tag == "h1"), "")


def _title_in_class(page: ParsedPage) -> str:
    """The body's class names the page too, but with ``_`` for all that a class cannot hold."""
    names = (name.removeprefix("page-") for name in page.body_classes if name.startswith("page-"))
    return tidy(next(names, ""))


def _namespace(page: ParsedPage) -> int | None:
    told = page.variables.get("wgNamespaceNumber")
    numbers = (name.removeprefix("ns-") for name in page.body_classes if name.startswith("ns-"))
    found = (int(text) for text in (str(told), *numbers) if NAMESPACE.fullmatch(text))
    return next(found, None)


def _action_class(page: ParsedPage) -> str:
    names = (name.removeprefix("action-") for name in page.body_classes if name.startswith("action-"))
    return next(names, "")


def _kind(page: ParsedPage, context: PageContext) -> Kind:
    kind = _kind_shown(page, context)
    return Kind.ERROR if kind is Kind.VIEW and _stands_in(page, context.title) else kind


def _stands_in(page: ParsedPage, title: str) -> bool:
    """Whether it was answered in place of another page."""
    named = STAND_IN.search(page.capture.url)
    return page.capture.status >= REFUSED or (named is not None and named[1] != title)


def _kind_shown(page: ParsedPage, context: PageContext) -> Kind:
    if page.variables.get("wgCanonicalSpecialPageName") == BAD_TITLE or "mw-special-Badtitle" in page.body_classes:
        return Kind.ERROR
    if context.namespace_id == SPECIAL:
        return Kind.SPECIAL
    if "pagehistory" in page.ids:
        return Kind.HISTORY
    if "wpTextbox1" in page.ids:
        return Kind.EDIT
    if "wgDiffNewId" in page.variables or _shows_difference(page):
        return Kind.DIFF
    kind = ACTIONS.get(context.action, Kind.ACTION)
    return _kind_of_view(page, context) if kind is Kind.VIEW else kind


def _kind_of_view(page: ParsedPage, context: PageContext) -> Kind:
    if "permissions-errors" in page.classes:
        return Kind.ERROR
    if "noarticletext" in page.classes or ("wgArticleId" in page.variables and not context.page_id):
        # A message of the interface that nobody changed is shown all the same.
        return Kind.VIEW if context.namespace_id == MESSAGES else Kind.MISSING
    if "mw-revision-info" in page.ids or "mw-revision-info-current" in page.ids:
        return Kind.OLD_VIEW
    return Kind.VIEW


def _is_missing_revision(context: PageContext, asked: WikiAddress | None) -> bool:
    """A revision that does not exist is answered with a message in place of the current one."""
    return context.kind is Kind.VIEW and asked is not None and asked.rev_id not in (None, context.rev_id)


def _shows_difference(page: ParsedPage) -> bool:
    is_table = "diff-ntitle" in page.classes and any(box.tag == "table" for box in page.classes.get("diff", ()))
    return is_table or "firstrevisionheader" in page.classes


def _special(page: ParsedPage, context: PageContext) -> str:
    if context.namespace_id != SPECIAL:
        return ""
    own = context.title.partition(":")[2].partition("/")[0]
    told = page.variable("wgCanonicalSpecialPageName")
    return told or languages.of(context.language or context.user_language).special(own) or own


def _rev_id(
    page: ParsedPage,
    context: PageContext,
    permalink: WikiAddress | None,
    asked: WikiAddress | None,
    rules: AddressRules,
) -> int | None:
    if context.kind not in (Kind.VIEW, Kind.OLD_VIEW, Kind.DIFF):
        return None
    shown = page.number("wgRevisionId") or (permalink.rev_id if permalink else None)
    if shown or context.kind is Kind.VIEW:
        return shown or context.current_rev_id or _rev_id_beside(page, rules)
    if context.kind is Kind.DIFF:
        return page.number("wgDiffNewId")
    return _rev_id_of_navigation(page, rules) or (asked.rev_id if asked else None)


def _rev_id_beside(page: ParsedPage, rules: AddressRules) -> int | None:
    """The current revision, where scripts and permanent link were lost: in what the parser cache wrote, or in the link
    by which the page is to be cited (Extension:CiteThisPage)."""
    cached = CACHED_REVISION.search("\n".join(page.comments))
    cite = read_address(_href(page.ids.get("t-cite")), rules)
    return number(cached[1] if cached else cite.parameters.get("id", "") if cite else "")


def _rev_id_of_navigation(page: ParsedPage, rules: AddressRules) -> int | None:
    """Up to 1.14 a permanent link did not link to itself; the links to older and newer revisions still name it."""
    box = page.ids.get("mw-revision-nav")
    links = () if box is None else box.iter("a")
    addresses = (read_address(link.get("href") or "", rules) for link in links)
    return next((address.rev_id for address in addresses if address and "direction" in address.parameters), None)


def _redirected_from(page: ParsedPage, rules: AddressRules) -> str:
    box = page.ids.get("contentSub")
    for link in () if box is None else box.iter("a"):
        address = read_address(link.get("href") or "", rules)
        if address and address.parameters.get("redirect") == "no":
            return address.title
    return ""


def _with_site(page: ParsedPage, context: PageContext) -> PageContext:
    return replace(
        context,
        language=_language(page),
        user_language=page.variable("wgUserLanguage") or page.root.get("lang") or "",
        version=_generator(page).removeprefix("MediaWiki").strip() or page.variable("wgVersion"),
        skin=_skin(page),
        site_name=page.variable("wgSiteName") or _search_name(page),
        server=page.variable("wgServer"),
        article_path=page.variable("wgArticlePath"),
        script_path=page.variable("wgScriptPath"),
    )


def _with_times(page: ParsedPage, context: PageContext) -> PageContext:
    text = "\n".join(page.comments)
    cached, database = CACHED.search(text), DATABASE.search(text)
    return replace(
        context,
        cached_at=Timestamp.from_mediawiki(cached[1] or cached[2]) if cached else None,
        dbname=page.variable("wgDBname") or (database[1] if database else ""),
    )


def _language(page: ParsedPage) -> str:
    told = page.variable("wgPageContentLanguage") or page.variable("wgContentLanguage")
    content = page.ids.get("mw-content-text")
    return told or (content.get("lang") or "" if content is not None else "")


def _generator(page: ParsedPage) -> str:
    metas = (meta for meta in page.root.iter("meta") if (meta.get("name") or "").lower() == "generator")
    return next((meta.get("content") or "" for meta in metas), "")


def _search_name(page: ParsedPage) -> str:
    """The wiki's name as its search plugin is called: the name, then the language in parentheses."""
    links = (link for link in page.root.iter("link") if "opensearch" in (link.get("type") or ""))
    return next((IN_PARENTHESES.sub("", link.get("title") or "") for link in links), "")


def _skin(page: ParsedPage) -> str:
    named = [name.removeprefix("skin-") for name in page.body_classes if name.startswith("skin-")]
    classes = [name for name in KNOWN_SKINS if name in named] or sorted(named, key=len)
    return page.variable("skin") or next(iter(classes), "") or next(_skins_by_structure(page), "")


def _skins_by_structure(page: ParsedPage) -> Iterator[str]:
    yield from (skin for name, skin in SKINS_BY_ID.items() if name in page.ids)
    for link in page.root.iter("link"):
        found = SKIN_IN_ADDRESS.search(link.get("href") or "")
        names = [name.lower() for name in found.groups() if name] if found else []
        yield from (name for name in names if name != "common")


def _href(element: Element | None) -> str:
    if element is None:
        return ""
    link = next(element.iter("a"), None)
    return "" if link is None else link.get("href") or ""
