"""What contracts count: how often they went on, on which day they began with, which edition they are."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0010_whom_another_stands_for'),
    ]

    operations = [
        migrations.AddField(
            model_name='contract',
            name='edition',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='contract',
            name='first_ends',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='contract',
            name='renewals',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['ends'], name='contract_ending'),
        ),
    ]
