"""Sources know deliveries, too, by ids of their own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0014_deliveries_by_their_end"),
        ("imports", "0002_contracts_and_units"),
    ]

    operations = [
        migrations.AddField(
            model_name="externalid",
            name="delivery",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="external_ids",
                to="customers.delivery",
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
                    ("deliveries", "Deliveries"),
                ],
                max_length=12,
            ),
        ),
    ]
