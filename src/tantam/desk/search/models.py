"""What can be found besides messages, and how far all is indexed. The indexes themselves are the database's."""

from __future__ import annotations

from django.db import models

from tantam.desk.common.fields import TimeOrderedId


class Thing(models.Model):
    """A case, customer or product as it is found: by `title` first, then by `more`; both folded.

    target: its key. The largest ids are the newest, and come first.
    """

    class Kind(models.TextChoices):
        CASE = "case"
        CUSTOMER = "customer"
        PRODUCT = "product"

    id = TimeOrderedId()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    target = models.BigIntegerField()
    title = models.TextField()
    more = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "target"], name="thing_once")]
        indexes = [models.Index(fields=["kind", "-id"], name="thing_newest")]


class Mark(models.Model):
    """Up to which key a table is indexed, but for what was written at that very time."""

    name = models.CharField(primary_key=True, max_length=20)
    upto = models.BigIntegerField(default=0)
