"""Logging in: by a bot password, or with the cookies of a browser."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from http.cookiejar import LoadError, MozillaCookieJar
from pathlib import Path
from typing import Any

from scraper.queries import api
from scraper.sources.live.asking import Asker
from scraper.sources.live.failures import REDIRECTED, LoginNeeded, Refused, Unanswered
from scraper.sources.source import Credentials, UnusableSource


def load_cookies(path: Path | None) -> list[dict[str, Any]]:
    """The cookies of a file in Netscape's format, as Scrapy takes them. Raises UnusableSource."""
    if path is None:
        return []
    jar = MozillaCookieJar(path)
    try:
        jar.load(ignore_discard=True, ignore_expires=True)
    except (OSError, LoadError) as error:
        raise UnusableSource(
            f"the cookies in {path} cannot be read: {error}. Save them in Netscape's format (cookies.txt)."
        ) from error
    return [
        {"name": cookie.name, "value": cookie.value or "", "domain": cookie.domain, "path": cookie.path}
        for cookie in jar
    ]


async def log_in(asker: Asker, credentials: Credentials) -> None:
    """By bot password, where one is given; ``asker.api_url`` must be known. Raises LoginNeeded."""
    if not credentials.user or not credentials.password:
        return
    try:
        result = await _answer(asker, credentials.user, credentials.password)
    except (Unanswered, Refused) as failure:
        if isinstance(failure, Refused) and failure.code == REDIRECTED:
            raise LoginNeeded(
                f"Logging in as {credentials.user} failed: {asker.api_url} leads to {failure.text}, and a password is "
                "not carried from one place to another. Give the address where the wiki is."
            ) from failure
        raise LoginNeeded(f"Logging in as {credentials.user} failed: {failure}.") from failure
    if result.get("result") != "Success":
        raise LoginNeeded(
            f"Logging in as {credentials.user} failed: {result.get('reason', result.get('result'))}. "
            "Use a bot password (Special:BotPasswords gives User@name and its password)."
        )
    asker.renew_login = partial(log_in, asker, credentials)


async def _answer(asker: Asker, user: str, password: str) -> Mapping[str, Any]:
    """What the wiki says to name and password. Before 1.27 the first answer to them gives the token to use."""
    token = await _token(asker)
    result = (await asker.ask(api.login(user, password, token))).answer.data.get("login", {})
    if result.get("result") == "NeedToken":
        asked = await asker.ask(api.login(user, password, str(result["token"])))
        result = asked.answer.data.get("login", {})
    return dict(result)


async def _token(asker: Asker) -> str:
    """As 1.27 and later give it. Before, private wikis refuse the question to strangers, and 1.24 answers ``[]``."""
    try:
        tokens = (await asker.ask(api.login_token())).answer.query.get("tokens")
    except (Refused, LoginNeeded):
        return ""
    return str(tokens.get("logintoken", "")) if isinstance(tokens, Mapping) else ""
