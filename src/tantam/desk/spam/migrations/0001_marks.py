import django.db.models.deletion
import tantam.desk.common.fields
import tantam.desk.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keeps what colleagues mark as spam, and what is counted of it."""

    initial = True

    dependencies = [
        ("arrivals", "0006_because"),
        ("cases", "0008_letters_at_a_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Learned",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("spam", models.PositiveIntegerField(default=0)),
                ("ham", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", tantam.desk.common.fields.TimeOrderedId(default=tantam.desk.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("spam", models.BooleanField()),
                ("names", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("arrival", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="marks", to="arrivals.arrival")),
                ("case", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="spam_marks", to="cases.case")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("arrival__isnull", False), ("undone_at", None)), fields=("arrival",), name="mark_once_arrival"),
                    models.UniqueConstraint(condition=models.Q(("case__isnull", False), ("undone_at", None)), fields=("case",), name="mark_once_case"),
                ],
            },
        ),
    ]
