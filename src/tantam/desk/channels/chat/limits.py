"""How often a window may ask: by its token and by the network that it asks from; typing is counted in memory alone."""

from __future__ import annotations

from time import monotonic

from django.conf import settings

from tantam.desk.channels.chat.doors import Asked
from tantam.desk.common import rate

STARTED = rate.Rate("chat_started", settings.FILED_PER_HOUR)
WRITTEN = rate.Rate("chat_written", 600)  # of one window
WRITTEN_FROM = rate.Rate("chat_written_from", 3000)  # of one network: an office has many windows
FILED = rate.Rate("chat_file", 60)
FILED_FROM = rate.Rate("chat_file_from", 300)
MAILED = rate.Rate("chat_mail", 5)
MAILED_FROM = rate.Rate("chat_mail_from", settings.FILED_PER_HOUR)
TYPING_SECONDS = 0.9
MOST_TYPING = 5000

_typed: dict[int, float] = {}


def count_start(request: Asked) -> None:
    """Count a conversation that begins. Raises Refused("too_often")."""
    rate.count(STARTED, _network(request))


def count_written(request: Asked) -> None:
    """Count a message. Raises Refused("too_often")."""
    _count(request, WRITTEN, WRITTEN_FROM)


def count_file(request: Asked) -> None:
    """Count a file. Raises Refused("too_often")."""
    _count(request, FILED, FILED_FROM)


def count_mail(request: Asked) -> None:
    """Count an address that is left. Raises Refused("too_often")."""
    _count(request, MAILED, MAILED_FROM)


def may_tell_typing(visitor: int) -> bool:
    """Whether it is passed on that they type: at most once in TYPING_SECONDS."""
    now = monotonic()
    if now - _typed.get(visitor, -TYPING_SECONDS) < TYPING_SECONDS:
        return False
    if len(_typed) > MOST_TYPING:
        _typed.clear()
    _typed[visitor] = now
    return True


def _count(request: Asked, own: rate.Rate, all_of: rate.Rate) -> None:
    rate.count(all_of, _network(request))
    rate.count(own, str(request.visitor.pk))


def _network(request: Asked) -> str:
    return rate.network(rate.address_of(request))
