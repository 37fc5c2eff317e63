"""The versions of the plan that were enacted, drafts of the next one, and what drafts would have done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models

from tantam.desk.common.fields import TimeOrderedId

MOST_TITLE = 120
MOST_NOTE = 1000
MOST_SOURCE = 80


class PlanVersion(models.Model):
    """One enacted plan: its number, 12 hex digits of its hash, the frozen text that it is thawed from.

    base: the enacted version that directives are laid over; then `directives` are their numbers, in order, and the
    row's own number is one from FIRST_LAID on, which no person sees.
    """

    FIRST_LAID = 1_000_000

    number = models.PositiveIntegerField(primary_key=True)
    hash = models.CharField(max_length=12)
    frozen = models.TextField()
    in_force_from = models.DateTimeField(db_index=True)
    enacted_at = models.DateTimeField()
    enacted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    base = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="laid")
    directives = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.number} · {self.hash}"

    def save(self, *args: Any, **options: Any) -> None:
        """Keep the version. Raises ValueError when it was enacted before."""
        if not self._state.adding:
            raise ValueError("An enacted plan never changes; enact another one.")
        super().save(*args, **options)


class Directive(models.Model):
    """A dated overlay on the plan in force: counts in [begins_at, ends_at), or until it is withdrawn.

    overlay: what it says otherwise, as YAML. notice: what customers are told of it, {language: words}; {} is nothing.
    levels, teams: names in the plan, whom it binds; both [] is everybody.
    """

    number = models.PositiveIntegerField(primary_key=True)
    title = models.CharField(max_length=MOST_TITLE)
    overlay = models.TextField()
    reason = models.CharField(max_length=MOST_NOTE)
    notice = models.JSONField(default=dict)
    levels = models.JSONField(default=list)
    teams = models.JSONField(default=list)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("begins_at")), name="directive_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.title}"

    @property
    def until(self) -> datetime:
        """When it ceases to count."""
        return min(self.ends_at, self.withdrawn_at) if self.withdrawn_at else self.ends_at


class Laid(models.Model):
    """While directives count: in [begins_at, ends_at) the version `base` is in force as `plan` has it."""

    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    base = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="stretches")
    plan = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["base", "begins_at"], name="laid_over")]


class Acknowledgement(models.Model):
    """That somebody read what changed: a directive that binds them, or a new version."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="acknowledged")
    directive = models.ForeignKey(Directive, null=True, on_delete=models.PROTECT, related_name="read_by")
    version = models.ForeignKey(PlanVersion, null=True, on_delete=models.PROTECT, related_name="read_by")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "directive"], name="directive_read_once"),
            models.UniqueConstraint(fields=["person", "version"], name="version_read_once"),
            models.CheckConstraint(
                condition=models.Q(directive=None, version__isnull=False)
                | models.Q(directive__isnull=False, version=None),
                name="read_one_thing",
            ),
        ]


class Move(models.Model):
    """Open cases that a manager moves to a version. losses: keep or take (`cases.moving.Losses`).

    since: the version whose cases move, None for every other one. after: the last case that was looked at; moved,
    refused: how many were, how many could not be. refusals: [[case, code]], the first ones.
    """

    id = TimeOrderedId()
    to = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    since = models.ForeignKey(PlanVersion, null=True, on_delete=models.PROTECT, related_name="+")
    losses = models.CharField(max_length=8)
    total = models.PositiveIntegerField()
    after = models.BigIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    refusals = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.to_id} · {self.moved}/{self.total}"


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
    COMING = (ReplayState.WAITING, ReplayState.RUNNING)  # something comes of it yet

    def __str__(self) -> str:
        return f"{self.draft_id} · {self.source} · {self.state}"

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in self.COMING
