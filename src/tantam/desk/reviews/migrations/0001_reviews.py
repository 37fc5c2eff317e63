"""Conversations that were drawn to be looked at, and what was found."""

import django.db.models.deletion
import tantam.desk.common.fields
import tantam.desk.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0009_quiet_hours'),
        ('plans', '0003_directives_and_moves'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LookedThrough",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', tantam.desk.common.fields.TimeOrderedId(default=tantam.desk.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('form', tantam.desk.common.fields.PlanName(max_length=80)),
                ('provider', tantam.desk.common.fields.PlanName(default='', max_length=80)),
                ('level', tantam.desk.common.fields.PlanName(default='', max_length=80)),
                ('drawn_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('second', 'Waiting for a second person'), ('done', 'Done')], default='waiting', max_length=8)),
                ('marks', models.JSONField(default=dict)),
                ('remark', models.TextField(default='')),
                ('points', models.PositiveSmallIntegerField(null=True)),
                ('good', models.BooleanField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='cases.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviewed', to=settings.AUTH_USER_MODEL)),
                ('plan_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='plans.planversion')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'due_at'], name='review_waiting'), models.Index(fields=['person', '-id'], name='review_of_person')],
                'constraints': [models.UniqueConstraint(fields=('case', 'form'), name='review_once')],
            },
        ),
    ]
