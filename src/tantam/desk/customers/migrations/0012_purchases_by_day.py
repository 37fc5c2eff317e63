"""Purchases are looked for by the day on which they were ordered or handed over, among all that there are."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0011_contracts_go_on'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='purchase',
            index=models.Index(fields=['ordered_at'], name='purchase_ordered'),
        ),
        migrations.AddIndex(
            model_name='purchase',
            index=models.Index(fields=['handed_over_at'], name='purchase_handed_over'),
        ),
    ]
