"""A case's way through a procedure of the plan: where it stands, and what was gone through."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.models import Case
from tantam.desk.common.fields import PlanName, TimeOrderedId
from tantam.desk.plans.models import PlanVersion


class Run(models.Model):
    """One way of a case through a procedure, under the version of the plan that it began with; one runs at a time.

    tokens: [{number, path, since, begins, due, late}], the steps where the work stands, oldest first; next: the
    number of the next one. taken: [{number, path, how, at, since, when, person, reason, before}], what was gone
    through, first to last; `before`, where somebody acted, holds the tokens as they stood. next_at: when time alone
    changes something. Instants in them are ISO. Shapes: plans/procedures.py.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Under way")
        REACHED = "reached", _("Gone to its end")
        LEFT = "left", _("The case was settled before")
        STOPPED = "stopped", _("Stopped by a colleague")

    id = TimeOrderedId()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="runs")
    procedure = PlanName()
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    tokens = models.JSONField(default=list)
    next = models.PositiveIntegerField(default=1)
    taken = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="run_once", condition=models.Q(state="running")),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="run_in_time", condition=models.Q(state="running")),
            models.Index(fields=["case", "id"], name="run_of_case"),
        ]
