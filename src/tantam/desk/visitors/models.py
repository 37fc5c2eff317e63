"""Links by which customers sign in, and how long they stay signed in. Neither key is kept, only what proves it."""

from __future__ import annotations

from django.db import models

from tantam.desk.common.fields import TimeOrderedId
from tantam.desk.customers.models import Contact


class EntryLink(models.Model):
    """A link that was mailed to a verified address, good for one entry. name: of the work that mailed it."""

    id = TimeOrderedId()
    name = models.CharField(max_length=64, unique=True)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    mail = models.CharField(max_length=254)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class Stay(models.Model):
    """A browser that is signed in. digest: SHA-256 of its key. mail: the contact's address as they signed in.

    It ends when the contact goes, is written otherwise or is no longer verified.
    """

    id = TimeOrderedId()
    digest = models.CharField(max_length=64, unique=True)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    mail = models.CharField(max_length=254)
    since = models.DateTimeField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pk}"
