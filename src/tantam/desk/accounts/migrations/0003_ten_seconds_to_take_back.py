"""Whoever joins from now on can take a reply back for ten seconds."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0002_what_people_answer_in")]

    operations: ClassVar = [
        migrations.AlterField("person", "undo_seconds", models.PositiveSmallIntegerField(default=10)),
    ]
