"""Somebody at the chat's window, and how many chats a colleague takes at once. What is said stands in the case."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from tantam.desk.cases.models import Case
from tantam.desk.common.fields import PlanName, TimeOrderedId
from tantam.desk.common.ids import new_key
from tantam.desk.customers.models import MOST_CONTACT, Customer
from tantam.desk.customers.models.people import MOST_NAME

MOST_PAGE = 300  # characters of an address
AT_ONCE = 4  # chats of one colleague, unless they say otherwise; docs/reference/chat.md


class Visitor(models.Model):
    """Somebody at one window. key: what their browser holds, signed. case: the one that they write in, None at first.

    name, mail: as they told, "" where they did not; page: where the window stands. agreed_at: when they agreed that
    what they write is kept. read_id: the newest message of ours that they have read; read_by_us: of theirs that one
    of us has; 0 for none. seen_at: when a window of theirs was last known to be open. ended_at: when they ended the
    chat; mailed_at: since when it goes on by mail instead, and mailed_why: a code. A later word takes both back.
    copy_asked_at: when they asked for all of it by mail; copy_id: the message by which it went, 0 until then.
    """

    id = TimeOrderedId()
    key = models.CharField(max_length=32, unique=True, default=new_key)
    language = models.CharField(max_length=5)
    name = models.CharField(max_length=MOST_NAME, default="")
    mail = models.CharField(max_length=MOST_CONTACT, default="")
    page = models.CharField(max_length=MOST_PAGE, default="")
    agreed_at = models.DateTimeField()
    customer = models.ForeignKey(Customer, null=True, on_delete=models.SET_NULL, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="visitors")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    read_id = models.BigIntegerField(default=0)
    read_by_us = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    mailed_why = PlanName(default="")
    copy_asked_at = models.DateTimeField(null=True)
    copy_id = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["case"], name="visitor_open", condition=models.Q(ended_at__isnull=True, mailed_at__isnull=True)
            )
        ]

    @property
    def is_open(self) -> bool:
        """Whether the conversation goes on at the window."""
        return self.ended_at is None and self.mailed_at is None


class Seat(models.Model):
    """How many chats a colleague takes at once; who has no row takes AT_ONCE."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="seat"
    )
    most = models.PositiveSmallIntegerField(default=AT_ONCE)
