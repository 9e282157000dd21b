"""list=allusers: accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scraper.model import User, Via
from scraper.readers import parts
from scraper.readers.answers import Answer
from scraper.readers.reading import Reading

IMPLICIT = ("*", "user", "autoconfirmed", "emailconfirmed")  # those of a plain MediaWiki: told apart since 1.20


def read_users(answer: Answer) -> Reading:
    """Accounts with their explicit groups: those that everyone has are no news."""
    return Reading.of(_user(item) for item in answer.query.get("allusers", ()) if "name" in item)


def _user(item: Mapping[str, Any]) -> User:
    implicit = set(item.get("implicitgroups", IMPLICIT)) | {"*"}
    return User(
        name=item["name"],
        wiki_user_id=parts.number(item.get("userid")),
        edit_count=parts.number(item.get("editcount")),
        registered_at=parts.timestamp(item.get("registration")),
        groups=tuple(group for group in item.get("groups", ()) if group not in implicit),
        is_blocked="blockid" in item or "blockedby" in item,
        via=Via.API,
    )
