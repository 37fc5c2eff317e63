"""Notices about providers, stopped or near it: a further kind, and which provider; rows that are there name none."""

from django.db import migrations, models

import tantam.desk.common.fields

KINDS = [
    ("handed", "A case is handed to me"),
    ("customer", "The customer writes on my case"),
    ("mention", "A note names me"),
    ("promise", "What I owe is due soon, or broken"),
    ("approval", "An approval is asked of me, or decided for me"),
    ("watched", "News of a case that I watch"),
    ("budget", "A budget is nearly spent, or spent"),
    ("directive", "A directive binds me"),
    ("provider", "A provider is stopped, or near it"),
]


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_budgets")]

    operations = [
        migrations.AlterField(
            model_name="notice", name="kind", field=models.CharField(choices=KINDS, max_length=10)
        ),
        migrations.AddField(
            model_name="notice", name="provider", field=tantam.desk.common.fields.PlanName(default="", max_length=80)
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("provider", ""), _negated=True),
                fields=("person", "provider", "code", "last_event"),
                name="notice_once_a_stop",
            ),
        ),
    ]
