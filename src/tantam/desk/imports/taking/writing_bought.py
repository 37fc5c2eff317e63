"""Writes what was settled about the purchases of a portion; the caller is inside a transaction."""

from __future__ import annotations

from collections.abc import Sequence

from tantam.desk.common.rows import insert
from tantam.desk.customers.bought import corrected
from tantam.desk.customers.models import Product, Purchase
from tantam.desk.imports.taking.bought import KIND, PLAIN, Bought
from tantam.desk.imports.taking.by_id import keep_ids
from tantam.desk.imports.taking.outcome import Outcome
from tantam.desk.imports.taking.writing import regroup, write_people


def write_bought(bought: Bought, outcomes: Sequence[Outcome]) -> None:
    """Write buyers, products and purchases of a portion, and by which id they are known."""
    taken = [each for each in outcomes if each.code != "rejected"]
    write_people(bought.people, bought.buyers)
    Product.objects.bulk_create(bought.new_products.values())  # their keys come from the database
    new = [each.purchase for each in taken if each.code == "new" and each.purchase]
    for each in new:
        each.product_id = each.product.pk
    insert(new)
    altered = [each.purchase for each in taken if each.fields and each.purchase]
    if altered:
        Purchase.objects.bulk_update(altered, [*PLAIN, "product"], batch_size=200)
        corrected([each.pk for each in altered])
    keep_ids(KIND, taken, bought.bringer)
    regroup(each.customer.pk for each in taken if each.code in ("new", "changed", "matched") and each.customer)
