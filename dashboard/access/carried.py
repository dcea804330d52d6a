"""What travels with a request that the gate let in: whose it is, and what it did. Without sign-in neither is there."""

from typing import Any

from flask import has_request_context, request

from dashboard.access.accounts import Account
from dashboard.access.roles import Role, asked_for

ACCOUNT_KEY = "dashboard.account"  # of the request's environment: who was let in
DEEDS_KEY = "dashboard.deeds"  # likewise: a list of (what, details) that the gate writes into the log


def told(what: str, **details: Any) -> None:
    """Say that this request exported, queried or checked something. No figure that a reader typed of their own county goes in here."""
    if has_request_context() and DEEDS_KEY in request.environ:
        request.environ[DEEDS_KEY].append((what, details))


def lacking(path: str) -> Role | None:
    """The role that the page at `path` asks for and the reader has not. A page that is reached by the menu is asked for as a
    callback, whose address does not tell."""
    account: Account | None = request.environ.get(ACCOUNT_KEY) if has_request_context() else None
    role = asked_for(path)
    return role if account is not None and role is not None and not account.may(role) else None
