"""Whoever was here before can take a reply back as newcomers can: nobody had been asked yet."""

from typing import Any, ClassVar

from django.db import migrations


def give(apps: Any, _schema: Any) -> None:
    """Give ten seconds to all who have none."""
    apps.get_model("accounts", "Person").objects.filter(undo_seconds=0).update(undo_seconds=10)


def take(apps: Any, _schema: Any) -> None:
    """Take them away again."""
    apps.get_model("accounts", "Person").objects.filter(undo_seconds=10).update(undo_seconds=0)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0003_ten_seconds_to_take_back")]

    operations: ClassVar = [migrations.RunPython(give, take)]
