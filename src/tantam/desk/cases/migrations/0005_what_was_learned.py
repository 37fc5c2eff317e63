"""The answer that settled an open question stands with it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_queues")]

    operations = [migrations.AddField("pin", "learned", models.CharField(default="", max_length=500))]
