"""How somebody is called whom nobody has named: by the network in which they wrote first, and since when."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from tantam.desk.common import clock, spoken

NETWORKS = {
    "zalo": "Zalo",
    "messenger": "Messenger",
    "facebook": "Facebook",
    "whatsapp": "WhatsApp",
    "viber": "Viber",
    "telegram": "Telegram",
    "signal": "Signal",
    "instagram": "Instagram",
    "line": "LINE",
}
CHAT = "chat"  # the network of the handle of who writes at our own window


def stand_in(network: str, handle: str, name: str) -> str:
    """Return what is kept of a name that is none: its network, and the name; "" for one that people can read.

    A telephone number can be read.
    """
    known = network == CHAT or network in NETWORKS
    made = name == handle and not handle.startswith("+") or name == NETWORKS.get(network)
    return f"{network}:{name}" if known and made else ""


def words(network: str, since: date) -> str:
    """Return what people read in its place, in the active language. since: in the company's zone."""
    day = spoken.day(datetime.combine(since, time(12), timezone.get_current_timezone()), clock.now())
    if network == CHAT:
        return _("Customer in the chat · %(day)s") % {"day": day}
    return _("Customer on %(network)s · %(day)s") % {"network": NETWORKS.get(network, network), "day": day}
