"""Verbs about imports, and about what only MediaWiki's database can be told."""

from __future__ import annotations

from ..database import add_interwiki, forget_model, rename_actor
from ..dumps import long_page
from ..script import Step
from ..visitors import Visitors


def import_special(visitors: Visitors, step: Step) -> None:
    """Import an XML file of the script's folder as Special:Import does; ``prefix`` marks its users."""
    visitors.sysop.send(
        "import",
        {"xml": (step.subject, (step.folder / step.subject).read_bytes())},
        summary=step.option("summary"),
        interwikiprefix=step.option("prefix", "ancien"),
    )


def import_dump(visitors: Visitors, step: Step) -> None:
    """Import an XML file of the script's folder with ``importDump.php``, users as they are."""
    dump = (step.folder / step.subject).read_text(encoding="utf-8")
    visitors.wiki.maintenance("importDump", "--quiet", f"--username-prefix={step.option('prefix')}", text=dump)


def import_long_page(visitors: Visitors, step: Step) -> None:
    """Import a generated page of ``revisions`` revisions."""
    dump = long_page(step.subject, int(step.option("revisions")))
    visitors.wiki.maintenance("importDump", "--quiet", "--username-prefix=", "--no-updates", text=dump)


def interwiki(visitors: Visitors, step: Step) -> None:
    """Add an interwiki prefix with its ``url``."""
    add_interwiki(visitors.wiki.database, step.subject, step.option("url"))


def mask_address(visitors: Visitors, step: Step) -> None:
    """Mask the address that edits are signed with ``as`` in the wikis of 2002."""
    rename_actor(visitors.wiki.database, step.subject, step.option("as"))


def unknown_model(visitors: Visitors, step: Step) -> None:
    """Give a page a content model that this wiki does not know, as after an extension was removed."""
    forget_model(visitors.wiki.database, step.subject)


def setting(visitors: Visitors, step: Step) -> None:
    """Change a ``$wg…`` setting to true or false for the steps that follow."""
    visitors.wiki.configure(**{step.subject: step.says("to")})
