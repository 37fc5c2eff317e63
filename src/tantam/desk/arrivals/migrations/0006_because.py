from django.db import migrations, models


class Migration(migrations.Migration):
    """Notes what spoke for the problem of an arrival."""

    dependencies = [("arrivals", "0005_content")]

    operations = [migrations.AddField("arrival", "because", models.JSONField(default=dict))]
