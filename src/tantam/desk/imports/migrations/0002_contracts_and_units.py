"""Sources know contracts and units, too, by ids of their own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0012_purchases_by_day"),
        ("imports", "0001_what_is_taken_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="externalid",
            name="contract",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="external_ids",
                to="customers.contract",
            ),
        ),
        migrations.AddField(
            model_name="externalid",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="external_ids",
                to="customers.unit",
            ),
        ),
        migrations.AlterField(
            model_name="import",
            name="rows",
            field=models.CharField(
                choices=[
                    ("customers", "Customers"),
                    ("purchases", "Purchases"),
                    ("contracts", "Contracts"),
                    ("units", "Serial numbers"),
                ],
                max_length=12,
            ),
        ),
    ]
