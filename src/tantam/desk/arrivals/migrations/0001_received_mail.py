import django.db.models.deletion
from django.db import migrations, models

import tantam.desk.common.fields
import tantam.desk.common.ids


class Migration(migrations.Migration):
    """Takes the table of received mail over, as it is."""

    initial = True
    dependencies = [("cases", "0001_initial"), ("email", "0002_received_mail_is_an_arrival")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Arrival",
                    fields=[
                        (
                            "id",
                            tantam.desk.common.fields.TimeOrderedId(
                                default=tantam.desk.common.ids.new_id,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("message_id", models.CharField(db_index=True, default="", max_length=255)),
                        ("raw", models.BinaryField()),
                        ("received_at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(null=True)),
                        ("problem", models.CharField(default="", max_length=40)),
                        (
                            "case",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.PROTECT, to="cases.case"
                            ),
                        ),
                    ],
                )
            ]
        )
    ]
