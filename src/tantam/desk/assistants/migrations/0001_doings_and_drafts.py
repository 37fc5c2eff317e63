import django.db.models.deletion
import tantam.desk.common.fields
import tantam.desk.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keeps what assistants did, and what they wrote for a person to approve."""

    initial = True

    dependencies = [
        ('cases', '0006_bulk'),
        ('customers', '0006_mail_that_came_back'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Doing',
            fields=[
                ('id', tantam.desk.common.fields.TimeOrderedId(default=tantam.desk.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('token', models.CharField(max_length=12)),
                ('tool', models.CharField(max_length=40)),
                ('outcome', models.CharField(choices=[('done', 'Done'), ('refused', 'Refused'), ('failed', 'Failed')], max_length=8)),
                ('code', tantam.desk.common.fields.PlanName(default='', max_length=80)),
                ('clause', tantam.desk.common.fields.ClauseAddress(default='', max_length=255)),
                ('milliseconds', models.PositiveIntegerField(default=0)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='doings', to='cases.case')),
                ('customer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='customers.customer')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='doings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-id'], name='doing_of_assistant')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', tantam.desk.common.fields.TimeOrderedId(default=tantam.desk.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('mode', models.CharField(choices=[('reply', 'Reply'), ('ask', 'Question to the customer'), ('note', 'Internal note')], default='reply', max_length=8)),
                ('body', models.TextField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent as it was'), ('changed', 'Changed and sent'), ('thrown', 'Thrown away'), ('overtaken', 'Overtaken')], default='waiting', max_length=10)),
                ('clause', tantam.desk.common.fields.ClauseAddress(default='', max_length=255)),
                ('made_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='cases.case')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cases.message')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-id'], name='proposal_of_assistant')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('case', 'person'), name='proposal_once')],
            },
        ),
    ]
