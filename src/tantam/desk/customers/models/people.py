"""Persons, organisations and departments; who belongs to which; what was changed about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tantam.desk.common.fields import PlanName, TimeOrderedId
from tantam.desk.customers import nameless
from tantam.desk.customers.names import tails

MOST_NAME = 160  # characters of a customer's name, whatever channel tells it
MOST_ROLE = 80


class Customer(models.Model):
    """A person, an organisation, or one of our own departments.

    address is the form of address (`words.md`): a code, "" while unknown, never guessed. internal: a colleague or a
    department, not somebody we sell to; department: its name, or theirs, in the plan's `internal`. colleague: whose
    account an internal customer is. organisation: the latest of their memberships, repeated here for the facts.
    timezone: an IANA name, "" for the company's. edition grows whenever `change` writes, so that nobody overwrites what
    they have not seen. stand_in: the network and the handle that stand in for a name that nobody told, "" for none.
    merged_into: who stands for them since two were found to be one.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        BUSINESS = "business", _("Business")
        DEPARTMENT = "department", pgettext_lazy("customer", "Department")

    id = TimeOrderedId()
    name = models.CharField(max_length=MOST_NAME)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    language = models.CharField(max_length=5, default="vi")
    address = models.CharField(max_length=16, default="", blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    lives_alone = models.BooleanField(null=True, blank=True)
    since = models.DateField()
    note = models.TextField(default="", blank=True)
    internal = models.BooleanField(default=False)
    department = PlanName(default="", blank=True)
    colleague = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="as_customer"
    )
    organisation = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    timezone = models.CharField(max_length=64, default="", blank=True)
    edition = models.PositiveIntegerField(default=0)
    stand_in = models.CharField(max_length=300, default="", blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["kind", "-id"], name="customer_of_kind"),
            models.Index(fields=["-id"], name="customer_internal", condition=Q(internal=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["department"], name="customer_is_department", condition=Q(kind="department")
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_nameless(self) -> bool:
        """Whether nobody has told their name: what stands there is what a network knows them by."""
        network, _colon, name = self.stand_in.partition(":")
        return bool(network) and name == self.name

    @property
    def shown(self) -> str:
        """The name as colleagues read it, in the active language."""
        return nameless.words(self.stand_in.partition(":")[0], self.since) if self.is_nameless else self.name

    def save(self, *args: Any, **options: Any) -> None:
        """Keep the customer, and what their name is found by."""
        adding, written = self._state.adding, options.get("update_fields")
        super().save(*args, **options)
        if adding:
            NamePart.note([self])
        elif written is None or "name" in written:
            NamePart.keep([self])


class NamePart(models.Model):
    """A customer's folded name from one of its words on: what a search by the beginning of a word looks in.

    tail is bytes, so that both databases sort it alike and one index answers.
    """

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="name_parts", db_index=False)
    tail = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["tail", "customer"], name="namepart_tail"),
            models.Index(fields=["customer", "tail"], name="namepart_customer"),
        ]

    def __str__(self) -> str:
        return bytes(self.tail).decode()

    @classmethod
    def keep(cls, customers: Sequence[Customer]) -> None:
        """Write what these customers' names are found by now, instead of before."""
        cls.objects.filter(customer__in=customers).delete()
        cls.note(customers)

    @classmethod
    def note(cls, customers: Sequence[Customer]) -> None:
        """Write what the names of new customers are found by."""
        parts = (cls(customer=each, tail=tail) for each in customers for tail in tails(each.name))
        cls.objects.bulk_create(parts, batch_size=2000)


class Membership(models.Model):
    """A person belongs to an organisation. role: what they are there, in their words. left: None while they are.

    sees_cases: the organisation lets them see the cases of its other people.
    """

    id = TimeOrderedId()
    organisation = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=MOST_ROLE, default="", blank=True)
    joined = models.DateField()
    left = models.DateField(null=True)
    sees_cases = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"], name="membership_once", condition=Q(left__isnull=True)
            ),
            models.CheckConstraint(condition=~Q(organisation=models.F("person")), name="membership_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.organisation_id}"


class Change(models.Model):
    """That something about a customer was changed, by whom. what: codes, never the values, which may be erased."""

    id = TimeOrderedId()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="changes")
    code = models.CharField(max_length=24)
    what = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.code} {self.customer_id}"
