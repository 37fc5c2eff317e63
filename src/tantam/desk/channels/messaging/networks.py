"""The networks at which the company has an account."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from tantam.desk.channels.messaging.accounts import Account
from tantam.desk.channels.messaging.network import Network

MAKERS: dict[str, Callable[[Account], Network]] = {}


def of(name: str) -> Network | None:
    """Return the network of this name, None where the company has no account there."""
    account = settings.MESSAGING.get(name)
    return MAKERS[name](account) if account else None
