"""Providers that take nothing new, and who let them serve again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tantam.desk.common.fields
import tantam.desk.common.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("plans", "0003_directives_and_moves"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Stop",
            fields=[
                (
                    "id",
                    tantam.desk.common.fields.TimeOrderedId(
                        default=tantam.desk.common.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("provider", tantam.desk.common.fields.PlanName(max_length=80)),
                ("measure", tantam.desk.common.fields.PlanName(max_length=80)),
                ("value", models.FloatField()),
                ("n", models.PositiveIntegerField()),
                ("since", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(default="", max_length=300)),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan_version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="plans.planversion"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)), fields=("provider",), name="provider_stopped_once"
                    )
                ],
            },
        ),
    ]
