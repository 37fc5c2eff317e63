"""Who is served, how they are reached, and what they bought."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.common.fields import TimeOrderedId

MOST_NAME = 160  # characters
MOST_CONTACT = 254  # characters of an address, as mail allows


class Customer(models.Model):
    """A person or business. `address` is the form of address (`words.md`): a code, "" while unknown, never guessed."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        BUSINESS = "business", _("Business")

    id = TimeOrderedId()
    name = models.CharField(max_length=MOST_NAME)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    language = models.CharField(max_length=5, default="vi")
    address = models.CharField(max_length=16, default="", blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    lives_alone = models.BooleanField(null=True, blank=True)
    since = models.DateField()
    note = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A mail address or telephone number of a customer, in one written form (`customers.contacts.normal`)."""

    class Kind(models.TextChoices):
        MAIL = "mail", _("Mail")
        PHONE = "phone", _("Telephone")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    value = models.CharField(max_length=MOST_CONTACT, db_index=True)
    verified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "kind", "value"], name="contact_once")]


class Product(models.Model):
    """What the company sells. `names` by language."""

    sku = models.CharField(max_length=40, unique=True)
    line = models.CharField(max_length=40, db_index=True)
    names = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.sku

    def name(self, language: str) -> str:
        """Return the product's name in `language`, else in any."""
        return str(self.names.get(language) or next(iter(self.names.values()), self.sku))


class Purchase(models.Model):
    """One thing bought. `price_minor` in minor units of `currency` (VND has none, so it is whole đồng)."""

    id = TimeOrderedId()
    number = models.CharField(max_length=24, unique=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="purchases")
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    price_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    ordered_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    plan_number = models.PositiveIntegerField(null=True)  # in force when they bought: what was promised then

    def __str__(self) -> str:
        return self.number
