"""An import of a file, from its upload to its end; and by which name another system knows a customer or a purchase."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tantam.desk.common.fields import TimeOrderedId
from tantam.desk.customers.models import Contract, Customer, Delivery, Purchase, Unit

MOST_SOURCE = 40
MOST_EXTERNAL = 120  # characters of another system's id
MOST_SEEN = 128


class Import(models.Model):
    """One file taken in. rows: what each of its rows is. source: the system it comes from, by a name of its own.

    name: the file's. form: which built-in mapping knew it, "" for another. how: encoding, delimiter, sheet. mapping:
    as `meaning.form.Mapping` writes it. row: the last row done. progress: per cent. reject_bytes: how much of the file
    of rejected rows counts. attempts: how often a worker began it since it last got further. turns: how often somebody
    had it run. made_by: nobody if the command line did.
    """

    class Rows(models.TextChoices):
        CUSTOMERS = "customers", _("Customers")
        PURCHASES = "purchases", _("Purchases")
        CONTRACTS = "contracts", _("Contracts")
        UNITS = "units", _("Serial numbers")
        DELIVERIES = "deliveries", _("Deliveries")

    class State(models.TextChoices):
        KEPT = "kept", _("not begun")
        WAITING = "waiting", _("waits for a worker")
        RUNNING = "running", _("under way")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("done")
        FAILED = "failed", _("given up")

    COMING = (State.WAITING, State.RUNNING)  # something comes of it yet

    id = TimeOrderedId()
    rows = models.CharField(max_length=12, choices=Rows.choices)
    source = models.CharField(max_length=MOST_SOURCE)
    name = models.CharField(max_length=200)
    form = models.CharField(max_length=20, default="")
    kind = models.CharField(max_length=8)
    how = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    size = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.KEPT)
    row = models.BigIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    reject_bytes = models.BigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    turns = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=40, default="")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    file_gone = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["fingerprint"], name="import_of_a_file")]

    def __str__(self) -> str:
        return f"{self.name} · {self.state}"

    @property
    def over(self) -> bool:
        """Whether nothing more comes of it by itself."""
        return self.state not in self.COMING

    @property
    def done_rows(self) -> int:
        """How many rows were read so far."""
        return self.new + self.matched + self.changed + self.same + self.rejected


class ExternalId(models.Model):
    """The id by which a source knows a customer or a purchase of ours, or a contract, unit or delivery of one.

    kind: of KINDS. seen: what the source said last, a short digest a field, so that only what the source itself
    changes is written again. told_by: the import that told of it last, None for a program. An organisation that a
    source only names is known by its folded name. A contract stands beside whom it is with, a unit or a delivery
    beside its purchase.
    """

    KINDS = ("customer", "organisation", "purchase", "contract", "unit", "delivery")

    id = TimeOrderedId()
    source = models.CharField(max_length=MOST_SOURCE)
    kind = models.CharField(max_length=12)
    external = models.CharField(max_length=MOST_EXTERNAL)
    customer = models.ForeignKey(Customer, null=True, on_delete=models.CASCADE, related_name="external_ids")
    purchase = models.ForeignKey(Purchase, null=True, on_delete=models.CASCADE, related_name="external_ids")
    contract = models.ForeignKey(Contract, null=True, on_delete=models.CASCADE, related_name="external_ids")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="external_ids")
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.CASCADE, related_name="external_ids")
    seen = models.CharField(max_length=MOST_SEEN, default="")
    told_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "external"], name="external_id_once"),
            models.CheckConstraint(
                condition=Q(customer__isnull=False) ^ Q(purchase__isnull=False), name="external_id_of_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}/{self.external}"
