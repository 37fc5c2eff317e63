"""What the inbox is read from: the list that a case stands in, kept by the database, and the customer's groups."""

from __future__ import annotations

from django.db import migrations, models

LISTED = models.Q(queue__isnull=False)


def _index(name: str, *fields: str) -> migrations.AddIndex:
    return migrations.AddIndex("case", models.Index(fields=list(fields), name=name, condition=LISTED))


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_shared_work")]

    operations = [
        migrations.RemoveIndex("case", "case_owed_first"),
        migrations.AddField("case", "groups", models.TextField(default="")),
        migrations.AddField(
            "case",
            "queue",
            models.GeneratedField(
                expression=models.Case(
                    models.When(status__in=["open", "waiting"], snoozed_at__isnull=False, then=models.Value("asleep")),
                    models.When(status__in=["open", "waiting"], then=models.F("status")),
                ),
                output_field=models.CharField(max_length=12, null=True),
                db_persist=True,
            ),
        ),
        _index("case_owed_first", "queue", "next_due_at", "id"),
        _index("case_owed_level", "level", "queue", "next_due_at", "id"),
        _index("case_owed_owner", "owner", "queue", "next_due_at", "id"),
    ]
