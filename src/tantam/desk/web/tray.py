"""Mail that came in and could not be read: kept, and shown to the administrator."""

from __future__ import annotations

from django.apps import apps
from django.db.models import QuerySet

HARMLESS = ("", "automatic", "duplicate")


def unread_mail(most: int) -> QuerySet:
    """Return the newest mails with a problem, at most `most`, without their raw bytes.

    The channel's table is asked for by name: pages do not import channels.
    """
    received = apps.get_model("email", "ReceivedMail")
    return received.objects.exclude(problem__in=HARMLESS).defer("raw").order_by("-id")[:most]
