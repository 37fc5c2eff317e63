"""The mail service that hands mail to the desk by webhook, as the surroundings name it.

TANTAM_MAIL_SERVICE says which; TANTAM_ANYMAIL_… are django-anymail's own settings, such as
TANTAM_ANYMAIL_WEBHOOK_SECRET=user:password and TANTAM_ANYMAIL_MAILGUN_WEBHOOK_SIGNING_KEY.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec

START = "TANTAM_ANYMAIL_"
NAME = "TANTAM_MAIL_SERVICE"
PROVED_BY = {"postmark": "WEBHOOK_SECRET", "mailgun": "MAILGUN_WEBHOOK_SIGNING_KEY"}  # what it signs with


def keys_of(surroundings: Mapping[str, str]) -> dict[str, str]:
    """Return django-anymail's settings."""
    given = {name.removeprefix(START): value.strip() for name, value in surroundings.items() if name.startswith(START)}
    return {name: value for name, value in given.items() if value}


def service_of(surroundings: Mapping[str, str]) -> str:
    """Return the service's name, "" for none.

    Raises ValueError for one that the desk does not know, whose package is missing, or that could not be told from
    anybody else.
    """
    name = surroundings.get(NAME, "").strip().lower()
    if not name:
        return ""
    if name not in PROVED_BY:
        raise ValueError(f"{NAME} is {name!r}; write one of {', '.join(PROVED_BY)}.")
    if find_spec("anymail") is None:
        raise ValueError(f'{NAME} is {name!r}, which django-anymail speaks to; pip install "tantam[anymail]".')
    wanted, keys = PROVED_BY[name], keys_of(surroundings)
    if not keys.get(wanted):
        raise ValueError(f"{START}{wanted} is not set: without it anybody could hand mail to the desk as {name}.")
    if ":" not in keys.get("WEBHOOK_SECRET", ":"):
        raise ValueError(f"{START}WEBHOOK_SECRET has no colon; write it like user:password, as in the address.")
    return name
