"""What colleagues are told, and how each wants to be told it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.models import Case
from tantam.desk.common.fields import PlanName, TimeOrderedId
from tantam.desk.plans.models import Directive

MOST_URL = 500


class Kind(models.TextChoices):
    """What somebody is told of; each chooses how, kind by kind."""

    HANDED = "handed", _("A case is handed to me")
    CUSTOMER = "customer", _("The customer writes on my case")
    MENTION = "mention", _("A note names me")
    PROMISE = "promise", _("What I owe is due soon, or broken")
    APPROVAL = "approval", _("An approval is asked of me, or decided for me")
    WATCHED = "watched", _("News of a case that I watch")
    BUDGET = "budget", _("A budget is nearly spent, or spent")
    DIRECTIVE = "directive", _("A directive binds me")
    PROVIDER = "provider", _("A provider is stopped, or near it")


class Shape(models.TextChoices):
    """What the other side of a webhook understands."""

    TEAMS = "teams", "Microsoft Teams"
    SLACK = "slack", "Slack"
    PLAIN = "plain", _("Another program (JSON, signed)")


class Notice(models.Model):
    """News for one person: all of one kind on one case until they read it. times: how many were put together.

    code, args, actor: of the last event, as it is kept. last_event: its id, so that nothing is told twice. provider:
    of news about one, its name in the plan; its last_event is the stop's id, or the week in which it was near one.
    """

    id = TimeOrderedId()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="notices")
    directive = models.ForeignKey(Directive, null=True, on_delete=models.CASCADE, related_name="notices")
    provider = PlanName(default="")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    code = models.CharField(max_length=40)
    args = models.JSONField(default=dict)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    last_event = models.BigIntegerField()
    times = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    hooked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "case", "kind"], condition=models.Q(read_at=None), name="notice_once_a_case"
            ),
            models.UniqueConstraint(fields=["person", "directive"], name="notice_once_a_directive"),
            models.UniqueConstraint(
                fields=["person", "provider", "code", "last_event"],
                condition=~models.Q(provider=""),
                name="notice_once_a_stop",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-at"], name="notice_of_person"),
            models.Index(fields=["person"], name="notice_unread", condition=models.Q(read_at=None)),
        ]


class Wishes(models.Model):
    """How somebody wants to be told. ways: {kind: of "push", "mail", "hook"}; in the app everything stands anyway."""

    class Every(models.TextChoices):
        NOW = "now", _("At once")
        HOUR = "hour", _("Once an hour")
        DAY = "day", _("Once a day")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wishes")
    ways = models.JSONField(default=dict)
    mail_every = models.CharField(max_length=5, choices=Every.choices, default=Every.HOUR)


class Hook(models.Model):
    """Where a webhook goes: a person's own, else that of their team. secret: signs what is sent."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="hook")
    team = PlanName(null=True, unique=True)
    shape = models.CharField(max_length=5, choices=Shape.choices)
    url = models.CharField(max_length=MOST_URL)
    secret = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, team=None) | models.Q(person=None, team__isnull=False),
                name="hook_of_one",
            )
        ]


class Subscription(models.Model):
    """A browser that takes web push. p256dh, auth: its key and secret, base64url, as the browser gave them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    endpoint = models.CharField(max_length=MOST_URL, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    since = models.DateTimeField()
