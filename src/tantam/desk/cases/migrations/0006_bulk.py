"""What was done with many cases at once: each case of it, what came of it, and what undoing puts back."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tantam.desk.common.fields import TimeOrderedId

STATES = [
    ("todo", "Not yet"),
    ("done", "Done"),
    ("refused", "Not done"),
    ("undone", "Taken back"),
    ("kept", "Could not be taken back"),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_what_was_learned"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            "BulkRun",
            [
                ("id", TimeOrderedId(serialize=False)),
                ("verb", models.CharField(max_length=20)),
                ("args", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("undo_asked_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            "BulkItem",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(choices=STATES, default="todo", max_length=8)),
                ("why", models.CharField(default="", max_length=40)),
                ("args", models.JSONField(default=dict)),
                ("before", models.JSONField(default=dict)),
                ("seen", models.BigIntegerField(default=0)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="cases.bulkrun"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["run", "state"], name="bulk_item_of_run")],
                "constraints": [models.UniqueConstraint(fields=("run", "case"), name="bulk_item_once")],
            },
        ),
    ]
