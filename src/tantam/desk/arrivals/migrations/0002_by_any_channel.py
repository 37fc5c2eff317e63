from django.db import migrations, models


class Migration(migrations.Migration):
    """What was received mail is what came by any channel."""

    dependencies = [("arrivals", "0001_received_mail")]

    operations = [
        migrations.RenameField("arrival", "digest", "key"),
        migrations.RenameField("arrival", "message_id", "name"),
        migrations.AlterField("arrival", "key", models.CharField(max_length=80)),
        migrations.AddField(
            "arrival", "channel", models.CharField(default="mail", max_length=20), preserve_default=False
        ),
        migrations.AddField("arrival", "account", models.CharField(default="", max_length=80)),
        migrations.AddField("arrival", "sender", models.CharField(default="", max_length=254)),
        migrations.AddField("arrival", "subject", models.CharField(default="", max_length=200)),
        migrations.AddConstraint("arrival", models.UniqueConstraint(fields=["channel", "key"], name="arrival_once")),
    ]
