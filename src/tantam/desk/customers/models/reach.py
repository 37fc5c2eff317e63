"""How a customer is reached: mail, telephone, a name in a network, a place."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.common import clock
from tantam.desk.common.fields import TimeOrderedId
from tantam.desk.customers.models.people import Customer

MOST_STATUS = 12  # characters of a mail server's code
MOST_CONTACT = 254  # characters of an address, as mail allows


class Contact(models.Model):
    """A mail address, telephone number or handle of a customer, in one written form (`customers.contacts.normal`).

    network: where a handle lives (`zalo`), "" for the others. verified_how: a code of `verify_contact.WAYS`
    or `prove_contact.PROOFS`.
    preferred: the one they want to be reached by; at most one a customer. bounced_at: since when mail to it came back
    for good, None if it takes mail; bounced_why: the code, as in RFC 3463.
    """

    class Kind(models.TextChoices):
        MAIL = "mail", _("Mail")
        PHONE = "phone", _("Telephone")
        HANDLE = "handle", _("Messenger")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    network = models.CharField(max_length=16, default="", blank=True)
    value = models.CharField(max_length=MOST_CONTACT, db_index=True)
    preferred = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True)
    verified_how = models.CharField(max_length=16, default="", blank=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    bounced_at = models.DateTimeField(null=True)
    bounced_why = models.CharField(max_length=MOST_STATUS, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "kind", "network", "value"], name="contact_once"),
            models.UniqueConstraint(
                fields=["customer"], name="contact_preferred_once", condition=models.Q(preferred=True)
            ),
        ]

    def __str__(self) -> str:
        return self.value


class PostalAddress(models.Model):
    """Where a customer lives or receives. lines: street and house as they write it; country: two letters."""

    id = TimeOrderedId()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="places")
    lines = models.CharField(max_length=300)
    postcode = models.CharField(max_length=16, default="", blank=True)
    city = models.CharField(max_length=120, default="", blank=True)
    country = models.CharField(max_length=2, default="", blank=True)
    added_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return ", ".join(each for each in (self.lines, f"{self.postcode} {self.city}".strip()) if each)
