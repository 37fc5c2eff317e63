from django.db import migrations, models

import tantam.desk.common.fields
import tantam.desk.common.ids


class Migration(migrations.Migration):
    """Notes how far each mailbox is fetched."""

    dependencies = [("email", "0002_received_mail_is_an_arrival")]

    operations = [
        migrations.CreateModel(
            name="MailboxState",
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
                ("name", models.CharField(max_length=300, unique=True)),
                ("uid_validity", models.BigIntegerField(null=True)),
                ("last_uid", models.BigIntegerField(null=True)),
                ("leased_by", models.CharField(default="", max_length=40)),
                ("leased_until", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("failing_since", models.DateTimeField(null=True)),
                ("problem", models.CharField(default="", max_length=500)),
            ],
        )
    ]
