"""Customers who were kept before are found by name too."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from tantam.desk.customers.names import tails

AT_ONCE = 1000


def note_names(apps: Any, editor: Any) -> None:
    customer, part = apps.get_model("customers", "Customer"), apps.get_model("customers", "NamePart")
    made = []
    for pk, name in customer.objects.order_by("pk").values_list("pk", "name").iterator(chunk_size=AT_ONCE):
        made += [part(customer_id=pk, tail=tail) for tail in tails(name)]
        if len(made) >= AT_ONCE:
            part.objects.bulk_create(made)
            made = []
    part.objects.bulk_create(made)


def forget_names(apps: Any, editor: Any) -> None:
    apps.get_model("customers", "NamePart").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_who_and_how_reached")]

    operations = [migrations.RunPython(note_names, forget_names)]
