"""The tokens that programs show, and the answers that are given again to a request that comes again."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models

from tantam.desk.common.fields import TimeOrderedId
from tantam.desk.customers.models import Customer

MOST_NAME = 80


class ApiToken(models.Model):
    """A secret that a program shows. Only its hash is kept (SHA-256, hex); `prefix` is its beginning, to know it by.

    person: as whom it acts, None for a shop's, which files cases and may push customers. scopes: of `scopes.ALL`.
    """

    id = TimeOrderedId()
    name = models.CharField(max_length=MOST_NAME)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="tokens")
    scopes = models.JSONField(default=list)
    hash = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=12)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"

    def counts(self, now: datetime) -> bool:
        """Whether it lets anybody in at `now`."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


class Bound(models.Model):
    """What the token of an assistant leaves of its scope. customer: the only one that it serves; topics: [] is all."""

    token = models.OneToOneField(ApiToken, primary_key=True, on_delete=models.CASCADE, related_name="bound")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.CASCADE, related_name="+")
    topics = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.token_id}"


class KeptAnswer(models.Model):
    """What was answered to a request with an Idempotency-Key. digest: of the token, the address and the key.

    asked: the digest of what the request said. content, headers: of the answer, which is given again.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    content = models.TextField(default="")
    headers = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="kept_answer_at")]

    def __str__(self) -> str:
        return f"{self.status} {self.digest[:12]}"
