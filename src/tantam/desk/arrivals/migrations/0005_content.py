from django.db import migrations, models


class Migration(migrations.Migration):
    """Notes what an arrival says, so that the same by another way is known."""

    dependencies = [("arrivals", "0004_tray")]

    operations = [
        migrations.AddField("arrival", "content", models.CharField(max_length=64, default="")),
        migrations.AddIndex(
            "arrival",
            models.Index(condition=models.Q(("content", ""), _negated=True), fields=["content"], name="arrival_content"),
        ),
    ]
