"""A case, and what was said in it."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tantam.desk.common.fields import PlanName, TimeOrderedId
from tantam.desk.common.ids import new_key, new_reference
from tantam.desk.customers.models import MOST_CONTACT, Customer, Purchase, Purpose
from tantam.desk.plans.models import PlanVersion


class Case(models.Model):
    """One concern of one customer, from first contact until settled.

    stage, severity, level, topic, department, provider are names in the plan; `next_due_at` and the `last_*` fields
    repeat what the ledger and the messages say, so that the inbox is one query. fields: the plan's terms that
    colleagues filled in, as fact text. A case that sleeps (`snoozed_at`) wakes at `snoozed_until`, or with the
    customer's next word if that is None. One that is merged keeps its own messages and promises; they are shown with,
    and fulfilled by, those of `merged_into`, so that undoing it moves nothing.

    groups: of the customer, each between bars (`|elderly|vip|`), as `cases.grouping` keeps them. queue: which list of
    the inbox it stands in, by the database itself; None for one that nothing is to be done about.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        WAITING = "waiting", _("Waiting for the customer")
        RESOLVED = "resolved", _("Resolved")
        MERGED = "merged", _("Joined to another case")

    UNDER_WAY = (Status.OPEN, Status.WAITING)  # neither settled nor joined to another one

    id = TimeOrderedId()
    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    link_key = models.CharField(max_length=32, unique=True, default=new_key)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases")
    purchase = models.ForeignKey(Purchase, null=True, on_delete=models.PROTECT, related_name="cases")
    subject = models.CharField(max_length=200)
    topic = PlanName(default="")
    stage = PlanName()
    severity = PlanName()
    level = PlanName()
    channel = PlanName()
    language = models.CharField(max_length=5)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="cases")
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField()
    last_words = models.CharField(max_length=160, default="")
    last_direction = models.CharField(max_length=10, default="incoming")
    reopened = models.PositiveSmallIntegerField(default=0)
    fields = models.JSONField(default=dict)
    limit_rule = PlanName(default="")  # the row of `limits` that says we do not do this
    department = PlanName(default="")  # of `internal`: who owes it, for a case between departments
    provider = PlanName(default="")  # of `providers`: whose queue it is in, "" for the house's own
    snoozed_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_cases")
    groups = models.TextField(default="")
    queue = models.GeneratedField(
        expression=models.Case(
            models.When(status__in=["open", "waiting"], snoozed_at__isnull=False, then=models.Value("asleep")),
            models.When(status__in=["open", "waiting"], then=models.F("status")),
        ),
        output_field=models.CharField(max_length=12, null=True),
        db_persist=True,
    )

    class Meta:
        # Every list of the inbox says `queue = …`, from which both databases see that such an index holds all of it.
        indexes = [
            models.Index(
                fields=["queue", "next_due_at", "id"], name="case_owed_first", condition=models.Q(queue__isnull=False)
            ),
            models.Index(
                fields=["level", "queue", "next_due_at", "id"],
                name="case_owed_level",
                condition=models.Q(queue__isnull=False),
            ),
            models.Index(
                fields=["owner", "queue", "next_due_at", "id"],
                name="case_owed_owner",
                condition=models.Q(queue__isnull=False),
            ),
            models.Index(
                fields=["merged_into"], name="case_merged_into", condition=models.Q(merged_into__isnull=False)
            ),
            models.Index(fields=["customer", "-id"], name="case_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.subject}"

    @property
    def is_under_way(self) -> bool:
        """Whether it is neither settled nor joined to another one."""
        return self.status in self.UNDER_WAY

    @cached_property
    def told(self) -> Mapping[str, str]:
        """What was told when it was opened, as {term: fact text}; it never changes, so it is read once."""
        args = self.events.filter(code="opened").order_by("id").values_list("args", flat=True).first()
        found: Mapping[str, str] = (args or {}).get("facts", {})
        return found


class Message(models.Model):
    """What was said in a case, as it was said. A note is read by colleagues only.

    purpose: what a letter is for, of `customers.Purpose`; what is no service goes only to who agreed. goes_at: until
    then quiet hours keep it, None for one that goes out at once.
    """

    class Direction(models.TextChoices):
        INCOMING = "incoming", _("From the customer")
        OUTGOING = "outgoing", _("To the customer")
        NOTE = "note", _("Internal note")

    id = TimeOrderedId()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=10, choices=Direction.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    channel = PlanName()
    body = models.TextField()
    written_at = models.DateTimeField()
    message_id = models.CharField(max_length=255, unique=True, null=True)
    sent_to = models.CharField(max_length=MOST_CONTACT, default="")
    delivered_at = models.DateTimeField(null=True)
    submission = models.CharField(max_length=64, unique=True, null=True)  # a form sent twice is one message
    purpose = models.CharField(max_length=16, default=Purpose.SERVICE.value)
    goes_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="message_of_case")]
