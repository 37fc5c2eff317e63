"""They answered meanwhile: one more reason why nobody is asked."""

from __future__ import annotations

from django.db import migrations, models

REASONS = [
    ("never_agreed", "They never agreed to it"),
    ("said_no", "They said no to it"),
    ("no_address", "No address that we may use is known"),
    ("plan_changed", "The plan no longer asks for it"),
    ("too_late", "It was too late for it"),
    ("asked_lately", "They were asked a short while ago"),
    ("answered", "They answered meanwhile"),
]


class Migration(migrations.Migration):
    dependencies = [("followups", "0002_too_late")]
    operations = [
        migrations.AlterField("followup", "reason", models.CharField(choices=REASONS, default="", max_length=16))
    ]
