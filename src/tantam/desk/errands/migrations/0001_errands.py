"""What providers are asked to do on a case."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tantam.desk.common.fields
import tantam.desk.common.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0009_quiet_hours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Errand",
            fields=[
                (
                    "id",
                    tantam.desk.common.fields.TimeOrderedId(
                        default=tantam.desk.common.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("provider", tantam.desk.common.fields.PlanName(max_length=80)),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("late_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Asked"), ("done", "Done"), ("withdrawn", "Taken back")],
                        default="asked",
                        max_length=10,
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cases.message",
                    ),
                ),
                (
                    "asked",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cases.message",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="errands", to="cases.case"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["provider", "-asked_at"], name="errand_of_provider")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("case",), name="errand_one_at_a_time"
                    )
                ],
            },
        ),
    ]
