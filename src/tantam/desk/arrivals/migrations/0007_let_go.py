from django.db import migrations, models


class Migration(migrations.Migration):
    """Notes of what came when its bytes were thrown away."""

    dependencies = [("arrivals", "0006_because")]

    operations = [
        migrations.AddField("arrival", "let_go_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "arrival",
            models.Index(
                condition=models.Q(("case__isnull", False), ("let_go_at__isnull", True)),
                fields=["received_at"],
                name="arrival_kept",
            ),
        ),
    ]
