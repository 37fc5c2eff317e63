from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("webhooks", "0001_endpoints_and_deliveries"),
    ]

    operations = [
        migrations.AddField(
            model_name="endpoint",
            name="older",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="error",
            field=models.CharField(
                choices=[
                    ("", ""),
                    ("late", "no answer within 10 seconds"),
                    ("unreached", "not reached"),
                    ("inside", "leads into a private network"),
                    ("tls", "its certificate does not hold"),
                    ("garbled", "answered what is no HTTP"),
                    ("ours", "could not be written: a fault of the desk"),
                ],
                default="",
                max_length=10,
            ),
        ),
    ]
