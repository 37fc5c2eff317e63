"""Letters whose writer chose when they go out; all that wait now were only held for a moment."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_what_a_letter_is_for'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='timed',
            field=models.BooleanField(default=False),
        ),
    ]
