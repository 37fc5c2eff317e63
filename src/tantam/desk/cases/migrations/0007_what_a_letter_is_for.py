"""What a message to a customer is for; all that were written before serve a concern of theirs."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0006_bulk'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='purpose',
            field=models.CharField(default='service', max_length=16),
        ),
    ]
