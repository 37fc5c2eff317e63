"""What stands in for a name that nobody told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0006_mail_that_came_back")]

    operations = [
        migrations.AddField("customer", "stand_in", models.CharField(blank=True, default="", max_length=300)),
    ]
