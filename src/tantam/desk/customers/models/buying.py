"""What is sold, and who bought what."""

from __future__ import annotations

from django.db import models

from tantam.desk.common.fields import TimeOrderedId
from tantam.desk.customers.models.people import Customer


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

    class Meta:
        indexes = [
            models.Index(fields=["ordered_at"], name="purchase_ordered"),
            models.Index(fields=["handed_over_at"], name="purchase_handed_over"),
        ]

    def __str__(self) -> str:
        return self.number
