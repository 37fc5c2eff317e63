from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Concat, Replace


def _renamed(apps, kind, other, word, other_word):
    work = apps.get_model("common", "DueWork").objects.filter(kind=kind)
    for each in work.only("payload").iterator():
        each.payload = {other_word: each.payload[word]}
        each.save(update_fields=["payload"])
    work.update(kind=other, key=Concat(Value(other), Replace(F("key"), Value(kind), Value(""))))


def forwards(apps, schema_editor):
    _renamed(apps, "read_mail", "read_arrival", "mail", "arrival")


def backwards(apps, schema_editor):
    _renamed(apps, "read_arrival", "read_mail", "arrival", "mail")


class Migration(migrations.Migration):
    """Mail that waits to be read is read by the name that the work has now."""

    dependencies = [("arrivals", "0002_by_any_channel"), ("common", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
