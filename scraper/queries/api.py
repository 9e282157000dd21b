"""Every question to ``api.php``. Parameters: https://www.mediawiki.org/wiki/API:Query and each module's own page.

Continuations are the API's own (`continue`), so a list goes on with ``query.going_on(answer.continuation)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scraper.model import Timestamp
from scraper.queries.query import Query

# `maxlag` lets a replicated wiki tell robots to wait: https://www.mediawiki.org/wiki/Manual:Maxlag_parameter
COMMON = {"format": "json", "formatversion": "2", "errorformat": "plaintext", "maxlag": "5"}
IDS_IN_A_BATCH = 50  # for those without the right `apihighlimits`
SITEINFO = (
    "general|namespaces|namespacealiases|specialpagealiases|magicwords|interwikimap|statistics|usergroups|libraries"
    "|extensions|fileextensions|rightsinfo|restrictions|languages|skins|extensiontags|functionhooks|variables|protocols"
)
REVISION = "ids|timestamp|flags|comment|user|userid|size|sha1|contentmodel|tags"
IN_SLOTS = "|slotsize|slotsha1"
_PAGE = {"prop": "info|pageprops", "inprop": "protection"}
_LOG = "ids|title|type|user|userid|timestamp|comment|details|tags"
_FILE = "timestamp|user|userid|comment|canonicaltitle|url|size|sha1|mime|mediatype|metadata|archivename|bitdepth"
# What a page of the site shows around its content, as many as one answer gives; the wiki's own wordings come with
# `amcustomised`.
MESSAGES = (
    "allpages",
    "april",
    "august",
    "blanknamespace",
    "categories",
    "colon-separator",
    "comma-separator",
    "copyright",
    "december",
    "february",
    "filehist",
    "filehist-comment",
    "filehist-current",
    "filehist-datetime",
    "filehist-dimensions",
    "filehist-filesize",
    "filehist-user",
    "history_short",
    "imagelinks",
    "january",
    "july",
    "jumptocontent",
    "june",
    "listfiles",
    "march",
    "may_long",
    "minoredit",
    "minoreditletter",
    "november",
    "nstab-category",
    "nstab-help",
    "nstab-image",
    "nstab-main",
    "nstab-mediawiki",
    "nstab-project",
    "nstab-template",
    "nstab-user",
    "october",
    "otherlanguages",
    "recentchanges",
    "red-link-title",
    "redirectpagesub",
    "rev-deleted-comment",
    "rev-deleted-user",
    "september",
    "sidebar",
    "sitenotice",
    "subcategories",
    "talk",
    "toc",
)


def siteinfo() -> Query:
    """What the wiki says of itself, in one answer."""
    return _query("siteinfo", meta="siteinfo", siprop=SITEINFO, sinumberingroup="1", siinlanguagecode="en")


def recognise() -> Query:
    """The smallest question that only a MediaWiki answers."""
    return _query("recognise", meta="siteinfo", siprop="general|statistics|namespaces")


def changed_messages(language: str) -> Query:
    """Interface messages that this wiki words in its own way."""
    return _query("changed messages", meta="allmessages", amcustomised="modified", amlang=language)


def named_messages(language: str) -> Query:
    """Interface messages that a page of the site shows."""
    return _query("messages", meta="allmessages", ammessages="|".join(MESSAGES), amlang=language)


def tag_messages(language: str) -> Query:
    """What tags of changes are called: extensions have some of their own."""
    return _query("names of tags", meta="allmessages", amprefix="tag-", amlang=language)


def pages(namespace_id: int) -> Query:
    """All pages of a namespace, redirects included."""
    return _query("pages", "gaplimit", generator="allpages", gapnamespace=str(namespace_id), **_PAGE)


def page_names(namespace_id: int) -> Query:
    """Ids and titles alone, for places where the wiki fails to tell more."""
    return _query("page names", "aplimit", list="allpages", apnamespace=str(namespace_id))


def pages_by_id(page_ids: Iterable[int]) -> Query:
    """Up to 50 pages by their ids."""
    return _query("pages by id", pageids=_joined(page_ids), **_PAGE)


def revisions(has_slots: bool) -> Query:
    """All revisions of all pages with content, oldest first. Without a namespace filter: it would act afterwards.

    The revision's own SHA-1 proves the content of all its slots; that of each slot would cost the wiki a tenth of its
    time.
    """
    slots = {"arvslots": "*"} if has_slots else {}
    return _query("revisions", "arvlimit", list="allrevisions", arvdir="newer", arvprop=f"{REVISION}|content", **slots)


def revision_metadata(has_slots: bool) -> Query:
    """All revisions without content."""
    return _query("metadata", "arvlimit", list="allrevisions", arvdir="newer", **_revision("arv", has_slots, False))


def newest_revision() -> Query:
    """The id of the revision saved last."""
    return _query("newest revision", list="allrevisions", arvdir="older", arvlimit="1", arvprop="ids|timestamp")


def newest_change() -> Query:
    """The revision saved last, where there is no list of all revisions."""
    return _query("newest change", list="recentchanges", rclimit="1", rctype="edit|new", rcprop="ids|timestamp")


def revisions_by_id(rev_ids: Iterable[int], has_slots: bool, with_content: bool = True) -> Query:
    """Up to 50 revisions by their ids; the answer names those that do not exist."""
    return _query("revisions by id", revids=_joined(rev_ids), **_revision("rv", has_slots, with_content))


def page_history(page: Mapping[str, str], has_slots: bool) -> Query:
    """All revisions of one page without content, oldest first; ``page`` is ``{"pageids": …}`` or ``{"titles": …}``."""
    fields = _revision("rv", has_slots, with_content=False)
    return _query("page history", "rvlimit", rvdir="newer", **page, **fields)


def log_events() -> Query:
    """All lines of all public logs, oldest first."""
    return _query("log events", "lelimit", list="logevents", ledir="newer", leprop=_LOG)


def log_events_at(moment: Timestamp) -> Query:
    """The lines of one second: logs cannot be asked by id."""
    return log_events().having({"lestart": moment.iso, "leend": moment.iso})


def users() -> Query:
    """All accounts."""
    fields = "blockinfo|groups|implicitgroups|editcount|registration"
    return _query("users", "aulimit", list="allusers", auprop=fields)


def files() -> Query:
    """All files with all their versions."""
    return _query("files", "gailimit", generator="allimages", prop="imageinfo", iilimit="max", iiprop=_FILE)


def files_of_pages() -> Query:
    """Files by their pages, where there is no list of files (before 1.13)."""
    fields = {"prop": "imageinfo", "iilimit": "max", "iiprop": _FILE}
    return _query("files of pages", "gaplimit", generator="allpages", gapnamespace="6", **fields)


def protected_titles() -> Query:
    """Titles without page that may not be created."""
    fields = "timestamp|user|userid|comment|expiry|level"
    return _query("protected titles", "ptlimit", list="protectedtitles", ptprop=fields)


def rendering(rev_id: int) -> Query:
    """The wiki's own HTML of one revision."""
    fields = "text|categories|displaytitle|sections|langlinks|revid"
    params = {"action": "parse", "oldid": str(rev_id), "prop": fields, "disablelimitreport": "1"}
    return Query("rendering", {**params, "disableeditsection": "1", **COMMON})


def login_token() -> Query:
    """The token that logging in needs."""
    return _query("login token", meta="tokens", type="login")


def login(user: str, password: str, token: str = "") -> Query:
    """Log in with a bot password; holds secrets, so it is asked by POST and never written down.

    Without a token the answer gives one (1.15.3 to 1.26).
    """
    params = {"action": "login", "lgname": user, "lgpassword": password, **COMMON}
    return Query("login", params | ({"lgtoken": token} if token else {}), is_secret=True)


def whoami() -> Query:
    """Whom the wiki takes us for, and what it lets us do."""
    return _query("whoami", meta="userinfo", uiprop="rights|groups")


def _revision(prefix: str, has_slots: bool, with_content: bool) -> Mapping[str, str]:
    fields = REVISION + (IN_SLOTS if has_slots else "") + ("|content" if with_content else "")
    params = {f"{prefix}prop": fields}
    if prefix == "rv":
        params["prop"] = "revisions"
    if has_slots:
        params[f"{prefix}slots"] = "*"
    return params


def _query(name: str, limit: str | None = None, /, **params: str) -> Query:
    return Query(name, {"action": "query", **params, **COMMON}, limit).sized("max")


def _joined(ids: Iterable[int]) -> str:
    return "|".join(map(str, ids))
