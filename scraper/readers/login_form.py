"""The form of Special:UserLogin, of every era: its hidden fields are the token handshake.

MediaWiki has asked for ``wpLoginToken`` since 1.15.3 and for ``authAction`` since 1.27; before 1.15.3 there was no
token. Sending back whatever the form holds is right for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import html
from lxml.etree import ParserError

from scraper.model import Capture

USER, PASSWORD = "wpName", "wpPassword"
SUBMIT = ("wploginattempt", "wpLoginattempt", "wpLoginAttempt")  # the button's name, which up to 1.26 has to be there


@dataclass(frozen=True, slots=True)
class LoginForm:
    """Where the form is sent to, and all its fields but the two that a person fills in."""

    action: str
    fields: Mapping[str, str]

    def filled(self, user: str, password: str) -> dict[str, str]:
        """The form as it is sent; holds a secret."""
        return {**self.fields, USER: user, PASSWORD: password}


def read_login_form(capture: Capture) -> LoginForm | None:
    """The form in the page, ``None`` where there is none."""
    try:
        page = html.document_fromstring(capture.body.decode("utf-8", "replace"))
    except (ParserError, ValueError):
        return None
    for form in page.forms:
        if PASSWORD in form.fields and USER in form.fields:
            fields = {name: value or "" for name, value in form.form_values()}
            buttons = {
                button.get("name"): button.get("value") or "1"
                for button in form.xpath(".//input[@type='submit'] | .//button[@name]")
                if button.get("name") in SUBMIT
            }
            return LoginForm(urljoin(capture.url, form.action or capture.url), {**fields, **buttons})
    return None


def is_same_origin(url: str, origin: str) -> bool:
    """Whether a secret meant for ``origin`` may go to ``url``: same host and port, or the same host made secure."""
    one, other = urlsplit(url), urlsplit(origin)
    if (one.scheme, one.netloc) == (other.scheme, other.netloc):
        return True
    return (other.scheme, one.scheme) == ("http", "https") and one.hostname == other.hostname
