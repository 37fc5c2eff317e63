"""Notices of budgets that are nearly spent, or spent: a further kind; no row changes."""

from django.db import migrations, models

KINDS = [
    ("handed", "A case is handed to me"),
    ("customer", "The customer writes on my case"),
    ("mention", "A note names me"),
    ("promise", "What I owe is due soon, or broken"),
    ("approval", "An approval is asked of me, or decided for me"),
    ("watched", "News of a case that I watch"),
    ("budget", "A budget is nearly spent, or spent"),
    ("directive", "A directive binds me"),
]


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_notices")]

    operations = [
        migrations.AlterField(
            model_name="notice", name="kind", field=models.CharField(choices=KINDS, max_length=10)
        )
    ]
