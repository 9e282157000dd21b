"""Logging in as a person does, through Special:UserLogin: for wikis whose API is closed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from scraper.model import Capture
from scraper.queries import index
from scraper.readers.login_form import LoginForm, is_same_origin, read_login_form
from scraper.sources.live.asking import Asker
from scraper.sources.live.failures import REDIRECTED, LoginNeeded, Refused, Unanswered
from scraper.sources.source import Credentials

USER_NAME = re.compile(r"[\"']?wgUserName[\"']?\s*[:=]\s*[\"']")  # null for strangers, in all versions


async def log_in_by_form(asker: Asker, index_url: str, credentials: Credentials) -> None:
    """Where a password is given; Scrapy keeps the cookies. Raises LoginNeeded."""
    if not credentials.user or not credentials.password:
        return
    user = credentials.user
    try:
        form = await _form(asker, index_url, user)
        answer = await _sent(asker, form.action, form.filled(user, credentials.password))
        if answer is None or not is_logged_in(answer):
            answer = await asker.get(index.special(index_url, "UserLogin"))
    except (Unanswered, Refused) as failure:
        raise LoginNeeded(f"Logging in as {user} failed: {failure}.") from failure
    if not is_logged_in(answer):
        raise LoginNeeded(
            f"Logging in as {user} through the wiki's form failed. Check name and password: "
            "the form wants the account's own password, not a bot password. Or use --cookies."
        )
    asker.renew_login = partial(log_in_by_form, asker, index_url, credentials)


def is_logged_in(capture: Capture) -> bool:
    """Whether the page was shown to an account."""
    return USER_NAME.search(capture.body.decode("utf-8", "replace")) is not None


async def _sent(asker: Asker, action: str, fields: Mapping[str, str]) -> Capture | None:
    """The page behind the form; ``None`` where the wiki leads on to another, as it does after most logins."""
    try:
        return await asker.post(action, fields)
    except Refused as refusal:
        if refusal.code != REDIRECTED:
            raise
        return None


async def _form(asker: Asker, index_url: str, user: str) -> LoginForm:
    page = await asker.get(index.special(index_url, "UserLogin"))
    form = read_login_form(page)
    if form is None:
        raise LoginNeeded(f"Logging in as {user} failed: {page.url} shows no form. Use --cookies.")
    if not is_same_origin(form.action, index_url):
        raise LoginNeeded(
            f"The login form of the wiki sends its password to another site ({form.action}): it was not sent. "
            "Log in with a browser and use --cookies."
        )
    return form
