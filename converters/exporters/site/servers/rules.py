"""Where an old address leads, as expressions and what they become.

An expression looks at the address as it came over the wire, path and query (``/w/index.php?title=A%20B``). Rules are
tried in order, and again on what comes out of them, until none matches: so each does one thing, and every server and
the script for hosts that cannot be told say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from converters.exporters.site.books.feed import FEED
from converters.exporters.site.options import History
from converters.exporters.site.servers.encodings import SOUND, stray
from converters.exporters.site.servers.old_addresses import GONE, GONE_ACTIONS, LEFT_OUT, OldAddresses, is_refused
from converters.exporters.site.servers.rule import COLON, END, NAME, PARAMETERS, TITLE, VALUE, Parted, Rule
from converters.exporters.site.servers.sent import as_path, as_sent, one_of, target
from converters.exporters.site.servers.special_rules import list_rules, special_rules
from converters.links import (
    CONTRIBUTIONS,
    HISTORY,
    INFO,
    MEDIA,
    PAGE,
    REDIRECT,
    REVISION,
    SEARCH,
    SOURCE,
    WIDE,
)

SPACE = r"(?:\+|%20)"
# What MediaWiki takes for a space, and what it takes out of titles (MediaWikiTitleCodec::splitTitleString): spaces that
# do not break and the like, and marks of direction.
OTHER_SPACES = "%C2%A0|%E1%9A%80|%E1%A0%8E|%E2%80%8[0-9A]|%E2%80%A[89F]|%E2%81%9F|%E3%80%80"
TAKEN_OUT = "%E2%80%8[EF]|%E2%80%A[A-E]"
# Beside index.php: https://www.mediawiki.org/wiki/Manual:Code#Entry_points.
PROGRAMS = "api|rest|load|opensearch_desc|profileinfo|redirect|trackback"


@dataclass(frozen=True, slots=True)
class Rules:
    """``always`` hold for every address, the others for those at which the site has nothing.

    ``missing`` say it as the wiki would have, ``fallbacks`` are for what is left after that. Addresses begin at the
    folder of the site; ``away`` leads to other sites.
    """

    always: tuple[Rule, ...]
    missing: tuple[Rule, ...]
    fallbacks: tuple[Rule, ...]
    away: tuple[Rule, ...]


def rules(old: OldAddresses) -> Rules:
    """All rules of one wiki."""
    maker = _RuleMaker(old)
    return Rules(tuple(maker.always()), tuple(maker.missing()), tuple(maker.fallbacks()), tuple(maker.away()))


class _RuleMaker:
    """Expressions for one wiki's paths."""

    def __init__(self, old: OldAddresses) -> None:
        self._old = old
        self._pages = target(old.pages)
        self._page = f"^{as_path(old.pages)}{TITLE}"
        self._script = next(one_of(old.scripts)) + "5?"
        self._scripts = next(one_of(sorted({script.rpartition("/")[0] for script in old.scripts})))
        # Where the script is what the server shows for its folder, /w/?title=X works too.
        self._asked = f"(?:{self._script}/?|{self._scripts}/)"
        self._any = rf"^(?:{self._asked}|{as_path(old.pages)}[^?\s]*)\?(?:\S*&)?"
        views = "|".join((HISTORY, INFO, SOURCE, REDIRECT, MEDIA, CONTRIBUTIONS))
        self._views = f"/(?:{views})/"
        self._view = f"(?:{as_path(old.pages)}|{self._views})"
        # Where rules for wide signs have been before.
        self._colon = target(":".translate(WIDE)) if old.is_portable else COLON

    def always(self) -> Iterator[Rule]:
        # Here already, for Apache refuses paths with names that no disk takes.
        yield Rule(rf"^{self._asked}\?(?:\S*&)?redlink=1(?:&\S*)?$", GONE)
        yield from self._slashes()
        yield from self._titles_in_queries()
        yield from self._told_of_pages()
        yield from self._versions()
        yield from self._asked_of_pages()
        yield from list_rules(self._old)
        yield from self._moved()
        yield from self._beside()
        starts = (self._script, self._scripts, as_path(self._old.pages)[:-1], "")
        yield Rule(rf"^(?:{'|'.join(starts)}){END}", target(self._old.main_page))

    def missing(self) -> Iterator[Rule]:
        yield from self._guarded_files()
        yield from special_rules(self._old)
        yield from self._fragments()
        yield from self._spaces()
        yield from self._characters()
        yield from self._namespaces()
        yield from self._wide_signs()
        yield from self._strangers()
        yield from self._letters(self._view if self._old.pages != "/" else self._views)

    def fallbacks(self) -> Iterator[Rule]:
        """For pages and people that are mentioned, but of whom the archive has nothing, and for views that few have."""
        yield Rule(rf"^/{MEDIA}/([^?\s]*?{COLON})\d{{14}}(?:!|%21){NAME}{END}", f"{self._pages}$1$2")
        yield Rule(f"^/(?:{SOURCE}|{REDIRECT}|{MEDIA})/{TITLE}{END}", f"{self._pages}$1")
        yield Rule(f"^/{CONTRIBUTIONS}/{TITLE}{END}", f"/{CONTRIBUTIONS}/")
        # Before the first version there is none, nor behind the last.
        yield Rule(rf"^/{REVISION}/(\d+)/(?:prev|next){END}", f"/{REVISION}/$1/")
        # The page has been moved or deleted.
        yield Rule(rf"^/{HISTORY}/{TITLE}/?\?version=\d+$", LEFT_OUT)
        yield Rule(f"^/{INFO}/{TITLE}{END}", target(self._old.lists["Allpages"]))
        for folder in self._old.uploads:
            yield Rule(rf"^{as_path(folder)}/(?:\S*/)?\d{{14}}(?:!|%21){NAME}{END}", f"{self._old.described}$1")
            yield Rule(rf"^{as_path(folder)}/(?:\S*/)?{NAME}{END}", f"{self._old.media}$1")
        if self._old.pages == "/":
            # Only now, because the site's own folders begin with small letters.
            yield from self._letters("/")

    def away(self) -> Iterator[Rule]:
        """To pages of other wikis, whose own rules for letters and namespaces are not known here."""
        for prefix, url in self._old.interwikis.items():
            pattern = rf"^{self._view}(?:_|%20|:)*{as_sent(prefix)}{COLON}(?:_|%20)*{TITLE}?{END}"
            yield Rule(pattern, f"{url}$1", True)

    def _titles_in_queries(self) -> Iterator[Rule]:
        """``index.php?title=X&…`` and ``index.php/X?…`` become ``/wiki/X?…``."""
        # No group may hold a question mark: Apache takes it for an attack.
        yield Rule(rf"^({self._asked})\?&+([^?\s]*)$", "$1?$2")
        before = rf"^({self._asked})\?((?:\S*&)?title="
        yield from Parted(rf"{before}[^?&\s]*?)", SPACE, r"([^?&\s]*?)", r"(\S*)$", "$1?").joined(6, 3, 1)
        yield Rule(rf"{before}[^?&\s]*?)%2[Ff](\S*)$", "$1?$2/$3")
        yield Rule(rf"{before}[^?&\s]*)\?([^?\s]*)\?([^?\s]*)$", "$1?$2%3F$3%3F$4")
        yield Rule(rf"{before}[^?&\s]*)\?([^?\s]*)$", "$1?$2%3F$3")
        yield Rule(rf"{before})(?:[/\\:_]|%5[Cc]|%3[Aa])+(\S*)$", "$1?$2$3")
        yield Rule(rf"^{self._asked}\?title={VALUE}$", f"{self._pages}$1")
        yield Rule(rf"^{self._asked}\?title={VALUE}&(\S*)$", f"{self._pages}$1?$2")
        yield Rule(rf"^{self._asked}\?(\S+?)&title={VALUE}(\S*)$", f"{self._pages}$2?$1$3")
        scripts = (f"{script}{five}" for script in self._old.scripts for five in ("", "5"))
        others = (*self._old.variants, *scripts)
        for paths in one_of(other for other in others if f"{other}/" != self._old.pages):
            yield Rule(rf"^{paths}/{TITLE}$", f"{self._pages}$1")
            yield Rule(rf"^{paths}/{TITLE}\?(\S*)$", f"{self._pages}$1?$2")
        # The script is no page, though it may stand where pages do: without a title a number says what is asked for.
        views = "action=(?:history|info|credits|raw)|redirect=no"
        yield Rule(rf"^({self._asked})\?((?:[^?\s]*&)?)(?:{views})(?:&([^?\s]*))?$", "$1?$2$3")

    def _slashes(self) -> Iterator[Rule]:
        """Titles for which other rules, or servers, would look elsewhere."""
        for title, name in self._old.out_of_the_way():
            place = f"{self._pages}{target(name)}"
            yield Rule(rf"^{self._asked}\?((?:[^?\s]*&)?)title={as_sent(title)}(?:&([^?\s]*))?$", f"{place}?$1$2")
            if is_refused(title):
                starts = "|".join((as_path(self._old.pages), f"{self._script}/"))
                yield Rule(rf"^(?:{starts}){as_sent(title)}/?(?:\?([^?\s]*))?$", f"{place}?$1")

    def _versions(self) -> Iterator[Rule]:
        if self._old.history is not History.FULL:
            yield from self._versions_left_out()
            return
        for asked, place in (
            ("diff=(?:cur|0)?", "difference/$1/current/"),
            ("diff=prev", "difference/$1/"),
            ("diff=next", "difference/$1/next/"),
            ("direction=prev", "revision/$1/prev/"),
            ("direction=next", "revision/$1/next/"),
        ):
            yield Rule(rf"{self._any}oldid=([1-9]\d*)&(?:\S*&)?{asked}(?:&\S*)?$", f"/{place}")
            yield Rule(rf"{self._any}{asked}&(?:\S*&)?oldid=([1-9]\d*)(?:&\S*)?$", f"/{place}")
        yield Rule(rf"{self._any}diff=([1-9]\d*)(?:&\S*)?$", "/difference/$1/")
        yield Rule(rf"{self._any}oldid=([1-9]\d*)(?:&\S*)?$", f"/{REVISION}/$1/")

    def _versions_left_out(self) -> Iterator[Rule]:
        """What is known of them is in the list of the page's versions, where there is one.

        There they have another name, so that no rule asks again and :meth:`fallbacks` knows them.
        """
        asked = r"(?:oldid|diff)=([1-9]\d*)(?:&\S*)?$"
        yield Rule(rf"^{self._asked}\?(?:\S*&)?{asked}", LEFT_OUT)
        listed = f"{self._old.history_of('$1')}{'?version=$2' if self._old.history is History.LIST else ''}"
        yield Rule(f"{self._page}{PARAMETERS}{asked}", listed)

    def _told_of_pages(self) -> Iterator[Rule]:
        """What is said of a page as a whole, whichever version is asked for beside."""
        asked = f"{self._page}{PARAMETERS}"
        yield Rule(rf"{asked}action=history(?:&\S*)?$", self._old.history_of("$1"))
        yield Rule(rf"{asked}action=(?:info|credits)(?:&\S*)?$", f"/{INFO}/$1/")

    def _asked_of_pages(self) -> Iterator[Rule]:
        """What is asked of a page besides its text. How it is to look is of no matter: the page answers."""
        asked = f"{self._page}{PARAMETERS}"
        done = rf"(?:ve)?action=(?:{'|'.join(GONE_ACTIONS)})(?:&\S*)?$"
        yield Rule(rf"{asked}redlink=1(?:&\S*)?$", GONE)
        yield Rule(rf"^{self._asked}\?(?:\S*&)?{done}", GONE)
        yield Rule(f"{asked}{done}", f"{GONE}?title=$1")
        yield Rule(f"{self._any}{done}", GONE)
        yield Rule(rf"{asked}feed=(?:atom|rss)(?:&\S*)?$", f"/{FEED}")
        yield Rule(rf"{asked}action=raw(?:&\S*)?$", f"/{SOURCE}/$1/")
        yield Rule(rf"{asked}redirect=no(?:&\S*)?$", f"/{REDIRECT}/$1/")
        yield Rule(rf"{self._any}curid=([1-9]\d*)(?:&\S*)?$", f"/{PAGE}/$1/")
        yield Rule(rf"^{self._asked}\?(?:\S*&)?search={VALUE}(?:&\S*)?$", f"/{SEARCH}/?search=$1")

    def _moved(self) -> Iterator[Rule]:
        """Pages whose titles are no names for folders, and people whose names are none."""
        for title, name in self._old.moved.items():
            if title not in self._old.beside:
                yield Rule(f"^({self._view}){as_sent(title)}{END}", f"$1{target(name)}/")
        for name, folder in self._old.people.items():
            yield Rule(f"^/{CONTRIBUTIONS}/{as_sent(name)}{END}", f"/{CONTRIBUTIONS}/{target(folder)}/")

    def _beside(self) -> Iterator[Rule]:
        """What is neither page nor script: small pictures, and doors for programs."""
        for folder in self._old.uploads:
            yield Rule(rf"^({as_path(folder)})/thumb/(\S+)/[^/?\s]+{END}", "$1/$2")
        yield Rule(rf"^{self._scripts}/thumb\.php5?\?(?:\S*&)?f=([^&\s]+)(?:&\S*)?$", f"{self._old.media}$1")
        yield Rule(rf"^{self._scripts}/api\.php5?\?(?:\S*&)?action=feed\w+(?:&\S*)?$", f"/{FEED}")
        yield Rule(rf"^{self._scripts}/(?:{PROGRAMS})\.php5?(?:[/?]\S*)?$", GONE)

    def _guarded_files(self) -> Iterator[Rule]:
        """What scripts gave out in place of a folder, on private wikis and where small pictures were made late."""
        asked = rf"^{self._scripts}/(?:img_auth|thumb_handler)\.php5?"
        folders = [folder for folder in self._old.uploads if ".php" not in folder]
        if folders:
            yield Rule(rf"{asked}/(\S+?){END}", f"{target(folders[0])}/$1")
        else:
            yield Rule(rf"{asked}/thumb/(?:\S*/)?{NAME}/{NAME}{END}", f"{self._old.media}$1")
            yield Rule(rf"{asked}/(?:\S*/)?{NAME}{END}", f"{self._old.media}$1")

    def _fragments(self) -> Iterator[Rule]:
        """No title holds a ``#``: what follows one that was encoded is the name of a section."""
        yield Rule(rf"^({self._view}[^/?\\\s][^?\s]*?)/?%23[^?\s]*(?:\?\S*)?$", "$1")

    def _spaces(self) -> Iterator[Rule]:
        """Titles have underscores between their words, one each, and none around them."""
        before = rf"^({self._view}[^/?\\\s][^?\s]*?)"
        yield from Parted(before, "%20", r"([^?\s]*?)", r"([^?\s]*)(?:\?\S*)?$").joined(8, 4, 2, 1)
        yield Rule(rf"{before}%2[Ff]([^?\s]*)(?:\?\S*)?$", "$1/$2")
        yield Rule(rf"^({self._view})(?:_|%20|:)+{TITLE}{END}", "$1$2")
        yield Rule(rf"{before}_+/?$", "$1")
        yield Rule(rf"{before}__+([^?\s]+)(?:\?\S*)?$", "$1_$2")

    def _characters(self) -> Iterator[Rule]:
        """MediaWiki writes letters with their marks in one character (UtfNormal), and no space or mark but its own."""
        for found, said in ((OTHER_SPACES, "_"), (TAKEN_OUT, "")):
            yield Rule(rf"^({self._view}[^?\s]*?)(?:{found})([^?\s]*)(?:\?\S*)?$", f"$1{said}$2", ignores_case=True)
        for apart, letter in self._old.composed.items():
            yield Rule(rf"^({self._view}[^?\s]*?){as_sent(apart)}([^?\s]*)(?:\?\S*)?$", f"$1{target(letter)}$2")
        for byte, letter in self._old.strays.items():
            yield Rule(rf"^({self._view}{SOUND}){stray(byte)}(?:\?\S*)?$", f"$1{target(letter)}$2")

    def _namespaces(self) -> Iterator[Rule]:
        """Other names of namespaces, and other cases of their own."""
        for own, names in self._old.namespaces.items():
            others = [name for name in names if name.casefold() != own.casefold()]
            alike = sorted({own.lower(), own.upper(), own[:1].lower() + own[1:]} - {own})
            for found, ignores_case in ((others, True), (alike, False)):
                for name in one_of(found):
                    pattern = rf"^({self._view}){name}(?:_|%20)*{COLON}(?:_|%20)*([^?\s]*?){END}"
                    yield Rule(pattern, f"$1{target(own)}:$2", ignores_case)

    def _strangers(self) -> Iterator[Rule]:
        """What looks like a namespace and is none: only the first letter of all is written large, not one behind it.

        Neither is one in a namespace that tells them apart: few pages have these views, the page itself is there.
        """
        for name in self._old.strangers if "" not in self._old.sensitive else ():
            small = name[:1].lower() + name[1:]
            if small != name:
                pattern = rf"^({self._view}){as_sent(small)}({self._colon}[^?\s]*?){END}"
                yield Rule(pattern, f"$1{target(name)}$2")
        for names in one_of((*self._old.strangers, *filter(None, self._old.sensitive))):
            pattern = rf"^/(?:{SOURCE}|{REDIRECT})/({names}{self._colon}[^?\s]*?){END}"
            yield Rule(pattern, f"{self._pages}$1")

    def _letters(self, start: str) -> Iterator[Rule]:
        """MediaWiki writes the first letter large; what has a mark is the name of a folder already."""
        befores = [rf"{start}(?:[^?/\s]*?{self._colon})?"]
        if "" in self._old.sensitive:
            names = one_of(name for name in self._old.namespaces if name not in self._old.sensitive)
            befores = [f"/{CONTRIBUTIONS}/", *(f"{start}{some}{self._colon}" for some in names)]
        for (small, large), before in product(self._old.letters.items(), befores):
            yield Rule(rf"^({before}){as_sent(small)}([^?~\s]*)(?:\?\S*)?$", f"$1{target(large)}$2")

    def _wide_signs(self) -> Iterator[Rule]:
        """Names that every disk takes have wide twins of some signs."""
        starts = "|".join((self._view, *(f"{as_path(folder)}/" for folder in self._old.uploads)))
        for sign, wide in WIDE.items() if self._old.is_portable else ():
            before, last = rf"^((?:{starts})[^?\s]*?)", r"([^?\s]*)(?:\?\S*)?$"
            # An address of IPv6 has seven colons, a page of its own eight.
            yield from Parted(before, as_sent(chr(sign)), r"([^?\s]*?)", last, joint=target(wide)).joined(4, 1)
