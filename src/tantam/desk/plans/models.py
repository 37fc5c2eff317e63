"""The versions of the plan that were enacted, drafts of the next one, and what drafts would have done."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from tantam.desk.common.fields import TimeOrderedId

MOST_TITLE = 120
MOST_NOTE = 1000
MOST_SOURCE = 80


class PlanVersion(models.Model):
    """One enacted plan: its number, 12 hex digits of its hash, the frozen text that it is thawed from."""

    number = models.PositiveIntegerField(primary_key=True)
    hash = models.CharField(max_length=12)
    frozen = models.TextField()
    in_force_from = models.DateTimeField(db_index=True)
    enacted_at = models.DateTimeField()
    enacted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"{self.number} · {self.hash}"

    def save(self, *args: Any, **options: Any) -> None:
        """Keep the version. Raises ValueError when it was enacted before."""
        if not self._state.adding:
            raise ValueError("An enacted plan never changes; enact another one.")
        super().save(*args, **options)


class Draft(models.Model):
    """A changed plan that somebody wants to try, frozen as it was brought. A row never changes.

    findings: warnings of the check, by code and arguments.
    """

    id = TimeOrderedId()
    title = models.CharField(max_length=MOST_TITLE)
    note = models.CharField(max_length=MOST_NOTE, default="")
    hash = models.CharField(max_length=12)
    frozen = models.TextField()
    findings = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"{self.title} · {self.hash}"

    def save(self, *args: Any, **options: Any) -> None:
        """Keep the draft. Raises ValueError when it was kept before."""
        if not self._state.adding:
            raise ValueError("A draft never changes; bring another one.")
        super().save(*args, **options)


class ReplayState(models.TextChoices):
    """How far a replay is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Replay(models.Model):
    """A draft played over what happened in [since, until) in one source, against a version that was in force.

    progress: per cent. attempts: how often a worker began it. result: codes and figures, once it is done.
    trouble: why it failed, a code. made_by: nobody if a program asked.
    """

    id = TimeOrderedId()
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="replays")
    against = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    source = models.CharField(max_length=MOST_SOURCE)
    state = models.CharField(max_length=10, choices=ReplayState.choices, default=ReplayState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    result = models.JSONField(null=True)
    trouble = models.CharField(max_length=40, default="")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    State = ReplayState

    def __str__(self) -> str:
        return f"{self.draft_id} · {self.source} · {self.state}"

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in (ReplayState.DONE, ReplayState.FAILED)
