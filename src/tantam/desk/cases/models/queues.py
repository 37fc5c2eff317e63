"""How colleagues look at many cases: saved views, and who is looking at which case now."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

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


class BulkRun(models.Model):
    """Something done with many cases at once, and how far it is. args: of the verb; codes, ids and what was written."""

    id = TimeOrderedId()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=20)
    args = models.JSONField(default=dict)
    at = models.DateTimeField()
    undo_asked_at = models.DateTimeField(null=True)


class BulkItem(models.Model):
    """One case of it. why, args: the code of what refused. before: what undoing puts back.

    seen: the last event of the case when it was done; what happened since keeps it from being undone.
    """

    class State(models.TextChoices):
        TODO = "todo", _("Not yet")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Not done")
        UNDONE = "undone", _("Taken back")
        KEPT = "kept", _("Could not be taken back")

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.TODO)
    why = models.CharField(max_length=40, default="")
    args = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    seen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "case"], name="bulk_item_once")]
        indexes = [models.Index(fields=["run", "state"], name="bulk_item_of_run")]
