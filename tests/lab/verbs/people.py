"""Verbs about people: accounts, groups, blocks, bot passwords."""

from __future__ import annotations

from ..script import Step
from ..visitors import Visitors
from ..wiki import PASSWORD

BOT_PASSWORD = "0123456789abcdefghijklmnopqrstuv"
"""MediaWiki takes 32 of these characters for a bot password."""


def create_account(visitors: Visitors, step: Step) -> None:
    """Create an account with the lab's password."""
    sysop = visitors.sysop
    sysop.post(
        "createaccount",
        username=step.subject,
        password=PASSWORD,
        retype=PASSWORD,
        reason=step.option("summary"),
        createreturnurl=visitors.wiki.url,
        createtoken=sysop.token("createaccount"),
    )


def change_groups(visitors: Visitors, step: Step) -> None:
    """``add`` an account to groups and ``remove`` it from others."""
    sysop = visitors.sysop
    sysop.post(
        "userrights",
        user=step.subject,
        add="|".join(step.words("add")),
        remove="|".join(step.words("remove")),
        reason=step.option("summary"),
        token=sysop.token("userrights"),
    )


def block(visitors: Visitors, step: Step) -> None:
    """Block an account or an address."""
    expiry = step.option("expiry", "infinite")
    visitors.sysop.do("block", user=step.subject, expiry=expiry, reason=step.option("summary"))


def create_bot_password(visitors: Visitors, step: Step) -> None:
    """Give an account the bot password named ``as``, for reading only."""
    visitors.wiki.maintenance(
        "createBotPassword", "--appid", step.option("as"), "--grants", "basic", step.subject, BOT_PASSWORD
    )
