"""A delivery keeps when its promise was kept, or first broken; another day afterwards does not move that."""

from django.db import migrations, models
from django.db.models import F


def note_ends(apps, _schema):
    """Fill it in. One that was late and has another day since was broken before it was told of that day."""
    deliveries = apps.get_model("customers", "Delivery").objects.filter(ended_at=None)
    deliveries.filter(state="kept").update(ended_at=F("delivered_at"))
    broken = deliveries.filter(state="broken")
    broken.filter(told_at__lt=F("due_at")).update(ended_at=F("told_at"))
    broken.filter(ended_at=None).update(ended_at=F("due_at"))


class Migration(migrations.Migration):
    dependencies = [("customers", "0012_purchases_by_day")]

    operations = [
        migrations.AddField(model_name="delivery", name="ended_at", field=models.DateTimeField(null=True)),
        migrations.RunPython(note_ends, migrations.RunPython.noop),
    ]
