"""How colleagues look at many cases: saved views, and who is looking at which case now."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from tantam.desk.cases.models.case import Case
from tantam.desk.common.fields import TimeOrderedId


class SavedView(models.Model):
    """A filter with a name. query: as typed (`group:elderly promise:<2h`). shared: everybody sees it."""

    id = TimeOrderedId()
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=400)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="views")
    shared = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(default=0)


class Looking(models.Model):
    """Who has a case open, and when they last typed. Old rows mean nothing and are thrown away."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="looking")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    typed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="looking_once")]
