"""Words that wait for the end of quiet hours, and those that do not; all that were written before went out at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_letters_at_a_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="goes_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="draft",
            name="any_hour",
            field=models.BooleanField(default=False),
        ),
    ]
