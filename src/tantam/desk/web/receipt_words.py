"""Words for what became of a message that went out by a network, behind the way it went."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tantam.desk.cases.models import Message
from tantam.desk.common import clock, spoken
from tantam.desk.receipts.models import Receipt
from tantam.desk.web import case_words

_LOST = {
    "window": gettext_lazy("did not arrive: they wrote too long ago"),
    "unreachable": gettext_lazy("did not arrive: they have no such account, or it takes nothing of us"),
    "held": gettext_lazy("did not arrive: the network held it back"),
    "other": gettext_lazy("did not arrive"),
}


def with_channel(message: Message) -> str:
    """Return how a message went, and what became of it as far as we were told."""
    receipt: Receipt | None = getattr(message, "receipt", None)
    said = _said(receipt) if receipt else ""
    return f"{case_words.channel(message.channel)}, {said}" if said else case_words.channel(message.channel)


def _said(receipt: Receipt) -> str:
    if receipt.lost:
        return str(_LOST.get(receipt.lost, _LOST["other"]))
    if receipt.read_at:
        return _("read %(at)s") % {"at": _time(receipt.read_at)}
    return _("arrived %(at)s") % {"at": _time(receipt.reached_at)} if receipt.reached_at else ""


def _time(at: datetime) -> str:
    return spoken.instant(at, clock.now())
