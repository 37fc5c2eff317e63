import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Notes who saw to something in the tray, and what was thrown away."""

    dependencies = [("arrivals", "0003_work_of_reading"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField(
            "arrival",
            "seen_to_by",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField("arrival", "thrown_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "arrival",
            models.Index(
                condition=models.Q(("case__isnull", True), ("thrown_at__isnull", True)),
                fields=["-id"],
                name="arrival_tray",
            ),
        ),
    ]
