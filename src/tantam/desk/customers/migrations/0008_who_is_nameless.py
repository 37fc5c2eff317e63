"""Who is called by a handle is nameless. Backwards nothing is to be done: the column goes with the one before."""

from typing import Any

from django.db import migrations
from django.db.models import F

NETWORKS = ("zalo", "messenger", "facebook", "viber", "telegram", "signal", "instagram", "line", "chat")


def note(apps: Any, _editor: Any) -> None:
    Contact, Customer = apps.get_model("customers", "Contact"), apps.get_model("customers", "Customer")
    handles = Contact.objects.filter(kind="handle", network__in=NETWORKS, customer__name=F("value"))
    for each in handles.exclude(value__startswith="+").iterator():
        Customer.objects.filter(pk=each.customer_id).update(stand_in=f"{each.network}:{each.value}"[:300])


class Migration(migrations.Migration):
    dependencies = [("customers", "0007_names_that_are_none")]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
