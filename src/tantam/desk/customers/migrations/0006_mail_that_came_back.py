"""Since when an address has taken no mail; nothing was known of it before."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0005_organisation_of_a_person'),
    ]

    operations = [
        migrations.AddField(
            model_name='contact',
            name='bounced_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='bounced_why',
            field=models.CharField(blank=True, default='', max_length=12),
        ),
    ]
