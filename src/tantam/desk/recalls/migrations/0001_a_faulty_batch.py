"""Faulty batches, and each thing of them that somebody owns."""

import django.db.models.deletion
import tantam.desk.common.fields
import tantam.desk.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('claims', '0001_initial'),
        ('customers', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Recall',
            fields=[
                ('id', tantam.desk.common.fields.TimeOrderedId(default=tantam.desk.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('serials', models.JSONField(default=list)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('policy', tantam.desk.common.fields.PlanName(max_length=80)),
                ('facts', models.JSONField(default=dict)),
                ('words', models.TextField()),
                ('state', models.CharField(choices=[('prepared', 'prepared'), ('running', 'under way'), ('done', 'all owners are seen to'), ('stopped', 'stopped')], default='prepared', max_length=8)),
                ('made_at', models.DateTimeField()),
                ('begun_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recalls', to='customers.product')),
            ],
        ),
        migrations.CreateModel(
            name='Owned',
            fields=[
                ('id', tantam.desk.common.fields.TimeOrderedId(default=tantam.desk.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('serial', models.CharField(default='', max_length=64)),
                ('state', models.CharField(choices=[('waiting', 'still to be seen to'), ('opened', 'told, and put right by the plan'), ('claimed', 'had asked before')], default='waiting', max_length=8)),
                ('reached', models.BooleanField(default=True)),
                ('claim', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='claims.claim')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.purchase')),
                ('recall', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='owned', to='recalls.recall')),
            ],
            options={
                'indexes': [models.Index(fields=['recall', 'state'], name='owned_by_state')],
                'constraints': [models.UniqueConstraint(fields=('recall', 'purchase', 'serial'), name='owned_once_a_recall')],
            },
        ),
    ]
