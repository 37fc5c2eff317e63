"""Units, deliveries and contracts of customers; whom an organisation lets see the cases of its people."""

import django.db.models.deletion
import tantam.desk.common.fields
import tantam.desk.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0008_who_is_nameless'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='sees_cases',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', tantam.desk.common.fields.TimeOrderedId(default=tantam.desk.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('kind', tantam.desk.common.fields.PlanName(default='service', max_length=80)),
                ('begins', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('renews_months', models.PositiveSmallIntegerField(default=0)),
                ('notice_days', models.PositiveSmallIntegerField(default=0)),
                ('ended', models.DateField(null=True)),
                ('site', models.CharField(blank=True, default='', max_length=160)),
                ('terms', models.TextField(blank=True, default='')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='customers.customer')),
                ('products', models.ManyToManyField(related_name='contracts', to='customers.product')),
            ],
        ),
        migrations.CreateModel(
            name='ContractPromise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('promise', tantam.desk.common.fields.PlanName(max_length=80)),
                ('severity', tantam.desk.common.fields.PlanName(blank=True, default='', max_length=80)),
                ('within', models.CharField(max_length=40)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises', to='customers.contract')),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', tantam.desk.common.fields.TimeOrderedId(default=tantam.desk.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(blank=True, default='', max_length=40)),
                ('tracking', models.CharField(blank=True, default='', max_length=80)),
                ('promised_at', models.DateTimeField()),
                ('promised_by', models.CharField(blank=True, default='', max_length=80)),
                ('due_at', models.DateTimeField()),
                ('delivered_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('owed', 'on its way'), ('kept', 'arrived in time'), ('broken', 'late'), ('withdrawn', 'called off')], default='owed', max_length=9)),
                ('moved', models.PositiveSmallIntegerField(default=0)),
                ('told_at', models.DateTimeField(null=True)),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='customers.purchase')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', tantam.desk.common.fields.TimeOrderedId(default=tantam.desk.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('serial', models.CharField(max_length=64)),
                ('handed_over_at', models.DateTimeField(null=True)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='customers.product')),
                ('purchase', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='units', to='customers.purchase')),
            ],
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('begins')), _connector='OR'), name='contract_ends_after'),
        ),
        migrations.AddConstraint(
            model_name='contractpromise',
            constraint=models.UniqueConstraint(fields=('contract', 'promise', 'severity'), name='contract_promise_once'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'owed')), fields=['due_at'], name='delivery_still_owed'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('purchase', 'number'), name='delivery_of_purchase_once'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('serial', 'product'), name='unit_once'),
        ),
    ]
