"""A comment in public: a customer's under what the company posted, or the company's answer to it."""

from __future__ import annotations

from django.db import models

from tantam.desk.cases.models import Message
from tantam.desk.common.fields import TimeOrderedId
from tantam.desk.customers.models import MOST_CONTACT

MOST_COMMENT = 120  # characters by which a network names a comment


class Comment(models.Model):
    """What makes a message public. name: of the comment at its network, None for an answer that is not there yet.

    thread: the name of the comment that all of its thread stand under. link: where anybody reads it, "" where the
    network did not say. at: when it was written there. edited: its newest words, "" while they are the first; what it
    said first is the message's. reached: the handle under which one private message reached its writer, "" so far.
    """

    id = TimeOrderedId()
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="comment")
    network = models.CharField(max_length=16)
    name = models.CharField(max_length=MOST_COMMENT, unique=True, null=True)
    thread = models.CharField(max_length=MOST_COMMENT, db_index=True)
    link = models.CharField(max_length=500, default="")
    at = models.DateTimeField()
    edited = models.TextField(default="")
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    reached = models.CharField(max_length=MOST_CONTACT, default="", db_index=True)
